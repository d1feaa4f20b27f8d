using Hypergate.Governance;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>What was done says which operation takes it back.</summary>
public sealed class UndoTests
{
    [Theory]
    [InlineData("PutVmTag({ id, tag: 'x' })", "xo.DeleteVmTag")]
    [InlineData("StartVm({ id })", "xo.CleanShutdownVm")]
    [InlineData("SnapshotVm({ id })", null)]
    public async Task A_completed_write_names_the_operation_that_takes_it_back(string call, string? undo)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Policy = new PolicySettings { Confirmation = new() { Write = ConsentRule.None } } });

        var answer = await gateway.RunAsync($"const id = (await api.GetVms({{ filter: 'power_state:Halted', limit: 1 }}))[0].id; await api.{call}; throw new Error('then it fails')");

        var write = Assert.Single(answer.GetProperty("completed_writes").EnumerateArray());
        Assert.Equal(undo, write.TryGetProperty("undo", out var name) ? name.GetString() : null);
        Assert.Equal("script_error", answer.ErrorCode);
    }
}
