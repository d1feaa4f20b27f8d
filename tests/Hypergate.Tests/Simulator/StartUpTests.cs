using Hypergate.Simulator;

namespace Hypergate.Tests.Simulator;

public class StartUpTests
{
    [Fact]
    public async Task A_starting_server_first_never_answers_then_refuses_right_credentials_then_is_ready()
    {
        var time = new SteppedTime();
        var options = SimulatedXo.Small with { HangAtStart = TimeSpan.FromSeconds(3), RefuseAtStart = TimeSpan.FromSeconds(2) };
        await using var xo = await SimulatedXo.StartAsync(options, time);

        var never = xo.GetAsync("/pools");
        while (xo.Simulator.Requests.Count == 0)
        {
            await Task.Yield();
        }

        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(401, (await xo.GetAsync("/pools")).Status);
        Assert.Equal(200, (await xo.SendAsync("GET", "/ping", null, _ => { })).Status);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await xo.GetAsync("/pools")).Status);
        Assert.False(never.IsCompleted);
    }

    [Theory]
    [InlineData(SimulatorTls.SelfSigned)]
    [InlineData(SimulatorTls.Expired)]
    [InlineData(SimulatorTls.WrongName)]
    public async Task A_certificate_that_nobody_trusts_is_shown(SimulatorTls tls)
    {
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small with { Tls = tls }, TimeProvider.System);

        Assert.Equal("https", xo.Simulator.Url.Scheme);
        await Assert.ThrowsAsync<HttpRequestException>(() => xo.GetAsync("/pools"));
        using var trusting = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => IsAsSaid(tls, certificate!) },
        });
        Assert.True((await trusting.GetAsync(new Uri(xo.Simulator.Url, "/rest/v0/ping"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
    }

    private static bool IsAsSaid(SimulatorTls tls, System.Security.Cryptography.X509Certificates.X509Certificate certificate)
    {
        var own = (System.Security.Cryptography.X509Certificates.X509Certificate2)certificate;
        return own.MatchesHostname("localhost") == (tls != SimulatorTls.WrongName)
            && own.NotAfter.ToUniversalTime() < TimeProvider.System.GetUtcNow().UtcDateTime == (tls == SimulatorTls.Expired);
    }
}
