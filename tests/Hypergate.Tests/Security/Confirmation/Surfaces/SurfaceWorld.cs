using System.Collections.Concurrent;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Simulator;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.Confirmation.Surfaces;

/// <summary>Two gateways, each in front of two platforms: in one the caller's own person agrees, in the other another person must.</summary>
public sealed class SurfaceWorld : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Queue<string>> _halted = new(StringComparer.Ordinal);
    private GatewayUnderTest? _own;
    private GatewayUnderTest? _others;

    public static IReadOnlyList<string> Names { get; } = ["tool", "code", "query then call", "console API"];

    internal ManualTime Time { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var wish = new GatewayWish
        {
            Actions = true,
            Backends = 2,
            Time = Time,
            Scripting = new() { Workers = 20 }, // Each run that waits holds one: four of each caller.
            Surfaces = [Surface.Domains, Surface.Search, Surface.Query, Surface.Code],
            Platform = new SimulatorOptions { Vms = 200, CacheLag = TimeSpan.Zero, TaskDuration = 0 },
        };
        _own = await GatewayUnderTest.StartAsync(wish with { Policy = new() { Confirmation = new() { DangerousByToken = false } } });
        _others = await GatewayUnderTest.StartAsync(wish with { Surfaces = [Surface.Domains], Policy = new() { Confirmation = new() { Write = ConsentRule.Approve, Dangerous = ConsentRule.Approve } } });
    }

    public async ValueTask DisposeAsync()
    {
        await _own!.DisposeAsync();
        await _others!.DisposeAsync();
    }

    internal ConsentSurface SurfaceOf(string name) => name switch
    {
        "tool" => new ToolSurface(_own!),
        "code" => new CodeSurface(_own!),
        "query then call" => new QueryThenCallSurface(_own!),
        "console API" => new ConsoleSurface(_others!, Time),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such surface."),
    };

    /// <summary>A halted guest of the first platform that no other case touches.</summary>
    internal async Task<ChangeWish> NextAsync(string surface)
    {
        var gateway = Of(surface);
        var halted = _halted.TryGetValue(surface, out var known) ? known : _halted[surface] = new(await HaltedAsync(gateway, surface));
        return new ChangeWish(gateway.Gateway.Backends[0].Name, halted.Dequeue());
    }

    /// <summary>A guest of the second platform.</summary>
    internal async Task<string> OtherAsync(string surface)
    {
        var list = await Of(surface).DoneAsync("vms_query", """{"operation":"GetVms","backend":"xo2","filter":"power_state:Halted","fields":"id","limit":1,"format":"csv"}""");
        return list.Structured!.Value.GetProperty("rows")[0].GetProperty("id").GetString()!;
    }

    /// <summary>What the platforms were asked to change that names the guest.</summary>
    internal IReadOnlyList<string> Writes(string surface, string vm) => [.. Of(surface).Changes.Where(change => change.Contains(vm, StringComparison.Ordinal))];

    /// <summary>Changes a guest behind the gateway's back.</summary>
    internal void Rename(string surface, string vm) => Of(surface).Xo.World.Write(() =>
    {
        Of(surface).Xo.World["vms"].Change(vm, static item => item["name_label"] = "renamed meanwhile");
        return true;
    });

    private GatewayUnderTest Of(string surface) => surface == "console API" ? _others! : _own!;

    // Each surface has guests of its own.
    private static async Task<IEnumerable<string>> HaltedAsync(GatewayUnderTest gateway, string surface)
    {
        var all = await gateway.IdsAsync("vms_query", "GetVms", "power_state:Halted");
        var share = all.Count / Names.Count;
        return all.Skip(share * Names.ToList().IndexOf(surface)).Take(share);
    }
}
