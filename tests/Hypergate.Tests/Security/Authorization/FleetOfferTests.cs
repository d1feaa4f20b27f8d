using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Inventory;
using Hypergate.Tests.Tools.Fleet;
using Hypergate.Tools.Fleet;

namespace Hypergate.Tests.Security.Authorization;

/// <summary>Suite S10: a fleet tool exists where something that it needs does; of what is hidden it tells neither rows nor columns nor numbers.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-SAME")]
[Trait("Aisvs", "10.2.4")]
public sealed class FleetOfferTests
{
    private static readonly RoleSettings Guests = new() { Allow = [new() { Access = new(["read"]), Resources = ["vm"] }] };

    [Fact]
    public async Task Tools_without_any_operation_that_they_need_do_not_exist()
    {
        await using var world = await RoleWorld.StartAsync(Guests);

        var names = Names(world);

        Assert.Equal(["find", "get_cluster_status", "get_guest_info", "get_vm_config", "list_vm_rrd_data", "list_vms"], names);
        Assert.Null(await world.CallAsync("list_nodes", "{}"));
        Assert.Null(await world.CallAsync("list_nodes0", "{}"));
    }

    [Fact]
    public async Task A_list_is_given_without_the_columns_that_need_something_hidden()
    {
        await using var world = await RoleWorld.StartAsync(Guests);

        var result = await world.CallAsync("list_vms", """{"fields":["id","name","node","cluster","disk_max"],"limit":1000}""");

        Assert.False(result!.IsError, result.Text);
        var rows = result.Structured!.Value.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(40, rows.Count);
        Assert.All(rows, static row => Assert.All(row.EnumerateObject(), static cell => Assert.Equal(cell.Name is "id" or "name", cell.Value.ValueKind != JsonValueKind.Null)));
        Assert.All(world.Gateway.Xo.Requests.All.Where(static request => request.Target.StartsWith("/rest/v0/", StringComparison.Ordinal) && !IsStart(request.Target)), static request => Assert.StartsWith("/rest/v0/vms", request.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_summary_says_nothing_of_what_is_hidden_not_even_zero()
    {
        await using var world = await RoleWorld.StartAsync(Guests);

        var status = (await world.CallAsync("get_cluster_status", "{}"))!.Structured!.Value;

        Assert.True(status.TryGetProperty("vms", out _));
        Assert.All((string[])["nodes_total", "nodes", "storages", "tasks_failed_24h"], name => Assert.False(status.TryGetProperty(name, out _), name));
    }

    [Fact]
    public async Task A_backend_is_no_choice_of_a_tool_that_finds_nothing_there()
    {
        await using var fleet = await FleetGateway.StartAsync(new FleetGatewayWish
        {
            Surfaces = [Surface.Fleet],
            Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal)
            {
                ["team"] = new() { Allow = [new() { Access = new(["read"]), Backends = ["pve"] }, new() { Access = new(["read"]), Backends = ["xo"], Resources = ["vm"] }] },
            },
        });
        var tools = fleet.Gateway.Lists.For(new Audience("team", null));

        Assert.Contains("\"xo\"", tools.Find("list_vms")!.InputSchema.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"xo\"", tools.Find("list_nodes")!.InputSchema.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xen-orchestra")]
    [InlineData("proxmox-ve")]
    public void Every_table_of_a_platform_says_what_it_cannot_be_read_without(string kind)
    {
        var platform = InventoryPlatforms.Find(kind)!;

        Assert.Equal(platform.Tables.Keys.Order(StringComparer.Ordinal), platform.Sources.Keys.Order(StringComparer.Ordinal));
        Assert.All(platform.Tables.Keys, table => Assert.NotNull(platform.Missing(table, static _ => false)));
        Assert.All(platform.Tables.Keys, table => Assert.Null(platform.Missing(table, static _ => true)));
    }

    private static bool IsStart(string target) => target.StartsWith("/rest/v0/users", StringComparison.Ordinal) || target.StartsWith("/rest/v0/mcp", StringComparison.Ordinal) || target.StartsWith("/rest/v0/docs", StringComparison.Ordinal);

    private static List<string> Names(RoleWorld world) => [.. world.Gateway.Gateway.Lists.For(Audience.Of(world.Caller)).Current.Select(static tool => tool.Name)
        .Where(static name => FleetTools.All.Any(tool => tool.Name == name)).Order(StringComparer.Ordinal)];
}
