using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Search;

public class SearchSurfaceTests
{
    private static GatewayWish Wish(bool actions = true) => new() { Actions = actions, Surfaces = [Surface.Search] };

    [Fact]
    public async Task What_is_found_can_be_described_and_called()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: false));

        var found = await gateway.DoneAsync("search_operations", """{"query":"which virtual machines are there?"}""");
        var name = found.Structured!.Value.GetProperty("operations")[0].GetProperty("operation").GetString();
        var described = await gateway.DoneAsync("describe_operation", $$"""{"operation":"{{name}}"}""");
        var called = await gateway.DoneAsync("call_operation", $$"""{"operation":"{{name}}","arguments":{"fields":"name_label","limit":2} }""");

        Assert.StartsWith("xo.GetVms", found.Text, StringComparison.Ordinal);
        Assert.Equal("call_operation", described.Structured!.Value.GetProperty("tool").GetString());
        Assert.Equal(2, called.Structured!.Value.GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("which virtual machines are there?", "GetVms")]
    [InlineData("which hosts are there", "GetHosts")]
    [InlineData("which disks exist", "GetVdis")]
    [InlineData("Welche Netzwerke gibt es?", "GetNetworks")]
    public async Task Whoever_asks_what_there_is_finds_its_list_first(string question, string operation)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: false) with { IsAwaited = false });

        var found = await gateway.DoneAsync("search_operations", $$"""{"query":"{{question}}","limit":3}""");

        Assert.Equal(operation, found.Structured!.Value.GetProperty("operations")[0].GetProperty("operation").GetString());
    }

    [Fact]
    public async Task A_change_asks_for_consent_and_takes_its_token_inside_and_beside_the_arguments()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish() with { Surfaces = [Surface.Search, Surface.Domains] });
        foreach (var form in (string[])["""{"operation":"StartVm","arguments":{"id":"ID","confirm_token":"TOKEN"} }""", """{"operation":"StartVm","arguments":{"id":"ID"},"confirm_token":"TOKEN"}"""])
        {
            var vm = await gateway.VmAsync("Halted");
            var preview = await gateway.DoneAsync("call_operation", $$"""{"operation":"StartVm","arguments":{"id":"{{vm}}"} }""");
            var done = await gateway.CallAsync("call_operation", form.Replace("ID", vm, StringComparison.Ordinal).Replace("TOKEN", GatewayUnderTest.Token(preview.Text), StringComparison.Ordinal));

            Assert.False(done.IsError, done.Text);
            Assert.Equal("done", done.Structured!.Value.GetProperty("status").GetString());
        }

        Assert.Equal(2, gateway.Changes.Count());
    }

    [Theory]
    [InlineData("xo.GetVms")]
    [InlineData("xo_GetVms")]
    [InlineData("xo:GetVms")]
    [InlineData("mcp__hypergate__xo_GetVms")]
    [InlineData("getVms")]
    [InlineData("get-vms")]
    [InlineData("get_vms")]
    public async Task Other_spellings_of_a_name_are_understood(string spelling)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: false));

        var result = await gateway.DoneAsync("call_operation", $$"""{"operation":"{{spelling}}","arguments":{"limit":1} }""");

        Assert.Equal(1, result.Structured!.Value.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task What_callers_may_not_see_is_neither_found_nor_described_nor_called()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish() with { Backend = static backend => backend with { Deny = ["DeleteVm"] } });
        gateway.Xo.Requests.Clear();

        var found = await gateway.DoneAsync("search_operations", """{"query":"destroy a virtual machine and its disks","limit":25}""");
        var described = await gateway.CallAsync("describe_operation", """{"operation":"DeleteVm"}""");
        var called = await gateway.CallAsync("call_operation", """{"operation":"xo.DeleteVm","arguments":{"id":"x"} }""");

        Assert.DoesNotContain(found.Structured!.Value.GetProperty("operations").EnumerateArray(), static one => one.GetProperty("operation").GetString() == "DeleteVm");
        Assert.True(described.IsError);
        Assert.True(called.IsError);
        Assert.Contains("There is no operation 'xo.DeleteVm'", called.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Xo.Requests.All);
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_the_nearest_ones()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: false));

        var result = await gateway.CallAsync("call_operation", """{"operation":"GetVmz"}""");

        Assert.True(result.IsError);
        Assert.Contains("'GetVms'", result.Text, StringComparison.Ordinal);
        Assert.Contains("'GetVm'", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_several_backends_have_needs_the_backend()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: false) with { Backends = 2 });

        var found = await gateway.DoneAsync("search_operations", """{"query":"list virtual machines","limit":3}""");
        var ambiguous = await gateway.CallAsync("call_operation", """{"operation":"GetVms"}""");
        var called = await gateway.CallAsync("call_operation", """{"operation":"GetVms","backend":"xo2","arguments":{"limit":1} }""");
        var dotted = await gateway.CallAsync("call_operation", """{"operation":"xo1.GetVms","arguments":{"limit":1} }""");

        Assert.Equal(["xo1", "xo2"], found.Structured!.Value.GetProperty("operations")[0].GetProperty("backends").EnumerateArray().Select(static name => name.GetString()));
        Assert.Contains("xo1.GetVms, xo2.GetVms", ambiguous.Text, StringComparison.Ordinal);
        Assert.False(called.IsError, called.Text);
        Assert.False(dotted.IsError, dotted.Text);
    }

    [Fact]
    public async Task Arguments_beside_the_object_count_and_those_given_twice_are_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: false));

        var beside = await gateway.DoneAsync("call_operation", """{"operation":"GetVms","limit":1}""");
        var twice = await gateway.CallAsync("call_operation", """{"operation":"GetVms","limit":1,"arguments":{"limit":2} }""");
        var text = await gateway.CallAsync("call_operation", """{"operation":"GetVms","arguments":"limit=1"}""");

        Assert.Equal(1, beside.Structured!.Value.GetProperty("rows").GetArrayLength());
        Assert.Contains("given twice", twice.Text, StringComparison.Ordinal);
        Assert.Contains("must be an object", text.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"query":""}""")]
    [InlineData("""{}""")]
    [InlineData("""{"query":"vms","limit":0}""")]
    [InlineData("""{"query":"vms","colour":"red"}""")]
    public async Task Wrong_arguments_of_the_search_are_refused(string arguments)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: false));

        Assert.True((await gateway.CallAsync("search_operations", arguments)).IsError);
    }

    [Fact]
    public async Task Words_that_mean_nothing_find_nothing_and_say_so()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish(actions: false));

        var result = await gateway.DoneAsync("search_operations", """{"query":"zzxxqq 日本語"}""");

        Assert.Contains("Nothing fits", result.Text, StringComparison.Ordinal);
        Assert.Equal(0, result.Structured!.Value.GetProperty("operations").GetArrayLength());
    }

    [Fact]
    public async Task The_whole_list_of_tools_fits_into_seven_hundred_tokens()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish());
        var tools = gateway.Gateway.Tools.Current;

        // About 4.2 characters of such JSON make a token of o200k_base; three are assumed here.
        var characters = tools.Sum(static tool => JsonSerializer.Serialize(new { tool.Name, tool.Description, tool.InputSchema }).Length);

        Assert.Equal(["call_operation", "check_connection", "describe_operation", "get_infrastructure_summary", "search_documentation", "search_operations", "whoami"], tools.Select(static tool => tool.Name));
        Assert.InRange(characters, 500, 700 * 3);
    }
}
