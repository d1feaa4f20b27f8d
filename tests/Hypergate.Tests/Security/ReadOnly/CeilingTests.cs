using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.ReadOnly;

/// <summary>Read only is a ceiling: no name, argument, list or claim lifts it.</summary>
[Trait("Suite", "S11")]
[Trait("Rule", "R-RO")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP02")]
public sealed class CeilingTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    private const string Vm = "0b5e9ff6-2a8c-4a8e-9d3c-111111111111";

    [Theory]
    [InlineData("StartVm")]
    [InlineData("DeleteVm")]
    [InlineData("UpdateVm")]
    [InlineData("PutVmTag")]
    [InlineData("startvm")]
    [InlineData("StartVm ")]
    [InlineData("POST /vms/{id}/actions/start")]
    [InlineData("vms.StartVm")]
    public async Task A_change_asked_of_a_query_tool_reads_like_an_operation_that_does_not_exist(string operation)
    {
        var result = await reading.Gateway.CallAsync("vms_query", $$"""{"operation":"{{operation}}","id":"{{Vm}}"}""");

        Assert.True(result.IsError);
        Assert.Contains($"There is no operation '{operation.Trim()}", result.Text, StringComparison.Ordinal);
        Assert.Empty(reading.Gateway.Changes);
    }

    [Theory]
    [InlineData("method", "POST")]
    [InlineData("_method", "DELETE")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("actions", "true")]
    [InlineData("confirm_token", "x")]
    [InlineData("body", "x")]
    [InlineData("sync", "true")]
    [InlineData("headers", "x")]
    public async Task No_argument_turns_a_read_into_something_else(string name, string value)
    {
        var before = reading.Gateway.Xo.Requests.Count;
        var result = await reading.Gateway.CallAsync("vms_query", $$"""{"operation":"GetVms","{{name}}":"{{value}}"}""");

        Assert.True(result.IsError);
        Assert.Contains($"takes no argument '{name}'", result.Text, StringComparison.Ordinal);
        Assert.Equal(before, reading.Gateway.Xo.Requests.Count);
    }

    [Fact]
    public async Task An_allow_list_that_names_changes_does_not_switch_them_on()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { Backend = static backend => backend with { Allow = ["StartVm", "DeleteVm", "*"] } });

        Assert.DoesNotContain(gateway.Gateway.Tools.Current, static tool => tool.Name.EndsWith("_action", StringComparison.Ordinal));
        Assert.All(ExposedReads.Of(gateway), static operation => Assert.False(operation.Changes));
    }

    [Fact]
    public async Task An_allow_list_without_entries_offers_nothing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { Actions = true, Backend = static backend => backend with { Allow = [] } });

        Assert.Empty(ExposedReads.Of(gateway));
    }
}
