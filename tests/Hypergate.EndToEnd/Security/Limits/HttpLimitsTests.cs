using System.Net;
using System.Net.Sockets;
using System.Text;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Limits;

/// <summary>What one client may cost, without any setting (rule R-LIMIT).</summary>
[Trait("Suite", "S15")]
[Trait("Rule", "R-LIMIT")]
public sealed class HttpLimitsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bodies_that_are_no_message_are_refused_and_the_gateway_lives_on()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));
        (string Body, HttpStatusCode Status, int Code)[] cases =
        [
            ("", HttpStatusCode.BadRequest, -32700),
            ("{", HttpStatusCode.BadRequest, -32700),
            (deep, HttpStatusCode.BadRequest, -32700),
            ($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{{\"a\":{deep}{deep.Replace('[', ']')}}}}}", HttpStatusCode.BadRequest, -32700),
            ("[]", HttpStatusCode.BadRequest, -32600),
            ("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", HttpStatusCode.BadRequest, -32600),
            ("1", HttpStatusCode.BadRequest, -32600),
            ("{}", HttpStatusCode.BadRequest, -32600),
            ("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", HttpStatusCode.BadRequest, -32600),
            ("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", HttpStatusCode.BadRequest, -32600),
        ];
        foreach (var (body, status, code) in cases)
        {
            var reply = await program.SendAsync(body);

            Assert.True(status == reply.Status, $"{body[..Math.Min(80, body.Length)]}: {reply.Status} {reply.Body}");
            Assert.Equal(code, reply.Message.ErrorCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami")).Status);
    }

    [Theory]
    [InlineData(4 * 1024 * 1024, "HTTP/1.1 100 ")]
    [InlineData((4 * 1024 * 1024) + 1, "HTTP/1.1 413 ")]
    public async Task A_body_above_four_megabytes_is_refused_before_it_is_sent(int length, string status)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, program.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var head = $"POST /mcp HTTP/1.1\r\nHost: localhost:{program.Address.Port}\r\nContent-Type: application/json\r\nAccept: {McpPost.Both}\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith(status, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, false, true)]
    [InlineData(10, true, true)]
    [InlineData(10, false, false)]
    public async Task Who_sends_all_of_a_body_before_reading_is_told_why_it_is_refused(int megabytes, bool isChunked, bool hasKey)
    {
        const string Right = "a-key-that-is-long-enough-for-this";
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, [.. Xo.Reading(xo), ("HYPERGATE_API_KEY", Right)]);
        var port = program.Address.Port;
        var length = megabytes * 1024 * 1024;
        var (line, before, after) = isChunked ? ("Transfer-Encoding: chunked", $"{length:x}\r\n", "\r\n0\r\n\r\n") : ($"Content-Length: {length}", "", "");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var head = $"POST /mcp HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nAccept: {McpPost.Both}\r\nX-API-Key: {(hasKey ? Right : "another")}\r\n{line}\r\n\r\n{before}";

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', length) + after), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        var words = new char[2_000];
        var read = await reader.ReadAsync(words, TestContext.Current.CancellationToken);

        Assert.StartsWith(hasKey ? "HTTP/1.1 413 " : "HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains(hasKey ? "The body is longer than 4194304 bytes (http.limits.bodyBytes)." : "unknown, revoked, expired", new string(words, 0, read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", McpPost.Both, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-8", McpPost.Both, HttpStatusCode.OK)]
    [InlineData("application/json", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "*/*", HttpStatusCode.OK)]
    public async Task A_client_says_what_it_sends_and_takes(string type, string accept, HttpStatusCode status)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));
        using var request = new HttpRequestMessage(HttpMethod.Post, program.Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(
                """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"e2e","version":"1"}}}""")),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await program.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Guessing_keys_becomes_slow_and_says_when_to_come_back()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, [.. Xo.Reading(xo), ("HYPERGATE_API_KEY", "a-key-that-is-long-enough-for-this")]);

        var replies = new List<McpReply>();
        for (var guess = 0; guess < 60; guess++)
        {
            replies.Add(await program.CallAsync("whoami", key: $"guess-{guess}"));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, replies[0].Status);
        var slow = replies.FirstOrDefault(static reply => reply.Status == HttpStatusCode.TooManyRequests);
        Assert.NotNull(slow);
        Assert.True(slow.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task After_twenty_wrong_keys_nothing_of_that_address_is_looked_at_for_a_minute_not_even_a_right_one()
    {
        const string Right = "a-key-that-is-long-enough-for-this";
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, [.. Xo.Reading(xo), ("HYPERGATE_API_KEY", Right)]);

        for (var guess = 0; guess < 19; guess++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.CallAsync("whoami", key: $"guess-{guess}")).Status);
        }

        var without = await program.CallAsync("whoami");
        var right = await program.CallAsync("whoami", key: Right);
        var last = await program.CallAsync("whoami", key: "guess-20");
        var closed = await program.CallAsync("whoami", key: Right);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests), (without.Status, right.Status, last.Status, closed.Status));
        Assert.InRange(closed.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Too_many_sessions_end_the_one_idle_for_longest()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            http: { limits: { sessions: 2 } }
            """);
        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", file);

        var first = await program.InitializeAsync();
        var second = await program.InitializeAsync();
        var third = await program.InitializeAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await program.AskOldAsync(first, "ping")).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.AskOldAsync(second, "ping")).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.AskOldAsync(third, "ping")).Status);
    }

    [Fact]
    public async Task Headers_beyond_the_limit_are_refused_unread()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));

        using var usual = await program.GetAsync("/healthz/live", static headers => headers.Add("X-Long", new string('a', 16 * 1024)));
        using var refused = await program.GetAsync("/healthz/live", static headers => headers.Add("X-Long", new string('a', 40 * 1024)));

        Assert.Equal(HttpStatusCode.OK, usual.StatusCode);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, refused.StatusCode);
    }

    [Fact]
    public async Task A_caller_who_asks_too_often_waits_and_others_do_not()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", Limited(xo, "requestsPerSecond: 1"));
        var (eager, calm) = (await KeyAsync("eager"), await KeyAsync("calm"));
        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", file);

        var replies = new List<McpReply>();
        for (var number = 0; number < 12; number++)
        {
            replies.Add(await program.CallAsync("whoami", key: eager));
        }

        Assert.Equal(HttpStatusCode.OK, replies[0].Status);
        Assert.Contains(replies, static reply => reply.Status == HttpStatusCode.TooManyRequests && reply.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami", key: calm)).Status);
    }

    [Fact]
    public async Task A_caller_with_too_much_open_gets_no_more_and_others_do()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", Limited(xo, "openRequests: 1"));
        var (holding, other) = (await KeyAsync("holding"), await KeyAsync("other"));
        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", file);
        var session = await program.InitializeAsync(holding);
        using var stream = await program.GetAsync("/mcp", headers =>
        {
            headers.Add("Accept", "text/event-stream");
            headers.Add("Mcp-Session-Id", session);
            headers.Add("X-API-Key", holding);
        });
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await program.CallAsync("whoami", key: holding)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami", key: other)).Status);
    }

    private static string Limited(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string limit) => $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
        http: { limits: { {{limit}} } }
        """;

    private async Task<string> KeyAsync(string name)
    {
        var run = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", name, "--role", "viewer");
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}
