using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Tools.Fleet;
using Hypergate.Tools;

namespace Hypergate.Tests.Security.Authorization;

/// <summary>Suite S10: rights to guests of a Proxmox VE by tag and pool, on every surface.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-SAME")]
public sealed class ProxmoxRightsTests
{
    private static readonly Caller Team = new("key:team", ["team"]);

    [Theory]
    [InlineData("target.tags", "tags")]
    [InlineData("target.pool", "pool")]
    public async Task A_caller_sees_the_guests_of_its_tag_or_pool_and_what_is_theirs(string about, string column)
    {
        string? wanted = null;
        List<long> mine = [];
        List<long> others = [];
        await using (var looking = await FleetGateway.StartAsync(Wish(null)))
        {
            var all = await looking.RowsAsync("execute_query", $$"""{"query":"SELECT vmid, {{column}} FROM guests LIMIT 500"}""");
            wanted = all.SelectMany(row => Values(row.GetProperty(column))).GroupBy(static value => value).OrderByDescending(static group => group.Count()).First().Key;
            mine = [.. all.Where(row => Values(row.GetProperty(column)).Contains(wanted)).Select(static row => row.GetProperty("vmid").GetInt64())];
            others = [.. all.Select(static row => row.GetProperty("vmid").GetInt64()).Except(mine)];
        }

        await using var gateway = await FleetGateway.StartAsync(Wish(new() { Allow = [new() { Access = new(["read", "write"]), Where = new Dictionary<string, ConditionSettings>(StringComparer.Ordinal) { [about] = new() { OneOf = [wanted] } } }] }));

        Assert.NotEmpty(others);
        Assert.Equal(mine.Order(), (await RowsAsync(gateway, """{"query":"SELECT vmid FROM guests LIMIT 500"}""")).Order());
        Assert.Empty((await RowsAsync(gateway, """{"query":"SELECT vmid FROM disks LIMIT 500"}""")).Except(mine));
        Assert.Empty((await RowsAsync(gateway, """{"query":"SELECT vmid FROM snapshots LIMIT 500"}""")).Except(mine));
        var denied = await CallAsync(gateway, "call_operation", Config(gateway, others[0]));
        var missing = await CallAsync(gateway, "call_operation", Config(gateway, 999_999));
        var allowed = await CallAsync(gateway, "call_operation", Config(gateway, mine[0]));
        Assert.Equal(missing.Text.Replace("999999", "ID", StringComparison.Ordinal), denied.Text.Replace($"{others[0]}", "ID", StringComparison.Ordinal));
        Assert.True(denied.IsError);
        Assert.DoesNotContain("There is no object", allowed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nodes/{node}/stopall")]
    [InlineData("/nodes/{node}/vzdump")]
    public async Task What_touches_all_guests_of_a_node_is_refused_where_some_are_forbidden(string path)
    {
        await using var gateway = await FleetGateway.StartAsync(Wish(new()
        {
            Allow = [new() { Access = new(["*"]) }],
            Deny = [new() { Where = new Dictionary<string, ConditionSettings>(StringComparer.Ordinal) { ["target.tags"] = new() { OneOf = ["prod"] } } }],
        }));
        var backend = gateway.Gateway.Backends[0].Name;
        var operation = gateway.Gateway.Parts.Catalog.Current.FindRoute(backend, "POST", path)!;
        var node = (await gateway.RowsAsync("execute_query", """{"query":"SELECT name FROM nodes LIMIT 1"}"""))[0].GetProperty("name").GetString();

        var result = await CallAsync(gateway, "call_operation", $$$"""{"operation":"{{{operation.Name}}}","arguments":{"node":"{{{node}}}"}}""");
        var byAdmin = await gateway.CallAsync("call_operation", $$$"""{"operation":"{{{operation.Name}}}","arguments":{"node":"{{{node}}}"}}""");

        Assert.True(result.IsError, result.Text);
        Assert.Contains("There is no", result.Text, StringComparison.Ordinal);
        Assert.Contains("## Confirmation Required", byAdmin.Text, StringComparison.Ordinal);
    }

    private static FleetGatewayWish Wish(RoleSettings? role) => new()
    {
        Xo = null,
        Surfaces = [Surface.Fleet, Surface.Query, Surface.Search],
        Roles = role is null ? new Dictionary<string, RoleSettings>(StringComparer.Ordinal) : new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["team"] = role },
    };

    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(static item => item.GetString()!),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };

    private static string Config(FleetGateway gateway, long vmid)
    {
        var backend = gateway.Gateway.Backends[0].Name;
        var operation = gateway.Gateway.Parts.Catalog.Current.FindRoute(backend, "GET", "/nodes/{node}/qemu/{vmid}/config")!;
        var node = gateway.Gateway.Parts.Catalog.Current.Find(backend) is null ? "" : "pve1";
        return $$$"""{"operation":"{{{operation.Name}}}","arguments":{"node":"{{{node}}}","vmid":{{{vmid}}} }}""";
    }

    private static async Task<ToolResult> CallAsync(FleetGateway gateway, string tool, string arguments) => await gateway.Gateway.Lists.For(Audience.Of(Team)).Find(tool)!.Run(
        new ToolRequest(Team, JsonElement.Parse(arguments), Conversation.Silent), TestContext.Current.CancellationToken);

    private static async Task<List<long>> RowsAsync(FleetGateway gateway, string arguments)
    {
        var result = await CallAsync(gateway, "execute_query", arguments);
        Assert.False(result.IsError, result.Text);
        return [.. result.Structured!.Value.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("vmid").GetInt64())];
    }
}
