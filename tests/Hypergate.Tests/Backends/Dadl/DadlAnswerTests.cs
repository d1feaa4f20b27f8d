using System.Text.Json;
using Hypergate.Host.Mcp.Http;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>What becomes of answers, good and bad.</summary>
public sealed class DadlAnswerTests
{
    private static string Tool(string more, string method = "GET") => $$"""
          tools:
            look:
              method: {{method}}
              path: /look
              access: {{(method == "GET" ? "read" : "write")}}
              description: Look (Thing 6.5+)
              {{more}}
        """;

    [Theory]
    [InlineData("response: { result_path: $.data }", """{"data":[1.10,12345678901234567890]}""", "[1.10,12345678901234567890]")]
    [InlineData("response: { result_path: \"$.invoice-item[0]['x y'][-1]\" }", """{"invoice-item":[{"x y":[1,2]}]}""", "2")]
    [InlineData("response: { result_path: \"$.rows[*].id\" }", """{"rows":[{"id":1},{},{"id":3}]}""", "[1,3]")]
    [InlineData("response: { result_path: $.none }", """{"data":1}""", """{"data":1}""")]
    [InlineData("response: { result_path: $.data }", """{"data":null}""", "null")]
    [InlineData("response: { redact: [\"$.card[*].number\", $.secret] }", """{"card":[{"number":1,"x":2}],"secret":{"a":1}}""", """{"card":[{"number":"[REDACTED]","x":2}],"secret":"[REDACTED]"}""")]
    [InlineData("response: { max_items: 2 }", "[1,2,3]", "[1,2]")]
    [InlineData("response: { max_items: 2 }", """{"n":3,"rows":[1,2,3]}""", """{"n":3,"rows":[1,2]}""")]
    [InlineData("", "", "null")]
    public async Task A_success_becomes_the_value_that_the_file_tells_of(string rules, string body, string value)
    {
        await using var api = await DadlApi.StartAsync(Tool(rules), null, DadlApi.Json(body));

        Assert.Equal(value, (await api.DoneAsync("look")).Value.GetRawText());
    }

    [Fact]
    public async Task What_was_cut_or_not_found_is_told_beside_the_value()
    {
        await using var api = await DadlApi.StartAsync(Tool("response: { result_path: $.none, max_items: 2 }"), null, DadlApi.Json("[1,2,3]"));

        Assert.Equal(["result_path $.none not found; this is the whole answer", "2 of 3 shown; narrow the question, or page"], (await api.DoneAsync("look")).Warnings);
    }

    [Fact]
    public async Task An_answer_in_which_nobody_knows_where_to_hide_is_not_shown()
    {
        await using var api = await DadlApi.StartAsync(Tool("response: { result_path: $.data, redact: [$.pin] }"), null, DadlApi.Json("""{"data":{"pin":1,"a":2}}"""), DadlApi.Json("""{"datum":{"pin":1}}"""));

        Assert.Equal("""{"pin":"[REDACTED]","a":2}""", (await api.DoneAsync("look")).Value.GetRawText());
        var other = await api.DoneAsync("look");
        Assert.Equal("null", other.Value.GetRawText());
        Assert.Equal(["result_path $.data not found; the answer is not shown, because the paths of what must be hidden begin there"], other.Warnings);
    }

    [Theory]
    [InlineData("text/plain", "hello", "\"hello\"")]
    [InlineData("text/csv", "a,b\n1,2", "\"a,b\\n1,2\"")]
    [InlineData("application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n", "[{\"a\":1},{\"a\":2}]")]
    [InlineData("application/x-ndjson", "\n{\"a\":1}\n\n\r\n{\"a\":2}\n\n", "[{\"a\":1},{\"a\":2}]")]
    public async Task Other_bodies_are_read_by_their_type(string type, string body, string value)
    {
        await using var api = await DadlApi.StartAsync(Tool(""), null, LoopbackServer.Reply(200, body, $"Content-Type: {type}"));

        Assert.Equal(value, (await api.DoneAsync("look")).Value.GetRawText());
    }

    [Fact]
    public async Task A_web_page_is_no_answer()
    {
        await using var api = await DadlApi.StartAsync(Tool(""), null, LoopbackServer.Reply(200, "<!doctype html><p>Login", "Content-Type: text/html"));

        Assert.Equal("unexpected_content", (await api.ErrorAsync("look")).Code);
    }

