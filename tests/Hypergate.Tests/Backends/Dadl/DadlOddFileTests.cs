using System.Text.Json;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Descriptions.Dadl;
using Hypergate.Tools;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Files that no published one resembles and that are valid all the same.</summary>
public sealed class DadlOddFileTests
{
    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8", "a=1&b=x+y")]
    [InlineData("application/json; charset=utf-8", """{"a":1,"b":"x y"}""")]
    [InlineData("text/json", """{"a":1,"b":"x y"}""")]
    public async Task A_type_of_body_may_have_a_charset(string type, string body)
    {
        await using var api = await DadlApi.StartAsync($$"""
              tools:
                send: { method: POST, path: /send, access: write, description: Send, content_type: "{{type}}", params: { a: { type: integer, in: body }, b: { type: string, in: body } } }

            """);

        var request = await api.RequestAsync("send", """{"a":1,"b":"x y"}""");

        Assert.Equal((body, type), (request.Body, request.Header("Content-Type")));
    }

    [Fact]
    public async Task A_placeholder_may_stand_behind_the_question_mark_of_a_path()
    {
        await using var api = await DadlApi.StartAsync("""
              tools:
                find: { method: GET, path: "/things/{id}?kind={kind}&all=1", access: read, description: Find, params: { id: { type: string, in: path, required: true }, kind: { type: string, in: path, required: true } } }

            """);

        Assert.Equal("/base/things/7?kind=a%26b%2F..&all=1", (await api.RequestAsync("find", """{"id":"7","kind":"a&b/.."}""")).Target);
    }

    [Fact]
    public async Task A_placeholder_may_occur_twice()
    {
        await using var api = await DadlApi.StartAsync("""
              tools: { find: { method: GET, path: "/a/{id}/b/{id}/", access: read, description: Find, params: { id: { type: string, in: path, required: true } } } }

            """);

        Assert.Equal("/base/a/x%20y/b/x%20y/", (await api.RequestAsync("find", """{"id":"x y"}""")).Target);
    }

    [Theory]
    [InlineData("utf-8", new byte[] { 0xE2, 0x82, 0xAC }, "€")]
    [InlineData("windows-1252", new byte[] { 0x80 }, "€")]
    [InlineData("\"latin1\"", new byte[] { 0xE9 }, "é")]
    [InlineData("utf-16", new byte[] { 0xAC, 0x20 }, "€")]
    [InlineData("nobody-knows", new byte[] { 0x65 }, "e")]
    public async Task A_text_is_read_in_the_charset_that_it_names(string charset, byte[] body, string text)
    {
        await using var api = await DadlApi.StartAsync(
            "  tools: { look: { method: GET, path: /look, access: read, description: Look } }\n",
            null,
            [.. LoopbackServer.Head(200, $"Content-Type: text/plain; charset={charset}", $"Content-Length: {body.Length}"), .. body]);

        Assert.Equal(text, (await api.DoneAsync("look")).Value.GetString());
    }

    [Theory]
    [InlineData("\"12.0\"", "12")]
    [InlineData("\"1e3\"", "1000")]
    [InlineData("12.0", "12")]
    public async Task A_whole_number_is_one_however_it_is_written(string given, string sent)
    {
        await using var api = await DadlApi.StartAsync("""
              tools: { look: { method: GET, path: /look, access: read, description: Look, params: { n: { type: integer, in: query } } } }

            """);

        Assert.Equal($"/base/look?n={sent}", (await api.RequestAsync("look", $$"""{"n":{{given}}}""")).Target);
    }

    [Theory]
    [InlineData("{ type: array, in: query, default: a }", "?x=a")]
    [InlineData("{ type: array, in: query, default: '[\"a\",\"b\"]' }", "?x=a&x=b")]
    [InlineData("{ type: integer, in: query, default: 2.0 }", "?x=2")]
    [InlineData("{ type: object, in: query, default: '{\"k\":1}' }", "?x%5Bk%5D=1")]
    [InlineData("{ type: integer, in: query, default: many }", "")]
    public async Task A_default_that_does_not_fit_is_converted_where_it_can_be(string parameter, string query)
    {
        await using var api = await DadlApi.StartAsync($$"""
              tools: { look: { method: GET, path: /look, access: read, description: Look, params: { x: {{parameter}} } } }

            """);

        Assert.Equal($"/base/look{query}", (await api.RequestAsync("look")).Target);
    }

    [Theory]
    [InlineData("1", "/list?page=1|/list?page=2|/list?page=3")]
    [InlineData("0", "/list?page=0|/list?page=1|/list?page=2")]
    public async Task A_list_is_followed_from_the_page_that_the_file_calls_the_first(string first, string targets)
    {
        await using var api = await DadlApi.StartFileAsync(
            DadlFiles.Head + $$"""
              tools:
                list:
                  method: GET
                  path: /list
                  access: read
                  description: List
                  pagination: { strategy: page, behavior: auto, request: { page_param: page, limit_default: 1 } }
                  params: { page: { type: integer, in: query, default: {{first}} } }

            """,
            null,
            LoopbackServer.Answering(static (_, number) => DadlApi.Json(number < 2 ? $"[{number}]" : "[]")));

        Assert.Equal("[0,1]", (await api.DoneAsync("list")).Value.GetRawText());
        Assert.Equal(targets, string.Join('|', api.Server.Requests.Select(static request => request.Target["/base".Length..])));
    }

