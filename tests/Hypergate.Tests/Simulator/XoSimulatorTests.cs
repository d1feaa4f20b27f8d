using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.Tests.Simulator;

public class XoSimulatorTests
{
    [Fact]
    public async Task The_same_seed_makes_the_same_data_centre_and_reads_change_nothing()
    {
        await using var xo = await SimulatedXo.StartAsync();
        await using var twin = await SimulatedXo.StartAsync();
        await using var other = await SimulatedXo.StartAsync(SimulatedXo.Small with { Seed = 8 }, new ManualTime());

        Assert.Equal(xo.Simulator.StateHash(), twin.Simulator.StateHash());
        Assert.False(xo.Simulator.StateHash() == other.Simulator.StateHash());
        var before = xo.Simulator.StateHash();
        foreach (var path in (string[])["/vms?fields=*", "/tasks", "/users/me", "/dashboard", "/nope", "/vms?filter=("])
        {
            await xo.GetAsync(path);
        }

        Assert.Equal(before, xo.Simulator.StateHash());
    }

    [Fact]
    public async Task Two_thousand_machines_start_at_once_and_are_streamed()
    {
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small with { Vms = 2000 }, new ManualTime());

        var all = await xo.GetAsync("/vms?fields=*");
        Assert.Equal(2000, all.Json.AsArray().Count);
        Assert.True(all.Response.Headers.TransferEncodingChunked);
        Assert.InRange(all.Text.Length, 3_000_000, 6_000_000);
    }

    [Fact]
    public async Task A_simulator_that_has_ended_answers_no_more()
    {
        var simulator = await XoSimulator.StartAsync(SimulatedXo.Small, TimeProvider.System, TestContext.Current.CancellationToken);
        await simulator.DisposeAsync();

        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetAsync(new Uri(simulator.Url, "/rest/v0/ping"), TestContext.Current.CancellationToken));
    }
}
