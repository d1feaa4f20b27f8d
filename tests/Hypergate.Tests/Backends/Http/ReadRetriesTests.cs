using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Model;
using static Hypergate.Tests.Backends.Http.LoopbackServer;

namespace Hypergate.Tests.Backends.Http;

public class ReadRetriesTests
{
    // Waits between tries end at once, the time limit of 30 s does not.
    private HastyTime _time = new(TimeSpan.FromSeconds(25));

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_that_may_pass_is_tried_three_times_in_all(int status)
    {
        await using var server = Answering(Reply(status, "busy"));

        var reply = Assert.IsType<HttpReply>(await SendAsync(server));

        Assert.Equal((status, "busy"), (reply.Status, Encoding.UTF8.GetString(reply.Body.Span)));
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(2, _time.Waits.Count);
        Assert.All(_time.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task Each_try_is_noted_for_the_record_of_the_call()
    {
        await using var server = Answering(Reply(502, ""), Reply(200, "{}"));
        using var http = new BackendHttp(Options(server), _time);
        var notes = new CallNotes();

        await http.SendAsync(new() { Address = server.Address, Notes = notes }, TestContext.Current.CancellationToken);

        Assert.Equal([(502, 0L, true), (200, 2L, true)], notes.Attempts.Select(static attempt => (attempt.Status!.Value, attempt.Bytes, attempt.WasSent!.Value)));
        Assert.True(notes.WasSent);
    }

    [Fact]
    public async Task What_found_nobody_was_not_sent_and_of_what_was_not_answered_nobody_knows()
    {
        var gone = Answering(Reply(200, ""));
        await gone.DisposeAsync();
        await using var silent = Dropping();

        async Task<bool?> SentAsync(LoopbackServer server)
        {
            using var http = new BackendHttp(Options(server), _time);
            var notes = new CallNotes();
            await http.SendAsync(new() { Method = "POST", Address = server.Address, Body = "{}"u8.ToArray(), Notes = notes }, TestContext.Current.CancellationToken);
            Assert.Equal(2, notes.BytesSent);
            return notes.WasSent;
        }

        Assert.False(await SentAsync(gone));
        Assert.Null(await SentAsync(silent));
    }

    [Fact]
    public async Task The_first_good_answer_ends_it()
    {
        await using var server = Answering(Reply(502, ""), Reply(200, "{}"), Reply(500, ""));

        Assert.Equal(200, Assert.IsType<HttpReply>(await SendAsync(server)).Status);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("GET", 200)]
    [InlineData("GET", 400)]
    [InlineData("GET", 401)]
    [InlineData("GET", 404)]
    [InlineData("GET", 500)]
    [InlineData("POST", 503)]
    [InlineData("PUT", 429)]
    [InlineData("PATCH", 502)]
    [InlineData("DELETE", 504)]
    public async Task Other_answers_and_all_writes_are_sent_once(string method, int status)
    {
        await using var server = Answering(Reply(status, ""));

        Assert.Equal(status, Assert.IsType<HttpReply>(await SendAsync(server, method)).Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_write_that_finds_nobody_is_not_repeated()
    {
        var gone = Answering(Reply(200, ""));
        await gone.DisposeAsync();

        Assert.Equal(FailureKind.Refused, Assert.IsType<TransportFailure>(await SendAsync(gone, "DELETE")).Kind);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task A_read_that_finds_nobody_is_repeated()
    {
        var gone = Answering(Reply(200, ""));
        await gone.DisposeAsync();

        await SendAsync(gone);

        Assert.Equal(2, _time.Waits.Count);
    }

    [Fact]
    public async Task A_platform_may_call_an_answer_final()
    {
        await using var server = Answering(Reply(503, """{"error":"mcp_disabled"}"""));

        await SendAsync(server, options: Options(server) with { IsFinal = reply => reply.Body.Span.IndexOf("mcp_disabled"u8) >= 0 });

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_request_may_ask_for_one_try()
    {
        await using var server = Answering(Reply(503, ""));
        using var http = new BackendHttp(Options(server), _time);

        await http.SendAsync(new() { Address = server.Address, MayRepeat = false }, TestContext.Current.CancellationToken);

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Thu, 01 Jan 2026 00:00:11 GMT", 11)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 0)]
    public async Task Retry_After_is_kept_to_the_second(string header, int seconds)
    {
        await using var server = Answering(Reply(429, "", $"Retry-After: {header}"), Reply(200, "{}"));

        Assert.Equal(200, Assert.IsType<HttpReply>(await SendAsync(server)).Status);
        Assert.Equal(TimeSpan.FromSeconds(seconds), _time.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait));
    }

    [Theory]
    [InlineData("21", 30)]
    [InlineData("Fri, 02 Jan 2026 00:00:00 GMT", 30)]
    [InlineData("6", 5)]
    public async Task A_wait_beyond_the_cap_or_the_time_limit_is_the_callers_to_decide(string header, int limit)
    {
        _time = new(TimeSpan.FromSeconds(limit - 1));
        await using var server = Answering(Reply(503, "", $"Retry-After: {header}"));

        var reply = Assert.IsType<HttpReply>(
            await SendAsync(server, options: Options(server) with { TimeLimit = TimeSpan.FromSeconds(limit) }));

        Assert.Equal(503, reply.Status);
        Assert.True(reply.RetryAfter > TimeSpan.FromSeconds(5));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task When_the_time_limit_ends_while_waiting_the_last_answer_stands()
    {
        var time = new HastyTime(TimeSpan.Zero);
        await using var server = Answering(Reply(503, "busy"));
        using var http = new BackendHttp(Options(server), time);

        var sending = http.SendAsync(new() { Address = server.Address }, TestContext.Current.CancellationToken);
        await time.HeldAsync(2);
        time.EndFirstHeldWait();

        Assert.Equal(503, Assert.IsType<HttpReply>(await sending).Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Waits_are_spread_at_random()
    {
        await using var server = Answering(Reply(502, ""));
        for (var round = 0; round < 3; round++)
        {
            await SendAsync(server);
        }

        Assert.True(_time.Waits.Distinct().Count() > 2);
    }

    private async Task<HttpResult> SendAsync(LoopbackServer server, string method = "GET", BackendHttpOptions? options = null)
    {
        using var http = new BackendHttp(options ?? Options(server), _time);
        return await http.SendAsync(new() { Method = method, Address = server.Address }, TestContext.Current.CancellationToken);
    }

    private static BackendHttpOptions Options(LoopbackServer server) => new() { Address = server.Address, Words = XoWords.Value };
}