    [Theory]
    [InlineData("errors: { message_path: $.why, code_path: $.no }", 409, """{"why":"taken","no":17}""", "conflict", "taken", "17")]
    [InlineData("errors: { message_path: $.why }", 400, """{"error":{"message":"wrong size"}}""", "invalid_input", "wrong size", null)]
    [InlineData("", 503, "<html>down", "unavailable", "HTTP 503 Status", null)]
    [InlineData("errors: { format: text, message_path: $ }", 418, "no coffee", "client_error", "no coffee", null)]
    [InlineData("errors: { format: xml, message_path: $.Error.Message }", 500, "<Error><Code>7</Code><Message>broken</Message></Error>", "internal", "broken", null)]
    [InlineData("errors: { map: { 423: locked } }", 423, """{"message":"is locked"}""", "locked", "is locked", null)]
    [InlineData("", 404, "{}", "not_found", "HTTP 404 Status. look needs Thing 6.5 or later", null)]
    [InlineData("", 401, """{"message":"who?"}""", "unauthorized", "who?. Check credential small_token of backend api", null)]
    public async Task A_failure_is_told_in_parts(string rules, int status, string body, string code, string message, string? provider)
    {
        await using var api = await DadlApi.StartAsync(Tool(rules), null, LoopbackServer.Reply(status, body, "Content-Type: application/json"));

        var error = await api.ErrorAsync("look");

        Assert.Equal((code, message, provider, status), (error.Code, error.Message, error.ProviderCode, error.HttpStatus!.Value));
    }

