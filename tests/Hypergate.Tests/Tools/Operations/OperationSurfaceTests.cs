using Hypergate.Host.Settings;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Tools.Operations;

public class OperationSurfaceTests
{
    private static readonly string[] Utility = ["check_connection", "describe_operation", "get_infrastructure_summary", "search_documentation", "whoami"];

    private static GatewayWish Wish(bool actions = false) => new() { Actions = actions, Surfaces = [Surface.Operations] };

    [Fact]
    public async Task Each_operation_that_callers_may_see_is_one_tool()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: true));

        var shown = gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations.Where(gateway.Gateway.Parts.Policies["xo"].Shows).ToList();
        var tools = OwnTools(gateway);

        Assert.InRange(shown.Count, 200, 300);
        Assert.Equal(shown.Select(static operation => $"xo_{operation.Name}").Order(StringComparer.Ordinal), tools.Select(static tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, static tool => Assert.Matches("^[A-Za-z0-9_]{1,64}$", tool.Name));
        Assert.All(tools, static tool => Assert.NotEqual("", tool.Description));
    }

    [Fact]
    public async Task Read_only_backends_get_no_tool_that_changes_something()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish());

        Assert.All(OwnTools(gateway), static tool => Assert.True(tool.Hints.ReadOnly, tool.Name));
        Assert.Null(gateway.Gateway.Tools.Find("xo_StartVm"));
    }

    [Fact]
    public async Task Only_the_operations_that_the_settings_name_become_tools()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish() with { OperationTools = ["GetVm*", "GET /hosts"] });

        var names = OwnTools(gateway).Select(static tool => tool.Name).ToList();

        Assert.Contains("xo_GetHosts", names);
        Assert.Contains("xo_GetVmSnapshots", names);
        Assert.DoesNotContain("xo_GetPools", names);
        Assert.DoesNotContain("xo_GetHost", names);
    }

    [Fact]
    public async Task A_denied_operation_changes_no_other_name()
    {
        await using var all = await GatewayUnderTest.StartAsync(Wish(actions: true));
        await using var fewer = await GatewayUnderTest.StartAsync(Wish(actions: true) with { Backend = static backend => backend with { Deny = ["GetVms", "GetSr*"] } });

        Assert.Empty(OwnTools(fewer).Select(static tool => tool.Name).Except(OwnTools(all).Select(static tool => tool.Name), StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_is_shaped_as_on_the_other_surfaces()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish() with { Surfaces = [Surface.Operations, Surface.Domains] });

        var own = await gateway.DoneAsync("xo_GetVms", """{"filter":"power_state:Running","fields":"name_label,power_state","sort":"name_label","limit":3}""");
        var domains = await gateway.DoneAsync("vms_query", """{"operation":"GetVms","filter":"power_state:Running","fields":"name_label,power_state","sort":"name_label","limit":3}""");

        Assert.Equal(3, own.Structured!.Value.GetProperty("rows").GetArrayLength());
        Assert.Equal(domains.Text, own.Text);
    }

    [Fact]
    public async Task A_change_asks_for_consent_and_is_done_after_it()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: true) with { Surfaces = [Surface.Operations, Surface.Domains] });
        var vm = await gateway.VmAsync("Halted");

        var preview = await gateway.DoneAsync("xo_StartVm", $$"""{"id":"{{vm}}"}""");
        Assert.Empty(gateway.Changes);
        var done = await gateway.CallAsync("xo_StartVm", GatewayUnderTest.WithToken($$"""{"id":"{{vm}}"}""", GatewayUnderTest.Token(preview.Text)));

        Assert.False(done.IsError, done.Text);
        Assert.Equal([$"POST /rest/v0/vms/{vm}/actions/start?sync=true"], gateway.Changes.Select(static change => change.Contains('?', StringComparison.Ordinal) ? change : change + "?sync=true"));
    }

    [Fact]
    public async Task A_wrong_argument_is_refused_with_the_nearest_name_and_nothing_is_sent()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish());
        gateway.Xo.Requests.Clear();

        var result = await gateway.CallAsync("xo_GetVm", """{"ids":"x"}""");

        Assert.True(result.IsError);
        Assert.Contains("did you mean 'id'?", result.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Xo.Requests.All);
    }

    [Fact]
    public async Task The_schema_of_a_tool_tells_its_required_arguments_and_its_whole_body()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: true));

        var schema = gateway.Tool("xo_CreateVm").InputSchema;
        var body = schema.GetProperty("properties").GetProperty("body");

        Assert.Equal(["id", "body"], schema.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        Assert.True(body.GetProperty("properties").TryGetProperty("template", out _));
        Assert.Contains("name_label", body.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        Assert.True(schema.GetProperty("properties").TryGetProperty("confirm_token", out _));
    }

    [Fact]
    public async Task Several_backends_have_each_their_own_tools()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish() with { Backends = 2 });

        var names = OwnTools(gateway).Select(static tool => tool.Name).ToList();

        Assert.Contains("xo1_GetVms", names);
        Assert.Contains("xo2_GetVms", names);
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task All_definitions_together_stay_under_four_fifths_of_what_generated_servers_need()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: true));

        // 40,285 tokens were counted for the operations of the real description made into tools by a generator; about four characters each.
        var characters = OwnTools(gateway).Sum(static tool => tool.Name.Length + tool.Description.Length + tool.InputSchema.GetRawText().Length);

        Assert.InRange(characters, 20_000, 0.8 * 40_285 * 4);
    }

    private static List<ToolDefinition> OwnTools(GatewayUnderTest gateway) =>
        [.. gateway.Gateway.Tools.Current.Where(static tool => !Utility.Contains(tool.Name))];
}
