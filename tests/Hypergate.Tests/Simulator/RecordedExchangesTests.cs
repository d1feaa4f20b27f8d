using Hypergate.Tests.Simulator.Replay;

namespace Hypergate.Tests.Simulator;

/// <summary>The contract: what a real server answered, the simulator answers too.</summary>
public class RecordedExchangesTests
{
    public static TheoryData<string> Scenarios => [.. Exchange.All.Select(exchange => exchange.Scenario).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task A_recorded_scenario_goes_the_same_way(string scenario) => Scenario.ReplayAsync(scenario);
}
