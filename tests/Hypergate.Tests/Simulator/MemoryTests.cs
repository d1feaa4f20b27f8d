namespace Hypergate.Tests.Simulator;

/// <summary>Alone, since whatever else runs needs memory too.</summary>
[Collection(nameof(Alone))]
public class MemoryTests
{
    [Fact]
    public async Task Two_thousand_machines_and_their_list_fit_into_ninety_megabytes()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small with { Vms = 2000 }, new ManualTime());

        using var response = await xo.Client.SendAsync(Request(xo), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await response.Content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 1_000_000, 90_000_000);
    }

    private static HttpRequestMessage Request(SimulatedXo xo)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v0/vms?fields=*");
        request.Headers.Add("Cookie", $"token={xo.Simulator.Token}");
        return request;
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
