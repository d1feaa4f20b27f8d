using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Tools;

namespace Hypergate.Tests.Tools.Fleet;

/// <summary>Rows that a caller may not see are neither shown nor counted, whoever keeps them back: this gateway or the platform.</summary>
public sealed class FleetRightsTests
{
    private const string Operator = "op@pve!mcp";
    private const string OperatorSecret = "22222222-2222-4222-8222-222222222222";

    private static readonly Caller OnlyPve = new("key:pve", ["viewer"]) { Backends = ["pve"] };

    [Theory]
    [InlineData("execute_query", """{"query":"SELECT DISTINCT backend FROM guests"}""")]
    [InlineData("execute_query", """{"query":"SELECT DISTINCT n.backend FROM guests g JOIN nodes n ON g.node = n.name AND g.backend = n.backend"}""")]
    [InlineData("list_vms", """{"limit":1000,"fields":["backend"]}""")]
    [InlineData("find", """{"text":"web"}""")]
    public async Task A_caller_of_one_backend_gets_rows_of_that_alone(string tool, string arguments)
    {
        await using var gateway = await FleetGateway.StartAsync();

        var all = await RowsAsync(gateway, Caller.LocalUser, tool, arguments);
        var some = await RowsAsync(gateway, OnlyPve, tool, arguments);

        Assert.Equal(["pve", "xo"], all);
        Assert.Equal(["pve"], some);
    }

    [Fact]
    public async Task What_a_caller_may_not_see_is_not_counted_and_another_backend_does_not_exist()
    {
        await using var gateway = await FleetGateway.StartAsync();

        var all = await RunAsync(gateway, Caller.LocalUser, "execute_query", """{"query":{"from":"guests","limit":0}}""");
        var some = await RunAsync(gateway, OnlyPve, "execute_query", """{"query":{"from":"guests","limit":0}}""");
        var other = await RunAsync(gateway, OnlyPve, "execute_query", """{"query":{"from":"guests","backends":["xo"]}}""");
        var nobody = await RunAsync(gateway, new Caller("key:none", []), "execute_query", """{"query":"SELECT name FROM guests"}""");

        Assert.Equal(40, Total(some));
        Assert.True(Total(all) > 40);
        Assert.True(other.IsError);
        Assert.DoesNotContain("prod-host", other.Text, StringComparison.Ordinal);
        Assert.True(nobody.IsError || Total(nobody) == 0, nobody.Text);
    }

    [Fact]
    public async Task An_operation_that_the_settings_deny_gives_no_rows_to_a_query_either()
    {
        await using var gateway = await FleetGateway.StartAsync(new() { Xo = null });
        var operation = gateway.Gateway.Parts.Catalog.Current.FindRoute("pve", "GET", "/cluster/resources")!.Name;
        await using var denied = await FleetGateway.StartAsync(new() { Xo = null, Pve = settings => settings with { Deny = [operation] } });

        var result = await RunAsync(denied, Caller.LocalUser, "execute_query", """{"query":"SELECT name FROM guests"}""");

        Assert.True(result.IsError, result.Text);
        Assert.Contains("unavailable", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guests_that_the_platform_hides_are_in_no_answer()
    {
        await using var gateway = await FleetGateway.StartAsync(LabAs(Operator, OperatorSecret));
        gateway.Pve.World.Users.Token(Operator)!.Info["privsep"] = 0;

        var rows = await gateway.RowsAsync("list_vms", """{"fields":["vmid"]}""");
        var counted = await RunAsync(gateway, Caller.LocalUser, "execute_query", """{"query":"SELECT COUNT(*) AS n FROM guests"}""");

        Assert.Equal([100], rows.Select(static row => row.GetProperty("vmid").GetInt32()));
        Assert.Equal(1, counted.Structured!.Value.GetProperty("rows")[0].GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_list_that_is_empty_for_want_of_a_right_names_it()
    {
        await using var gateway = await FleetGateway.StartAsync(LabAs("ro@pve!mcp", "33333333-3333-4333-8333-333333333333"));

        var answer = await gateway.DoneAsync("list_backups");

        Assert.Equal(0, answer.GetProperty("total").GetInt32());
        Assert.Contains(answer.GetProperty("warnings").EnumerateArray(), static warning => warning.GetString()!.Contains("VM.Backup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_without_the_platforms_right_is_forbidden_with_the_right_named()
    {
        await using var gateway = await FleetGateway.StartAsync(LabAs("ro@pve!mcp", "33333333-3333-4333-8333-333333333333"));

        var result = await gateway.ConfirmedAsync("change_vm_state", """{"vmid":100,"action":"Start"}""");

        Assert.Equal("forbidden", result.Structured!.Value.GetProperty("code").GetString());
        Assert.Contains("VM.PowerMgmt", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_any_right_is_told_so_where_a_list_is_empty()
    {
        await using var gateway = await FleetGateway.StartAsync(LabAs(Operator, OperatorSecret));

        var answer = await gateway.DoneAsync("list_vms");

        Assert.Equal(0, answer.GetProperty("total").GetInt32());
        Assert.Contains(answer.GetProperty("warnings").EnumerateArray(), static warning => warning.GetString()!.Contains("no rights", StringComparison.Ordinal));
    }

    private static FleetGatewayWish LabAs(string token, string secret) => new()
    {
        Xo = null,
        Cluster = new() { RefusalDelay = TimeSpan.Zero },
        Pve = settings => settings with { Auth = new() { TokenId = token, TokenSecret = new Secret(secret) } },
    };

    private static async Task<ToolResult> RunAsync(FleetGateway gateway, Caller caller, string tool, string arguments) =>
        gateway.Gateway.Lists.For(Audience.Of(caller)).Find(tool) is { } definition
            ? await definition.Run(new ToolRequest(caller, JsonElement.Parse(arguments), Conversation.Silent), TestContext.Current.CancellationToken)
            : ToolResult.Error($"There is no tool {tool}.");

    private static async Task<IEnumerable<string>> RowsAsync(FleetGateway gateway, Caller caller, string tool, string arguments)
    {
        var result = await RunAsync(gateway, caller, tool, arguments);
        Assert.False(result.IsError, result.Text);
        return result.Structured!.Value.GetProperty("rows").EnumerateArray()
            .Select(static row => row.TryGetProperty("backend", out var backend) ? backend.GetString()! : "pve").Distinct().Order(StringComparer.Ordinal);
    }

    private static int Total(ToolResult result) => result.Structured!.Value.GetProperty("total").GetInt32();
}
