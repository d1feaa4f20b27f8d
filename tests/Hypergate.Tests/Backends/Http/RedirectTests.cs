using Hypergate.Backends.Http;
using static Hypergate.Tests.Backends.Http.LoopbackServer;

namespace Hypergate.Tests.Backends.Http;

/// <summary>Redirects are followed for reads within the origin; a credential goes nowhere else.</summary>
[Trait("Suite", "S3")]
[Trait("Rule", "R-REDIR")]
public class RedirectTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_read_follows_within_the_origin_with_its_credential(int status)
    {
        await using var server = Answering(Reply(status, "", "Location: /rest/v0/users/1"), Reply(200, "{}"));
        using var http = Http(server);

        var reply = Assert.IsType<HttpReply>(await http.SendAsync(Request(server), Cancellation));

        Assert.Equal((200, "/rest/v0/users/1"), (reply.Status, reply.Address.AbsolutePath));
        Assert.Equal("/users/me /rest/v0/users/1", string.Join(' ', server.Requests.Select(request => request.Target)));
        Assert.All(server.Requests, request => Assert.Equal("authenticationToken=t", request.Header("Cookie")));
    }

    [Theory]
    [InlineData(301, "http://127.0.0.1:{0}/x")]
    [InlineData(302, "http://127.0.0.1:{0}/x")]
    [InlineData(303, "http://127.0.0.1:{0}/x")]
    [InlineData(307, "http://127.0.0.1:{0}/x")]
    [InlineData(308, "//127.0.0.1:{0}/x")]
    [InlineData(307, "http://localhost:{0}/x")]
    public async Task A_redirect_to_another_origin_is_not_followed_and_the_trap_sees_no_connection(int status, string location)
    {
        await using var trap = Answering(Reply(200, "{}"));
        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, location, trap.Port);
        await using var server = Answering(Reply(status, "", $"Location: {target}"));
        using var http = Http(server);

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Request(server), Cancellation));

        Assert.Equal((FailureKind.Redirected, trap.Port), (failure.Kind, failure.Location!.Port));
        Assert.Contains("put it into XO_URL", failure.Text, StringComparison.Ordinal);
        Assert.Equal(0, trap.Connections);
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/x")]
    [InlineData("http://user@127.0.0.1:{0}/x")]
    [InlineData("http://localhost:{0}/x")]
    public async Task Another_scheme_host_or_user_is_another_origin(string location)
    {
        var target = "";
        await using var server = Answering((_, _) => Reply(307, "", $"Location: {target}"));
        target = string.Format(System.Globalization.CultureInfo.InvariantCulture, location, server.Port);
        using var http = Http(server);

        Assert.Equal(FailureKind.Redirected, Assert.IsType<TransportFailure>(await http.SendAsync(Request(server), Cancellation)).Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_write_is_never_sent_a_second_time()
    {
        await using var server = Answering(Reply(307, "", "Location: /elsewhere"), Reply(200, "{}"));
        using var http = Http(server);

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Request(server) with { Method = "POST" }, Cancellation));

        Assert.Contains("redirects POST to /elsewhere, which is followed for reads only", failure.Text, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_circle_ends()
    {
        await using var server = Answering(Reply(302, "", "Location: /x"));
        using var http = Http(server);

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Request(server), Cancellation));

        Assert.Contains("redirects in circles", failure.Text, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    private static BackendHttp Http(LoopbackServer server) =>
        new(new() { Address = server.Address, Words = XoWords.Value }, TimeProvider.System);

    private static HttpRequestSpec Request(LoopbackServer server) => new()
    {
        Address = new(server.Address, "/users/me"),
        Headers = [new("Cookie", "authenticationToken=t")],
    };
}
