using System.Net;
using System.Text;
using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.Tests.Simulator.Faults;

public sealed class FaultControlTests : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false });
    private XoSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await XoSimulator.StartAsync(new SimulatorOptions { Vms = 10 }, TimeProvider.System, TestContext.Current.CancellationToken);
        _client.BaseAddress = _simulator.Url;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task A_fault_can_be_added_and_ended_over_the_wire()
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("POST", "/simulator/faults", """{"path":"/ping","status":502}"""));
        Assert.Equal(HttpStatusCode.BadGateway, await SendAsync("GET", "/rest/v0/ping"));

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("DELETE", "/simulator/faults"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("GET", "/rest/v0/ping"));
    }

    [Fact]
    public async Task The_administrators_switch_can_be_turned_over_the_wire()
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("PUT", "/simulator/mcp", """{"enabled":false}"""));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync("GET", "/rest/v0/mcp/status"));
    }

    [Theory]
    [InlineData("""{"nope":1}""")]
    [InlineData("""[]""")]
    [InlineData("""{"status":"many"}""")]
    public async Task What_is_no_fault_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync("POST", "/simulator/faults", body));

    [Fact]
    public async Task Nobody_without_the_token_can_set_faults() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("POST", "/simulator/faults", "{}", token: "wrong"));

    private async Task<HttpStatusCode> SendAsync(string method, string path, string? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Cookie", $"authenticationToken={token ?? _simulator.Token}");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
