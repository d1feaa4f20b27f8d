using Hypergate.Simulator.Faults;

namespace Hypergate.Tests.Simulator;

public class FaultsTests
{
    [Fact]
    public async Task A_status_with_retry_after_hits_its_route_so_often_as_it_says_and_does_nothing()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var vm = await xo.IdAsync("vms");
        var before = xo.Simulator.StateHash();
        xo.Simulator.Faults.Add(new Fault { Path = "/vms/*/tags/**", Method = "PUT", Status = 429, RetryAfter = "3", Times = 2 });

        for (var i = 0; i < 2; i++)
        {
            var refused = await xo.SendAsync("PUT", $"/vms/{vm}/tags/x");
            Assert.Equal((429, "3"), (refused.Status, refused.Response.Headers.RetryAfter!.ToString()));
        }

        Assert.Equal(before, xo.Simulator.StateHash());
        Assert.Equal(200, (await xo.GetAsync("/pools")).Status);
        Assert.Equal(204, (await xo.SendAsync("PUT", $"/vms/{vm}/tags/x")).Status);
        Assert.False(before == xo.Simulator.StateHash());
    }

    [Fact]
    public async Task A_rate_hits_its_share()
    {
        await using var xo = await SimulatedXo.StartAsync();
        xo.Simulator.Faults.Add(new Fault { Status = 502, Rate = 0.3 });

        var failed = 0;
        for (var i = 0; i < 200; i++)
        {
            failed += (await xo.GetAsync("/ping")).Status == 502 ? 1 : 0;
        }

        Assert.InRange(failed, 40, 80);
        xo.Simulator.Faults.Clear();
        Assert.Equal(200, (await xo.GetAsync("/ping")).Status);
    }

    [Theory]
    [InlineData(Cut.BeforeWork, false)]
    [InlineData(Cut.BeforeAnswer, true)]
    public async Task A_cut_connection_leaves_the_client_in_the_dark(Cut cut, bool isDone)
    {
        await using var xo = await SimulatedXo.StartAsync();
        var before = xo.Simulator.StateHash();
        xo.Simulator.Faults.Add(new Fault { Path = "/groups", Method = "PUT", Cut = cut });
        xo.Simulator.Faults.Add(new Fault { Path = "/vms/*/tags/x", Cut = cut });
        var vm = await xo.IdAsync("vms");

        await Assert.ThrowsAsync<HttpRequestException>(() => xo.SendAsync("PUT", $"/vms/{vm}/tags/x"));
        Assert.Equal(isDone, before != xo.Simulator.StateHash());
    }

    [Fact]
    public async Task A_connection_cut_in_the_body_breaks_the_reading()
    {
        await using var xo = await SimulatedXo.StartAsync();
        xo.Simulator.Faults.Add(new Fault { Path = "/vms", Cut = Cut.InBody });

        var broken = await Assert.ThrowsAnyAsync<Exception>(() => xo.GetAsync("/vms?fields=*"));
        Assert.True(broken is HttpRequestException or IOException, broken.ToString());
    }

    [Fact]
    public async Task A_truncated_body_looks_whole_and_is_no_json()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var whole = (await xo.GetAsync("/pools?fields=*")).Text;
        xo.Simulator.Faults.Add(new Fault { Path = "/pools", Truncate = true, ContentType = "text/html" });

        var half = await xo.GetAsync("/pools?fields=*");
        Assert.Equal((200, "text/html"), (half.Status, half.ContentType));
        Assert.Equal(whole[..(whole.Length / 2)], half.Text);
    }

    [Fact]
    public async Task Compression_can_be_forced_on_clients_that_do_not_take_it()
    {
        await using var xo = await SimulatedXo.StartAsync();
        xo.Simulator.Faults.Add(new Fault { Path = "/vms", Gzip = true });

        Assert.Equal(["gzip"], (await xo.GetAsync("/vms?fields=*")).Response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_redirect_leads_to_another_host_with_path_and_query()
    {
        await using var xo = await SimulatedXo.StartAsync();
        xo.Simulator.Faults.Add(new Fault { RedirectTo = new Uri("https://elsewhere.invalid/") });

        var moved = await xo.GetAsync("/vms?limit=1");
        Assert.Equal((307, "https://elsewhere.invalid/rest/v0/vms?limit=1"), (moved.Status, moved.Location));
    }

    [Fact]
    public async Task A_slow_drip_and_a_delay_take_their_time_and_arrive_whole()
    {
        var time = new SteppedTime();
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small, time);
        var whole = (await xo.GetAsync("/pools?fields=*")).Text;
        xo.Simulator.Faults.Add(new Fault { Path = "/pools", Delay = TimeSpan.FromSeconds(5), DripBytesPerSecond = 1000 });

        var start = time.GetUtcNow();
        time.Rush(true);
        Assert.Equal(whole, (await xo.GetAsync("/pools?fields=*")).Text);
        Assert.InRange(time.GetUtcNow() - start, TimeSpan.FromSeconds(5 + (whole.Length / 1000)), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_hanging_request_is_recorded_and_never_answered()
    {
        await using var xo = await SimulatedXo.StartAsync();
        xo.Simulator.Faults.Add(new Fault { Path = "/pools", Hang = true });

        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v0/pools");
        var answer = xo.Client.SendAsync(request, impatience.Token);
        while (xo.Simulator.Requests.Count == 0)
        {
            await Task.Yield();
        }

        Assert.False(answer.IsCompleted);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task An_expired_token_is_refused_in_mid_life()
    {
        await using var xo = await SimulatedXo.StartAsync();
        xo.Simulator.Faults.Add(new Fault { ExpiredToken = true });

        var refused = await xo.GetAsync("/pools");
        Assert.Equal((401, "invalid credentials"), (refused.Status, refused.Error));
    }

    [Theory]
    [InlineData("**", "/vms/x/actions/start", true)]
    [InlineData("/vms", "/vms", true)]
    [InlineData("/vms", "/vms/x", false)]
    [InlineData("/vms/*", "/vms/x", true)]
    [InlineData("/vms/*", "/vms/x/tags/y", false)]
    [InlineData("/vms/**", "/vms/x/tags/y", true)]
    [InlineData("/*/x.json", "/docs/x.json", true)]
    [InlineData("/*/x.json", "/docs/xxjson", false)]
    public void A_pattern_fits_paths(string pattern, string path, bool fits) => Assert.Equal(fits, new PathPattern(pattern).Fits(path));
}