    [Fact]
    public async Task An_empty_answer_is_no_failure_of_a_transform()
    {
        await using var api = await DadlApi.StartAsync(
            "  tools: { remove: { method: DELETE, path: /it, access: write, description: Remove, response: { transform: \".items | map(.id)\" } } }\n", null, LoopbackServer.Reply(204, "", []), DadlApi.Json("{}"));

        Assert.Equal("null", (await api.DoneAsync("remove")).Value.GetRawText());
        Assert.Equal("transform_failed", (await api.ErrorAsync("remove")).Code);
    }

    [Fact]
    public async Task A_stream_is_heard_as_long_as_the_file_says_and_hides_what_it_hides()
    {
        var events = string.Concat(Enumerable.Range(0, 300).Select(static number => $"data: {{\"pin\":{number},\"n\":{number}}}\n\n"));
        await using var api = await DadlApi.StartAsync(
            "  tools: { hear: { method: GET, path: /events, access: read, description: Hear, response: { streaming: true, max_items: 250, redact: [\"$.pin\"] } } }\n",
            null,
            LoopbackServer.Reply(200, events, ["Content-Type: text/event-stream"]));

        var heard = (await api.DoneAsync("hear")).Value;

        Assert.Equal(250, heard.GetArrayLength());
        Assert.Equal("""{"pin":"[REDACTED]","n":249}""", heard[249].GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task What_is_to_be_hidden_is_hidden_in_an_attachment_too()
    {
        await using var api = await DadlApi.StartAsync(
            "  tools: { look: { method: GET, path: /look, access: read, description: Look, response: { redact: [\"$.pin\"] } } }\n",
            null,
            DadlApi.Json("""{"pin":1234}""", 200, "Content-Disposition: attachment; filename=look.json"),
            LoopbackServer.Reply(200, "pin: 1234", ["Content-Type: application/octet-stream"]));

        Assert.Equal("""{"pin":"[REDACTED]"}""", (await api.DoneAsync("look")).Value.GetRawText());
        Assert.Equal("transform_failed", (await api.ErrorAsync("look")).Code);
    }

    [Fact]
    public async Task A_deprecated_tool_runs_and_says_what_to_use_instead()
    {
        await using var api = await DadlApi.StartAsync("""
              tools:
                old: { method: GET, path: /old, access: read, description: Old., deprecated: use v2, replaced_by: both }
                new: { method: GET, path: /new, access: read, description: New }
              composites:
                both: { description: Both, code: "return [await api.old(), await api.new()]" }

            """);

        Assert.Equal("Old. Deprecated: use v2. Use both instead.", api.Find("old").Description);
        Assert.IsType<Outcome.Done>(await api.CallAsync("old"));
        Assert.Equal("[{},{}]", (await api.DoneAsync("both")).Value.GetRawText());
    }

    [Fact]
    public async Task A_composite_that_hands_a_tool_on_is_of_its_class()
    {
        await using var api = await DadlApi.StartAsync("""
              tools: { remove: { method: DELETE, path: "/it/{id}", access: dangerous, description: Remove, params: { id: { type: string, in: path, required: true } } } }
              composites:
                clear: { description: Clear, code: "return await Promise.all(params.all.map(id => ({ id })).map(one => one).map(api.remove))", params: { all: { type: array, required: true } } }
                say: { description: Say, code: "return 'see api.example.com'" }

            """);

        Assert.Equal((Access.Dangerous, Access.Read), (api.Find("clear").Access, api.Find("say").Access));
    }

    [Fact]
    public async Task The_order_of_an_answer_is_the_platforms()
    {
        await using var api = await DadlApi.StartAsync("  tools: { newest: { method: GET, path: /newest, access: read, description: Newest } }\n", null, DadlApi.Json("""[{"id":"9"},{"id":"10"},{"id":"1"}]"""));

        var text = (await api.Gateway.Tools.Current.Single(static tool => tool.Name.EndsWith("newest", StringComparison.Ordinal))
            .Run(new ToolRequest(Caller.LocalUser, JsonElement.Parse("{}"), Conversation.Silent), TestContext.Current.CancellationToken)).Text;

        Assert.True(text.IndexOf("| 9 |", StringComparison.Ordinal) < text.IndexOf("| 10 |", StringComparison.Ordinal) && text.IndexOf("| 10 |", StringComparison.Ordinal) < text.IndexOf("| 1 |", StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task A_tool_says_what_it_returns()
    {
        await using var api = await DadlApi.StartAsync("""
              types:
                Node: { type: object, properties: { name: { type: string }, next: { $ref: "#/backend/types/Node" } } }
                Nodes: { type: array, items: Node }
              tools: { list: { method: GET, path: /list, access: read, description: List, returns: Nodes } }

            """);

        var returns = api.Find("list").Rules!.Returns;

        Assert.Equal("string", returns.GetProperty("items").GetProperty("properties").GetProperty("name").GetProperty("type").GetString());
        Assert.Equal("object", returns.GetProperty("items").GetProperty("properties").GetProperty("next").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("  version: first\n")]
    [InlineData("  coverage: { percentage: 87% }\n  setup: { notes: [[x]] }\n  examples: none\n")]
    [InlineData("  health: { path: /up, expect_path: $..ok }\n")]
    public void What_no_call_needs_does_not_keep_a_file_from_running(string wrong)
    {
        var load = DadlFiles.Parse($"{DadlFiles.Head}{wrong}  tools: {{ look: {{ method: GET, path: /look, access: read, description: Look }} }}\n");

        Assert.False(load.IsRefused);
        Assert.Null(load.Document!.Health);
        Assert.Contains(load.Problems, static problem => DadlRules.SeverityOf(problem, DadlProfile.Format) == DadlSeverity.Error);
    }
}
