using Hypergate.Backends.Http;
using static Hypergate.Tests.Backends.Http.LoopbackServer;

namespace Hypergate.Tests.Backends.Http;

public sealed class ProxyTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plain_HTTP_goes_through_the_proxy_with_its_credential_which_the_server_never_sees()
    {
        await using var proxy = new LoopbackProxy("user:p@ss");
        await using var server = Answering(Reply(200, "{}"));

        Assert.IsType<HttpReply>(await SendAsync(server, ("HTTP_PROXY", $"http://user:p%40ss@{proxy.Authority}")));

        Assert.Equal(new Uri(server.Address, "/x").AbsoluteUri, proxy.Requests.Last().Target);
        Assert.Null(Assert.Single(server.Requests).Header("Proxy-Authorization"));
    }

    [Fact]
    public async Task HTTPS_goes_through_a_tunnel_and_the_proxy_sees_neither_path_nor_credential()
    {
        await using var proxy = new LoopbackProxy("user:p@ss");
        using var certificate = _certificates.Server();
        await using var server = Secure(certificate);

        Assert.IsType<HttpReply>(await SendAsync(server, ("HTTPS_PROXY", $"http://user:p%40ss@{proxy.Authority}")));

        Assert.All(proxy.Requests, request => Assert.Equal($"CONNECT {server.Address.Authority} HTTP/1.1", request.Lines[0]));
        Assert.All(proxy.Requests, request => Assert.Null(request.Header("Cookie")));
        Assert.Equal("authenticationToken=t", Assert.Single(server.Requests).Header("Cookie"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_proxy_that_wants_another_credential_is_named_without_ours(bool secure)
    {
        await using var proxy = new LoopbackProxy("user:right");
        using var certificate = _certificates.Server();
        await using var server = secure ? Secure(certificate) : Answering(Reply(200, ""));
        var variable = secure ? "HTTPS_PROXY" : "HTTP_PROXY";

        var failure = Assert.IsType<TransportFailure>(await SendAsync(server, (variable, $"http://user:wrong@{proxy.Authority}")));

        Assert.Equal(FailureKind.ProxyRefused, failure.Kind);
        Assert.Contains($"The proxy {proxy.Authority} (from {variable}) refused the connection to XO server", failure.Text, StringComparison.Ordinal);
        Assert.Contains("status 407. Check user and password in " + variable, failure.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.Text, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_proxy_that_refuses_the_tunnel_hints_at_NO_PROXY()
    {
        await using var proxy = new LoopbackProxy(refusal: 403);
        using var certificate = _certificates.Server();
        await using var server = Secure(certificate);

        var failure = Assert.IsType<TransportFailure>(await SendAsync(server, ("HTTPS_PROXY", $"http://{proxy.Authority}")));

        Assert.Equal(FailureKind.ProxyRefused, failure.Kind);
        Assert.Contains("with status 403. If the server can be reached without a proxy, add 127.0.0.1 to NO_PROXY", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_blamed_and_not_the_server()
    {
        var proxy = new LoopbackProxy();
        await proxy.DisposeAsync();
        await using var server = Answering(Reply(200, ""));

        var failure = Assert.IsType<TransportFailure>(await SendAsync(server, ("HTTP_PROXY", $"http://{proxy.Authority}")));

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Contains($"the proxy {proxy.Authority} (from HTTP_PROXY) cannot be reached (connection refused)", failure.Text, StringComparison.Ordinal);
        Assert.Contains("add 127.0.0.1 to NO_PROXY", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_in_NO_PROXY_is_reached_directly()
    {
        await using var proxy = new LoopbackProxy();
        await using var server = Answering(Reply(200, ""));

        Assert.IsType<HttpReply>(await SendAsync(server, ("HTTP_PROXY", $"http://{proxy.Authority}"), ("NO_PROXY", "127.0.0.0/8")));

        Assert.Empty(proxy.Requests);
    }

    public void Dispose() => _certificates.Dispose();

    private async Task<HttpResult> SendAsync(LoopbackServer server, params (string Name, string Value)[] environment)
    {
        var variables = environment.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
        using var http = new BackendHttp(
            new()
            {
                Address = server.Address,
                Words = XoWords.Value,
                Proxy = ProxyRules.Read(variables),
                Tls = new() { CaFile = _certificates.RootFile },
            },
            new HastyTime(TimeSpan.FromSeconds(3)));
        var request = new HttpRequestSpec { Address = new(server.Address, "/x"), Headers = [new("Cookie", "authenticationToken=t")] };
        return await http.SendAsync(request, Cancellation);
    }
}
