using System.Net.Http.Headers;

namespace Hypergate.Tests.Simulator.ProxmoxVe;

/// <summary>Faults and the state of a cluster that runs as a process of its own.</summary>
public sealed class PveFaultControlTests : IAsyncLifetime
{
    private SimulatedPve _pve = null!;

    public async ValueTask InitializeAsync() => _pve = await SimulatedPve.StartAsync();

    public async ValueTask DisposeAsync() => await _pve.DisposeAsync();

    [Fact]
    public async Task A_fault_can_be_added_and_ended_over_the_wire()
    {
        Assert.Equal(204, await ControlAsync("POST", "/faults", """{"path":"/version","method":"GET","status":596,"text":"Broken pipe"}"""));
        Assert.Equal(596, (await _pve.GetAsync("/version")).Status);
        Assert.Equal(200, (await _pve.GetAsync("/nodes")).Status);

        Assert.Equal(204, await ControlAsync("DELETE", "/faults", null));
        Assert.Equal(200, (await _pve.GetAsync("/version")).Status);
    }

    [Fact]
    public async Task A_fault_hits_so_many_times_and_not_more()
    {
        await ControlAsync("POST", "/faults", """{"times":2,"status":595}""");

        Assert.Equal(595, (await _pve.GetAsync("/version")).Status);
        Assert.Equal(595, (await _pve.GetAsync("/nodes")).Status);
        Assert.Equal(200, (await _pve.GetAsync("/nodes")).Status);
    }

    [Fact]
    public async Task A_share_of_the_requests_is_hit()
    {
        await ControlAsync("POST", "/faults", """{"rate":0.5,"status":595}""");
        var hit = 0;
        for (var count = 0; count < 60; count++)
        {
            hit += (await _pve.GetAsync("/version")).Status == 595 ? 1 : 0;
        }

        Assert.InRange(hit, 10, 50);
    }

    [Fact]
    public async Task A_fault_of_tasks_leaves_requests_alone()
    {
        await ControlAsync("POST", "/faults", """{"task":"fails","text":"out of memory"}""");

        Assert.Equal(200, (await _pve.GetAsync("/version")).Status);
    }

    [Fact]
    public async Task What_is_up_can_be_changed_over_the_wire()
    {
        Assert.Equal(204, await ControlAsync("PUT", "/state", """{"quorum":false}"""));

        var cluster = (await _pve.GetAsync("/cluster/status")).Data!.AsArray().Single(static row => row!["type"]!.GetValue<string>() == "cluster");
        Assert.Equal(0, cluster!["quorate"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("POST", "/faults", """{"hang":true}""")]
    [InlineData("POST", "/faults", """{"cut":"somewhere"}""")]
    [InlineData("POST", "/faults", "[]")]
    [InlineData("PUT", "/state", """{"vmid":1,"agent":false}""")]
    [InlineData("PUT", "/state", "{}")]
    public async Task What_is_no_fault_is_refused(string method, string path, string body) => Assert.Equal(400, await ControlAsync(method, path, body));

    [Fact]
    public async Task Nobody_without_the_token_can_set_faults() =>
        Assert.Equal(401, (await _pve.SendAsync("POST", "/simulator/faults", ("{}", "application/json"), static _ => { })).Status);

    private async Task<int> ControlAsync(string method, string path, string? body)
    {
        void Authorize(HttpRequestHeaders headers) => headers.TryAddWithoutValidation("Authorization", $"PVEAPIToken={_pve.Simulator.TokenId}={_pve.Simulator.TokenSecret}");
        return (await _pve.SendAsync(method, "/simulator" + path, body is null ? null : (body, "application/json"), Authorize)).Status;
    }
}