    [Fact]
    public async Task A_file_goes_to_disk_and_only_its_own_caller_finds_it()
    {
        await using var api = await DadlApi.StartAsync(Tool("response: { binary: true, content_type: application/zip, ttl: 2h }"), null, LoopbackServer.Reply(200, "PK..", "Content-Disposition: attachment; filename=\"a/../b.zip\""));

        var file = (await api.DoneAsync("look")).Value;

        Assert.Equal(("b.zip", "application/zip", 4), (file.GetProperty("name").GetString(), file.GetProperty("content_type").GetString(), file.GetProperty("size").GetInt32()));
        Assert.StartsWith("file:", file.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Equal("b71c2a4e2bd3c4e4b0f3ac6a3ee7fa4c".Length * 2, file.GetProperty("sha256").GetString()!.Length);
        Assert.Equal("PK..", await File.ReadAllTextAsync(new Uri(file.GetProperty("url").GetString()!).LocalPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_caller_from_elsewhere_gets_the_bytes_from_the_gateway()
    {
        await using var api = await DadlApi.StartAsync(Tool("response: { binary: true }"), null, LoopbackServer.Reply(200, "PK..", "Content-Disposition: attachment; filename=\"b.zip\""));
        var caller = new Caller("key:anna", ["admin"]);
        var done = Assert.IsType<Outcome.Done>(await api.Gateway.Parts.Pipeline.RunAsync(
            new Call { Backend = "api", Operation = api.Find("look"), Caller = caller, Arguments = JsonElement.Parse("{}") }, TestContext.Current.CancellationToken));
        var url = done.Value.GetProperty("url").GetString()!;

        Assert.Equal((200, "PK..", "attachment; filename=b.zip; filename*=UTF-8''b.zip"), await GetAsync(api, caller, url));
        Assert.Equal(404, (await GetAsync(api, new Caller("key:bob", ["admin"]), url)).Status);
        Assert.Equal(404, (await GetAsync(api, caller, $"{url}0")).Status);
    }

    [Fact]
    public async Task A_file_that_is_larger_than_the_settings_allow_fails_the_call()
    {
        var folder = Directory.CreateTempSubdirectory("hypergate-shelf-");
        var shelf = new Hypergate.Backends.Files.FileShelf(folder.FullName, TimeProvider.System);
        using var content = new MemoryStream(new byte[3000]);

        var fault = await Assert.ThrowsAsync<IOException>(() => shelf.TakeAsync(content, new("x", "y", "z", TimeSpan.FromHours(1)) { Largest = 2048 }, TestContext.Current.CancellationToken));

        Assert.Equal("The file is larger than 2048 bytes.", fault.Message);
        Assert.Empty(folder.EnumerateFiles());
        folder.Delete();
    }

    private static async Task<(int Status, string Body, string? Name)> GetAsync(DadlApi api, Caller caller, string url)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path) = ("GET", url);
        http.Response.Body = body;
        await new FilesEndpoint(() => api.Gateway.Parts.Files).HandleAsync(http, caller);
        return (http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()), http.Response.Headers.ContentDisposition);
    }

    [Fact]
    public async Task A_stream_of_events_is_listened_to_until_it_ends()
    {
        await using var api = await DadlApi.StartAsync(Tool(""), null, LoopbackServer.Reply(200, "event: add\nid: 1\ndata: {\"a\":1}\n\n: ping\n\ndata: x\ndata: y\n\n", "Content-Type: text/event-stream"));

        Assert.Equal("""[{"event":"add","data":{"a":1},"id":"1"},{"event":"message","data":"x\ny","id":"1"}]""", (await api.DoneAsync("look")).Value.GetRawText());
    }

    [Theory]
    [InlineData("GET", 3)]
    [InlineData("PUT", 3)]
    [InlineData("POST", 1)]
    [InlineData("PATCH", 1)]
    public async Task Only_what_may_be_repeated_is_tried_again(string method, int attempts)
    {
        var time = new HastyTime(TimeSpan.FromSeconds(25));
        await using var api = await DadlApi.StartAsync(
            Tool("errors: { retry_on: [503], retry_strategy: { max_retries: 2, initial_delay: 2s, backoff: linear } }", method), new DadlWishes { Time = time }, DadlApi.Json("{}", 503));

        Assert.Equal(attempts, (await api.ErrorAsync("look")).Attempts);
        Assert.Equal(attempts, api.Server.Requests.Count);
    }

    [Fact]
    public async Task A_key_makes_a_write_repeatable_and_stays_the_same()
    {
        var time = new HastyTime(TimeSpan.FromSeconds(25));
        await using var api = await DadlApi.StartAsync(
            Tool("errors: { retry_on: [503] }\n      idempotency: { header: Idempotency-Key }", "POST"), new DadlWishes { Time = time }, DadlApi.Json("{}", 503), DadlApi.Json("{}"));

        await api.DoneAsync("look");

        Assert.Equal(2, api.Server.Requests.Count);
        Assert.Single(api.Server.Requests.Select(static request => request.Header("Idempotency-Key")).Distinct());
        Assert.Equal(36, api.Server.Requests.First().Header("Idempotency-Key")!.Length);
    }

    [Fact]
    public async Task A_status_in_neither_list_is_final_and_202_may_mean_not_yet()
    {
        var time = new HastyTime(TimeSpan.FromSeconds(25));
        await using var plain = await DadlApi.StartAsync(Tool("errors: { retry_on: [429] }"), new DadlWishes { Time = time }, DadlApi.Json("{}", 500));
        await using var later = await DadlApi.StartAsync(
            Tool("errors: { retry_on: [202], retry_strategy: { max_retries: 5, initial_delay: 2s, backoff: fixed } }"), new DadlWishes { Time = time }, DadlApi.Json("{}", 202), DadlApi.Json("[1]"));

        Assert.Equal(1, (await plain.ErrorAsync("look")).Attempts);
        Assert.Equal("[1]", (await later.DoneAsync("look")).Value.GetRawText());
        Assert.Equal(2, later.Server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_asks_for_more_time_gets_it()
    {
        var time = new HastyTime(TimeSpan.FromSeconds(25));
        await using var api = await DadlApi.StartAsync(Tool("errors: { retry_on: [429] }"), new DadlWishes { Time = time }, DadlApi.Json("{}", 429, "Retry-After: 20"), DadlApi.Json("{}"));

        await api.DoneAsync("look");

        Assert.Contains(TimeSpan.FromSeconds(20), time.Waits);
    }

    [Fact]
    public async Task A_wait_beyond_the_call_is_told_and_not_made()
    {
        await using var api = await DadlApi.StartAsync(Tool("errors: { retry_on: [429] }"), null, DadlApi.Json("{}", 429, "Retry-After: 4000"));

        var error = await api.ErrorAsync("look");

        Assert.Equal(("rate_limited", TimeSpan.FromSeconds(4000)), (error.Code, error.RetryAfter));
        Assert.Single(api.Server.Requests);
    }
}
