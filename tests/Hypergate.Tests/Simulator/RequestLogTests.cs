using System.Text;

namespace Hypergate.Tests.Simulator;

public class RequestLogTests
{
    [Fact]
    public async Task A_request_is_kept_as_it_came_over_the_wire()
    {
        await using var xo = await SimulatedXo.StartAsync();

        await xo.SendAsync("PUT", "/vms/a%2Fb/tags/x%20y?q=%7C", """{"any":1}""");
        var request = Assert.Single(xo.Simulator.Requests.All);
        Assert.Equal(("PUT", "/rest/v0/vms/a%2Fb/tags/x%20y?q=%7C"), (request.Method, request.Target));
        Assert.Equal($"authenticationToken={xo.Simulator.Token}", request.Headers["cookie"]);
        Assert.Equal("""{"any":1}""", Encoding.UTF8.GetString(request.Body.Span));
        xo.Simulator.Requests.Clear();
        Assert.Empty(xo.Simulator.Requests.All);
        Assert.Equal(0, xo.Simulator.Requests.Count);
    }
}
