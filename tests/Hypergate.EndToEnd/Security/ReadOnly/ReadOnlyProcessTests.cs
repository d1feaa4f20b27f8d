using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.ReadOnly;

/// <summary>Only the exact word switches changes on; without it they are not there, and cannot be called.</summary>
[Trait("Suite", "S11")]
[Trait("Rule", "R-RO")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP02")]
public sealed class ReadOnlyProcessTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("true")]
    [InlineData("1 ")]
    public async Task Nothing_can_be_changed(string? actions)
    {
        await using var xo = await Xo.StartAsync();
        var before = xo.StateHash();
        var variables = Xo.Reading(xo).Concat(actions is null ? [] : [("XO_MCP_ENABLE_ACTIONS", actions)]);
        await using var session = StdioSession.Start(_folder, variables);
        await session.StartWorkAsync();
        var vm = (await session.HaltedAsync(1))[0];

        var tools = await session.AskAsync("tools/list");
        var action = await session.CallAsync("vms_action", $$"""{"operation":"StartVm","id":"{{vm}}"}""");
        var disguised = await session.CallAsync("vms_query", $$"""{"operation":"StartVm","id":"{{vm}}"}""");

        Assert.DoesNotContain(tools.ToolNames, static name => name.EndsWith("_action", StringComparison.Ordinal));
        Assert.True(action.TryGetProperty("error", out _) || action.IsToolError);
        Assert.True(disguised.IsToolError);
        Assert.Empty(xo.Writes);
        Assert.Equal(before, xo.StateHash());
    }
}
