using System.Text;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Host.Bridge;

public sealed class RelayTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";
    private const string Agreed = """{"jsonrpc":"2.0","id":"i","result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"s","version":"1"}}}""";

    [Fact]
    public async Task A_session_and_its_revision_go_along_with_every_later_message()
    {
        await using var server = LoopbackServer.Answering(static (request, _) => Of(request) switch
        {
            "initialize" => Json(Agreed, "Mcp-Session-Id: s1"),
            "tools/list" => Json("""{"jsonrpc":"2.0","id":7,"result":{"tools":[]}}"""),
            _ => LoopbackServer.Reply(202, ""),
        });
        await using var client = new BridgedClient(server.Address, TimeProvider.System, null, new KeyValuePair<string, string>("Authorization", "Bearer k"));

        await client.SendAsync(Initialize);
        var agreed = await client.NextAsync();
        await client.SendAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/list"}""");
        var listed = await client.NextAsync();

        Assert.Equal("i", agreed.GetProperty("id").GetString());
        Assert.Equal(7, listed.GetProperty("id").GetInt32());
        Assert.Null(server.Requests.First().Header("Mcp-Session-Id"));
        Assert.Equal(("s1", "2025-11-25"), (server.Requests.Last().Header("Mcp-Session-Id"), server.Requests.Last().Header("MCP-Protocol-Version")));
        Assert.All(server.Requests, static request => Assert.Equal("Bearer k", request.Header("Authorization")));
    }

    [Fact]
    public async Task A_lost_session_is_opened_again_and_the_request_repeated_there()
    {
        await using var server = LoopbackServer.Answering(static (request, n) => (Of(request), request.Header("Mcp-Session-Id")) switch
        {
            ("initialize", _) when n == 0 => Json(Agreed, "Mcp-Session-Id: old"),
            ("initialize", _) => Json(Agreed.Replace("\"i\"", "\"hypergate-bridge-initialize\"", StringComparison.Ordinal), "Mcp-Session-Id: new"),
            (_, "old") => LoopbackServer.Reply(404, """{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"gone"}}""", "Content-Type: application/json"),
            ("tools/call", _) => Json("""{"jsonrpc":"2.0","id":1,"result":{"content":[]}}"""),
            _ => LoopbackServer.Reply(202, ""),
        });
        await using var client = new BridgedClient(server.Address, TimeProvider.System);
        await client.SendAsync(Initialize);
        await client.NextAsync();

        await client.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}""");
        var first = await client.NextAsync();
        var second = await client.NextAsync();

        Assert.Equal("notifications/tools/list_changed", first.GetProperty("method").GetString());
        Assert.True(second.TryGetProperty("result", out _), second.GetRawText());
        Assert.Equal(["initialize", "tools/call", "initialize", "notifications/initialized", "tools/call"], server.Requests.Select(Of).Take(5));
        Assert.Contains("The session was lost", client.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_says_on_the_way_comes_before_the_answer_and_the_client_can_reply()
    {
        await using var server = LoopbackServer.Answering(static (request, _) => Of(request) switch
        {
            "tools/call" => Events(
                """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}""",
                """{"jsonrpc":"2.0","id":"q1","method":"elicitation/create","params":{"message":"sure?"}}""",
                "{\n  \"jsonrpc\": \"2.0\",\n  \"id\": 5, \"result\": {} }"),
            _ => LoopbackServer.Reply(202, ""),
        });
        await using var client = new BridgedClient(server.Address, TimeProvider.System);

        await client.SendAsync("""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"a"}}""");
        var progress = await client.NextAsync();
        var question = await client.NextAsync();
        var answer = await client.NextAsync();
        await client.SendAsync("""{"jsonrpc":"2.0","id":"q1","result":{"action":"accept"}}""");
        await client.EndAsync();

        Assert.Equal("notifications/progress", progress.GetProperty("method").GetString());
        Assert.Equal("q1", question.GetProperty("id").GetString());
        Assert.Equal(5, answer.GetProperty("id").GetInt32());
        Assert.Contains(server.Requests, static request => request.Body.Contains("\"accept\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_without_session_says_in_headers_what_its_body_says()
    {
        await using var server = LoopbackServer.Answering(static (request, _) => Of(request) switch
        {
            "tools/list" => Json("""{"jsonrpc":"2.0","id":"hypergate-bridge-tools-0","result":{"tools":[{"name":"größe","inputSchema":{"type":"object","properties":{"backend":{"type":"string","x-mcp-header":"Backend"}}}}]}}"""),
            _ => Json("""{"jsonrpc":"2.0","id":3,"result":{}}"""),
        });
        await using var client = new BridgedClient(server.Address, TimeProvider.System);

        await client.SendAsync("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"größe","arguments":{"backend":"xo"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""");
        await client.NextAsync();

        var call = server.Requests.Last();
        Assert.Equal("tools/call", call.Header("Mcp-Method"));
        Assert.Equal($"=?base64?{Convert.ToBase64String(Encoding.UTF8.GetBytes("größe"))}?=", call.Header("Mcp-Name"));
        Assert.Equal("xo", call.Header("Mcp-Param-Backend"));
        Assert.Equal("2026-07-28", call.Header("MCP-Protocol-Version"));
        Assert.Null(call.Header("Mcp-Session-Id"));
    }

    [Fact]
    public async Task A_gateway_that_is_not_ready_is_asked_again()
    {
        await using var server = LoopbackServer.Answering(static (_, n) => n < 3 ? LoopbackServer.Reply(503, "") : Json("""{"jsonrpc":"2.0","id":1,"result":{}}"""));
        await using var client = new BridgedClient(server.Address, new HastyTime(TimeSpan.FromSeconds(10)), TimeSpan.FromMinutes(5));

        await client.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");

        Assert.True((await client.NextAsync()).TryGetProperty("result", out _));
        Assert.Equal(4, server.Requests.Count);
        Assert.Contains("answers again", client.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_away_for_longer_than_there_is_patience_says_until_when()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Reply(503, "", "Retry-After: 100"));
        await using var client = new BridgedClient(server.Address, TimeProvider.System);

        await client.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");

        Assert.EndsWith("Ask again in 100 seconds.", (await client.NextAsync()).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_has_nothing_to_tell_beside_its_answers_is_no_trouble()
    {
        var listened = new TaskCompletionSource();
        await using var server = LoopbackServer.Answering((request, _) => Of(request) switch
        {
            "initialize" => Json(Agreed, "Mcp-Session-Id: s1"),
            "GET" when listened.TrySetResult() => LoopbackServer.Reply(405, ""),
            "ping" => Json("""{"jsonrpc":"2.0","id":2,"result":{}}"""),
            _ => LoopbackServer.Reply(202, ""),
        });
        await using var client = new BridgedClient(server.Address, TimeProvider.System);

        await client.SendAsync(Initialize);
        await client.NextAsync();
        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await listened.Task.WaitAsync(TestContext.Current.CancellationToken);
        await client.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        await client.NextAsync();
        await client.EndAsync();

        Assert.Equal("", client.Errors);
    }

    [Fact]
    public async Task A_byte_order_mark_before_the_first_line_is_no_part_of_it()
    {
        await using var server = LoopbackServer.Answering(Json("""{"jsonrpc":"2.0","id":1,"result":{}}"""));
        await using var client = new BridgedClient(server.Address, TimeProvider.System);

        await client.SendAsync("\uFEFF" + """{"jsonrpc":"2.0","id":1,"method":"ping"}""");

        Assert.True((await client.NextAsync()).TryGetProperty("result", out _));
    }

    [Fact]
    public async Task A_call_whose_answer_breaks_off_is_not_repeated()
    {
        await using var server = LoopbackServer.Dropping();
        await using var client = new BridgedClient(server.Address, TimeProvider.System);

        await client.SendAsync("""{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"a"}}""");
        var answer = await client.NextAsync();

        Assert.Equal("x", answer.GetProperty("id").GetString());
        Assert.Contains("not known whether", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_error_of_the_server_keeps_its_code_and_gets_the_id_of_the_request()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Reply(400, """{"jsonrpc":"2.0","id":null,"error":{"code":-32022,"message":"no","data":{"supported":["2025-11-25"]}}}""", "Content-Type: application/json"));
        await using var client = new BridgedClient(server.Address, TimeProvider.System);

        await client.SendAsync("""{"jsonrpc":"2.0","id":9,"method":"server/discover","params":{}}""");
        var answer = await client.NextAsync();

        Assert.Equal(9, answer.GetProperty("id").GetInt32());
        Assert.Equal(-32022, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.True(answer.GetProperty("error").TryGetProperty("data", out _));
    }

    [Fact]
    public async Task Cancelling_a_request_without_session_closes_its_connection()
    {
        await using var server = LoopbackServer.Answering(static (request, _) => Of(request) == "tools/list" ? Json("""{"jsonrpc":"2.0","id":"hypergate-bridge-tools-0","result":{"tools":[{"name":"a","inputSchema":{"type":"object"}}]}}""") : null, LoopbackServer.Head(200, "Content-Type: text/event-stream"));
        await using var client = new BridgedClient(server.Address, TimeProvider.System);
        await client.SendAsync("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"a","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""");

        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":4}}""");
        await client.SendAsync("""{"jsonrpc":"2.0","id":4""");

        Assert.Equal(-32700, (await client.NextAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await client.EndAsync();
    }

    [Theory]
    [InlineData("not json", -32700)]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", -32600)]
    [InlineData("{\"a\":", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\\ud83d\"}", -32700)]
    public async Task A_line_that_is_no_message_is_answered_as_such_and_nothing_is_sent(string line, int code)
    {
        await using var server = LoopbackServer.Dropping();
        await using var client = new BridgedClient(server.Address, TimeProvider.System);

        await client.SendAsync(line);

        Assert.Equal(code, (await client.NextAsync()).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Empty(server.Requests);
    }

    private static string Of(RawRequest request) =>
        request.Method == "POST" && System.Text.Json.JsonElement.Parse(request.Body).TryGetProperty("method", out var method) ? method.GetString()! : request.Method;

    private static byte[] Json(string body, params string[] headers) => LoopbackServer.Reply(200, body, ["Content-Type: application/json", .. headers]);

    private static byte[] Events(params string[] messages) => LoopbackServer.Reply(
        200, string.Concat(messages.Select(static message => $": kept\n\n{string.Concat(message.Split('\n').Select(static line => $"data: {line}\n"))}\n")), "Content-Type: text/event-stream");
}
