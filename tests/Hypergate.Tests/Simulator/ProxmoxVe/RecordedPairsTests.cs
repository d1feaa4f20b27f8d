using Hypergate.Tests.Simulator.ProxmoxVe.Replay;

namespace Hypergate.Tests.Simulator.ProxmoxVe;

/// <summary>The contract: what the platform's own code answered, the simulator answers too.</summary>
public class RecordedPairsTests
{
    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    [InlineData("C")]
    public async Task A_recorded_run_goes_the_same_way(string run)
    {
        var differences = await RecordedRun.PlayAsync(run);

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
