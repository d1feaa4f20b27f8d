using Hypergate.Governance.Authorization;

namespace Hypergate.Tests.Security.Authorization;

/// <summary>Suite S10: rights to some objects only hold on every surface, and what is hidden answers as what is not there.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-SAME")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP07")]
public sealed class ObjectRightsTests
{
    private static readonly RoleSettings Team = new()
    {
        Allow =
        [
            new() { Access = new(["read", "write"]), Where = Where("target.tags", new() { OneOf = [RoleWorld.Tag] }) },
            new() { Access = new(["read"]), Resources = ["pool", "host"] },
        ],
    };

    private static readonly RoleSettings AllButTheirs = new()
    {
        Allow = [new() { Access = new(["*"]) }],
        Deny = [new() { Where = Where("target.tags", new() { OneOf = [RoleWorld.Tag] }) }],
    };

    [Fact]
    public async Task A_list_holds_the_permitted_objects_and_no_others()
    {
        await using var world = await RoleWorld.StartAsync(Team);

        var ids = await world.RowsAsync("vms_query", """{"operation":"GetVms","fields":"id","limit":1000}""", "id");
        var names = await world.TextAsync("vms_query", """{"operation":"GetVms","fields":"name_label","limit":1000,"format":"markdown"}""");

        Assert.Equal(world.Mine, ids.Order(StringComparer.Ordinal));
        Assert.Equal(world.Mine.Count, names.Split('\n').Count(static line => line.StartsWith("| ", StringComparison.Ordinal)) - 2);
    }

    [Theory]
    [InlineData("vms_query", """{"operation":"GetVm","id":"ID"}""")]
    [InlineData("vms_query", """{"operation":"GetVmStats","id":"ID"}""")]
    [InlineData("vms_query", """{"operation":"GetVmVdis","id":"ID"}""")]
    [InlineData("vms_action", """{"operation":"StartVm","id":"ID"}""")]
    [InlineData("vms_action", """{"operation":"PutVmTag","id":"ID","tag":"one"}""")]
    [InlineData("call_operation", """{"operation":"GetVm","arguments":{"id":"ID"}}""")]
    [InlineData("call_operation", """{"operation":"StartVm","arguments":{"id":"ID"}}""")]
    public async Task A_hidden_object_answers_as_one_that_does_not_exist(string tool, string arguments)
    {
        await using var world = await RoleWorld.StartAsync(Team);
        var (hidden, missing) = (world.Others[0], Guid.NewGuid().ToString());

        var ofHidden = await world.TextAsync(tool, arguments.Replace("ID", hidden, StringComparison.Ordinal));
        var ofMissing = await world.TextAsync(tool, arguments.Replace("ID", missing, StringComparison.Ordinal));
        var ofMine = await world.TextAsync(tool, arguments.Replace("ID", world.Mine[0], StringComparison.Ordinal));

        Assert.Equal(ofMissing.Replace(missing, "ID", StringComparison.Ordinal), ofHidden.Replace(hidden, "ID", StringComparison.Ordinal));
        Assert.DoesNotContain("There is no object", ofMine, StringComparison.Ordinal);
        Assert.Empty(world.Gateway.Changes);
    }

    [Fact]
    public async Task Fleet_tools_and_queries_know_the_permitted_objects_alone()
    {
        await using var world = await RoleWorld.StartAsync(Team);

        var listed = await world.RowsAsync("list_vms", """{"limit":500}""", "id");
        var asked = await world.RowsAsync("execute_query", """{"query":"SELECT id FROM guests WHERE is_template = false LIMIT 500"}""", "id");
        var disks = await world.RowsAsync("execute_query", """{"query":"SELECT guest_id FROM disks LIMIT 1000"}""", "guest_id");

        Assert.Equal(world.Mine, listed.Order(StringComparer.Ordinal));
        Assert.Equal(world.Mine, asked.Order(StringComparer.Ordinal));
        Assert.NotEmpty(disks);
        Assert.Empty(disks.Except(world.Mine, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_denied_by_its_tag_is_gone_although_everything_is_allowed()
    {
        await using var world = await RoleWorld.StartAsync(AllButTheirs);

        var ids = await world.RowsAsync("vms_query", """{"operation":"GetVms","fields":"id","limit":1000}""", "id");
        var drives = await world.RowsAsync("vbds_query", """{"operation":"GetVbds","fields":"id,VM","limit":1000}""", "VM");
        var write = await world.TextAsync("vms_action", $$"""{"operation":"DeleteVm","id":"{{world.Mine[0]}}"}""");

        Assert.Equal(world.Others, ids.Order(StringComparer.Ordinal));
        Assert.Empty(drives.Intersect(world.Mine, StringComparer.Ordinal));
        Assert.Contains("There is no object", write, StringComparison.Ordinal);
        Assert.Empty(world.Gateway.Changes);
    }

    [Fact]
    public async Task A_tag_that_is_taken_away_ends_the_right_with_the_next_call()
    {
        await using var world = await RoleWorld.StartAsync(Team);
        var call = $$"""{"operation":"GetVm","id":"{{world.Mine[0]}}"}""";
        var before = await world.TextAsync("vms_query", call);

        world.Gateway.Xo.World.Write(() =>
        {
            world.Gateway.Xo.World["vms"].Change(world.Mine[0], static vm => vm["tags"] = new System.Text.Json.Nodes.JsonArray());
            return true;
        });

        Assert.DoesNotContain("There is no object", before, StringComparison.Ordinal);
        Assert.Contains("There is no object", await world.TextAsync("vms_query", call), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_touches_every_guest_is_refused_where_some_are_forbidden()
    {
        await using var world = await RoleWorld.StartAsync(AllButTheirs);
        var pool = (await world.RowsAsync("pools_query", """{"operation":"GetPools","fields":"id"}""", "id"))[0];

        var result = await world.CallAsync("call_operation", $$$"""{"operation":"EmergencyShutdownPool","arguments":{"id":"{{{pool}}}"}}""");

        Assert.True(result!.IsError, result.Text);
        Assert.Empty(world.Gateway.Changes);
    }

    [Fact]
    public async Task Arguments_can_be_held_to_the_pool_of_the_object()
    {
        var role = new RoleSettings
        {
            Allow =
            [
                new() { Access = new(["read"]) },
                new() { Operations = ["MigrateVm"], Where = Where("ref.hostId.pool", new() { SameAs = "target.pool" }) },
            ],
        };
        await using var world = await RoleWorld.StartAsync(role);
        var running = world.Gateway.Xo.World["vms"].All.First(static vm => vm["power_state"]!.GetValue<string>() == "Running");
        var (id, pool) = (running["id"]!.GetValue<string>(), running["$pool"]!.GetValue<string>());
        string Host(bool same) => world.Gateway.Xo.World["hosts"].All.First(host => (host["$pool"]!.GetValue<string>() == pool) == same)["id"]!.GetValue<string>();
        string Call(string host) => $$$"""{"operation":"MigrateVm","id":"{{{id}}}","body":{"hostId":"{{{host}}}"}}""";

        Assert.Contains("## Confirmation Required", await world.TextAsync("vms_action", Call(Host(same: true))), StringComparison.Ordinal);
        Assert.Contains("is not allowed", await world.TextAsync("vms_action", Call(Host(same: false))), StringComparison.Ordinal);
    }

    private static Dictionary<string, ConditionSettings> Where(string path, ConditionSettings condition) => new(StringComparer.Ordinal) { [path] = condition };
}
