using System.Diagnostics;
using System.Text;
using Hypergate.Backends.Http;
using static Hypergate.Tests.Backends.Http.LoopbackServer;

namespace Hypergate.Tests.Backends.Http;

public class BackendHttpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_goes_out_with_its_own_headers_and_nothing_of_ours_but_the_encodings()
    {
        await using var server = Answering(Reply(200, "[]", "Content-Type: application/json; charset=utf-8", "Set-Cookie: a=b", "ETag: \"x\""));
        using var http = Http(server);
        using var activity = new Activity("test").Start();
        var request = new HttpRequestSpec
        {
            Address = new(server.Address, "/rest/v0/vms?limit=1"),
            Headers = [new("X-XO-Client", "mcp"), new("Cookie", "authenticationToken=t")],
        };

        var reply = Assert.IsType<HttpReply>(await http.SendAsync(request, Cancellation));
        await http.SendAsync(request, Cancellation);

        Assert.Equal(
            (200, "application/json; charset=utf-8", "[]", "\"x\"", 2L),
            (reply.Status, reply.ContentType, Encoding.UTF8.GetString(reply.Body.Span), reply.ETag, reply.WireBytes));
        Assert.All(server.Requests, raw => Assert.Equal(
            ["GET /rest/v0/vms?limit=1 HTTP/1.1", "Accept-Encoding: identity", "Cookie: authenticationToken=t", $"Host: {server.Address.Authority}", "X-XO-Client: mcp"],
            [raw.Lines[0], .. raw.Lines.Skip(1).Order(StringComparer.Ordinal)]));
    }

    [Fact]
    public async Task A_body_goes_out_with_its_type_and_length()
    {
        await using var server = Answering(Reply(201, """{"id":"x"}"""));
        using var http = Http(server);

        await http.SendAsync(new() { Method = "POST", Address = server.Address, Body = "{\"a\":1}"u8.ToArray() }, Cancellation);

        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "application/json", "7"), (request.Method, request.Header("Content-Type"), request.Header("Content-Length")));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Every_status_is_a_reply(int status)
    {
        await using var server = Answering(Reply(status, "", "WWW-Authenticate: Basic realm=\"xo\"", "Location: /x"));
        using var http = Http(server);

        var reply = Assert.IsType<HttpReply>(await http.SendAsync(Get(server), Cancellation));

        Assert.Equal((status, "Basic realm=\"xo\"", "/x", true), (reply.Status, reply.Challenge, reply.Location, reply.Body.IsEmpty));
    }

    [Fact]
    public async Task Nobody_listening_says_so_in_the_words_of_the_platform()
    {
        var gone = Answering(Reply(200, ""));
        await gone.DisposeAsync();
        using var http = Http(gone, new HastyTime(TimeSpan.FromSeconds(3)));

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Get(gone), Cancellation));

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Equal(
            $"Cannot connect to XO server at {gone.Address.ToString().TrimEnd('/')}. "
                + "Verify the server is running and XO_URL is correct. (connection refused)",
            failure.Text);
    }

    [Fact]
    public async Task An_unknown_name_says_so()
    {
        var address = new Uri("http://no-such-host.invalid/");
        using var http = new BackendHttp(
            new() { Address = address, Words = XoWords.Value }, new HastyTime(TimeSpan.FromSeconds(3)));

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(new() { Address = address }, Cancellation));

        Assert.Equal(FailureKind.Dns, failure.Kind);
        Assert.Contains("host name no-such-host.invalid cannot be resolved. Check its spelling in XO_URL", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_runs_into_the_time_limit()
    {
        var time = new HastyTime(TimeSpan.Zero);
        await using var server = Answering((_, _) =>
        {
            time.EndHeldWaits();
            return null;
        });
        using var http = Http(server, time);

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Get(server), Cancellation));

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.StartsWith("Request to XO server timed out after 30000ms. ", failure.Text, StringComparison.Ordinal);
        Assert.Contains(server.Address.Authority, failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_limit_covers_the_reading_of_the_body()
    {
        // The head and a part of the body come at once, the rest never; so the limit has to be a real one.
        await using var server = Answering((_, _) => null, Head(200, "Content-Length: 100"));
        using var http = Http(server);

        var failure = Assert.IsType<TransportFailure>(
            await http.SendAsync(Get(server) with { TimeLimit = TimeSpan.FromMilliseconds(300) }, Cancellation));

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.StartsWith("Request to XO server timed out after 300ms. ", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_in_time_is_told_apart_from_a_slow_answer()
    {
        // A TLS handshake that nobody answers.
        await using var server = Answering((_, _) => null);
        var address = new Uri($"https://127.0.0.1:{server.Port}");
        var options = new BackendHttpOptions { Address = address, Words = XoWords.Value, ConnectTimeLimit = TimeSpan.FromMilliseconds(200) };
        using var http = new BackendHttp(options, new HastyTime(TimeSpan.FromSeconds(3)));

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(new() { Address = address }, Cancellation));

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.StartsWith($"Cannot connect to XO server at https://127.0.0.1:{server.Port}: no connection within 200ms.", failure.Text, StringComparison.Ordinal);
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_a_cancellation_and_no_failure()
    {
        using var caller = new CancellationTokenSource();
        await using var server = Answering((_, _) =>
        {
            caller.Cancel();
            return null;
        });
        using var http = Http(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.SendAsync(Get(server), caller.Token));
    }

    [Fact]
    public async Task A_connection_dropped_before_the_answer_is_told_apart()
    {
        await using var server = Dropping();
        using var http = Http(server, new HastyTime(TimeSpan.FromSeconds(3)));

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Get(server), Cancellation));

        Assert.Equal(FailureKind.Reset, failure.Kind);
        Assert.Contains("closed the connection without an answer", failure.Text, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 1, 4);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n[1,2")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n[1,2,\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n50\r\n[1,2")]
    public async Task A_truncated_body_is_a_failure_and_never_a_reply(string rest)
    {
        await using var server = Answering(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + rest));
        using var http = Http(server);

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Get(server), Cancellation));

        Assert.Equal(FailureKind.Truncated, failure.Kind);
        Assert.Contains("broke off before its end", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_speak_HTTP_is_named()
    {
        await using var server = Answering("SSH-2.0-OpenSSH_9.6\r\n"u8.ToArray());
        using var http = Http(server);

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Get(server), Cancellation));

        Assert.Equal(FailureKind.Malformed, failure.Kind);
        Assert.Contains("does not speak HTTP. Check scheme (http or https) and port in XO_URL", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_without_end_is_refused()
    {
        await using var server = Answering(Head(200, $"X-Long: {new string('a', 200_000)}"));
        using var http = Http(server);

        Assert.Equal(FailureKind.TooLarge, Assert.IsType<TransportFailure>(await http.SendAsync(Get(server), Cancellation)).Kind);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_write_without_an_answer_may_have_been_done_and_the_text_says_so(string method)
    {
        await using var server = Dropping();
        using var http = Http(server);

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(Get(server) with { Method = method }, Cancellation));

        Assert.EndsWith("It is not known whether the request took effect: look before repeating it.", failure.Text, StringComparison.Ordinal);
        Assert.Equal("0", Assert.Single(server.Requests).Header("Content-Length"));
    }

    [Fact]
    public async Task Another_origin_than_the_configured_one_is_a_bug_of_the_caller_and_nothing_is_sent()
    {
        await using var server = Answering(Reply(200, ""));
        await using var other = Answering(Reply(200, ""));
        using var http = Http(server);

        await Assert.ThrowsAsync<ArgumentException>(() => http.SendAsync(Get(other), Cancellation));
        Assert.Equal(0, other.Connections);
    }

    private static BackendHttp Http(LoopbackServer server, TimeProvider? time = null) =>
        new(new() { Address = server.Address, Words = XoWords.Value }, time ?? TimeProvider.System);

    private static HttpRequestSpec Get(LoopbackServer server) => new() { Address = new(server.Address, "/x") };
}
