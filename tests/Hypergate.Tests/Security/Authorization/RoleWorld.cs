using System.Text.Json.Nodes;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Security.Authorization;

/// <summary>A gateway with roles, and a caller who has one of them. Some guests carry the tag <c>team-a</c>.</summary>
internal sealed class RoleWorld : IAsyncDisposable
{
    public const string Tag = "team-a";

    private RoleWorld(GatewayUnderTest gateway, Caller caller) => (Gateway, Caller) = (gateway, caller);

    public GatewayUnderTest Gateway { get; }

    public Caller Caller { get; }

    /// <summary>The guests with the tag, and the others; templates and snapshots not counted.</summary>
    public IReadOnlyList<string> Mine { get; private set; } = [];

    public IReadOnlyList<string> Others { get; private set; } = [];

    public static async Task<RoleWorld> StartAsync(RoleSettings role, Func<GatewayWish, GatewayWish>? wish = null)
    {
        var roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["team"] = role };
        var usual = GatewayWish.Acting with { Roles = roles, Surfaces = [Surface.Domains, Surface.Fleet, Surface.Query, Surface.Search] };
        var world = new RoleWorld(await GatewayUnderTest.StartAsync(wish?.Invoke(usual) ?? usual), new Caller("key:team", ["team"]));
        world.Tagged();
        return world;
    }

    public Task<ToolResult?> CallAsync(string tool, string arguments) => Gateway.CallAsAsync(Caller, tool, arguments);

    public async Task<string> TextAsync(string tool, string arguments) => (await CallAsync(tool, arguments))?.Text ?? throw new InvalidOperationException($"There is no tool {tool}.");

    public async Task<IReadOnlyList<string>> RowsAsync(string tool, string arguments, string field)
    {
        var result = await CallAsync(tool, arguments);
        Assert.False(result!.IsError, result.Text);
        return [.. result.Structured!.Value.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty(field).GetString()!)];
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    private void Tagged() => Gateway.Xo.World.Write(() =>
    {
        var all = Gateway.Xo.World["vms"].All.Select(static vm => vm["id"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToList();
        Mine = [.. all.Take(7)];
        Others = [.. all.Skip(7)];
        foreach (var id in all)
        {
            Gateway.Xo.World["vms"].Change(id, vm => vm["tags"] = Mine.Contains(id) ? new JsonArray("x", Tag) : new JsonArray("x"));
        }

        return true;
    });
}
