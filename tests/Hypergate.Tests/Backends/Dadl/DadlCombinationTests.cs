using System.Text;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>What only two or three parts of a file together bring about.</summary>
public sealed class DadlCombinationTests
{
    [Theory]
    [InlineData("HEAD", "200", "Content-Length: 12345")]
    [InlineData("GET", "200", "Content-Length: 0")]
    [InlineData("DELETE", "202", "Content-Length: 0")]
    [InlineData("GET", "205", "Content-Length: 0")]
    public async Task An_answer_without_a_body_is_no_file(string method, string status, string length)
    {
        var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Done\r\nContent-Type: application/octet-stream\r\n{length}\r\n\r\n");
        await using var api = await DadlApi.StartAsync($"  tools:\n    look: {{ method: {method}, path: /look, access: read, description: Look }}\n", null, answer);

        Assert.Equal("null", (await api.DoneAsync("look")).Value.GetRawText());
    }

    [Theory]
    [InlineData("json, message_path: $.message", "application/json; charset=iso-8859-1", "{\"message\":\"café\"}")]
    [InlineData("json, message_path: $.message", "application/json", "{\"message\":\"caf?\"}")]
    [InlineData("text", "text/plain; charset=iso-8859-1", "café")]
    [InlineData("xml, message_path: $.error.text", "text/xml; charset=iso-8859-1", "<error><text>café</text></error>")]
    public async Task Messages_of_errors_are_read_in_their_charset(string format, string type, string body)
    {
        var bytes = Encoding.Latin1.GetBytes(body.Replace('?', 'é'));
        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 400 No\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length}\r\n\r\n"), .. bytes];
        await using var api = await DadlApi.StartAsync($"  tools:\n    look: {{ method: GET, path: /look, access: read, description: Look, errors: {{ format: {format} }} }}\n", null, answer);

        Assert.Equal(body.Contains('?', StringComparison.Ordinal) ? "caf" : "café", (await api.ErrorAsync("look")).Message);
    }

    [Theory]
    [InlineData("\"0.99999999999999999999999999999999999\"", null)]
    [InlineData("12345678901234567890123456789.5", null)]
    [InlineData("12.000", "12")]
    [InlineData("\"1.20e1\"", "12")]
    [InlineData("-0.0", "0")]
    [InlineData("1200e-2", "12")]
    [InlineData("\"123456789012345678901234567890123456789012.0\"", "123456789012345678901234567890123456789012")]
    [InlineData("1e40", "10000000000000000000000000000000000000000")]
    public async Task A_number_becomes_an_integer_only_where_no_digit_is_lost(string given, string? sent)
    {
        await using var api = await DadlApi.StartAsync("  tools:\n    put: { method: POST, path: /put, access: read, description: Put, params: { n: { type: integer, in: body } } }\n");

        if (sent is null)
        {
            Assert.Contains("'n' must be integer", await api.RefusalAsync("put", $$"""{"n":{{given}}}"""), StringComparison.Ordinal);
            return;
        }

        Assert.Equal($$"""{"n":{{sent}}}""", (await api.RequestAsync("put", $$"""{"n":{{given}}}""")).Body);
    }

    [Fact]
    public async Task Nulls_in_lists_make_no_parts_of_a_form_with_files()
    {
        await using var api = await DadlApi.StartAsync("  tools:\n    put: { method: POST, path: /put, access: read, description: Put, content_type: multipart/form-data, params: { x: { type: array, in: body } } }\n");

        var body = (await api.RequestAsync("put", """{"x":["a",null,"b"]}""")).Body;

        Assert.Equal(2, body.Split("name=\"x\"").Length - 1);
        Assert.DoesNotContain("null", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_nested_name_is_asked_for_by_the_name_that_callers_know()
    {
        await using var api = await DadlApi.StartAsync("  tools:\n    put: { method: POST, path: /put, access: read, description: Put, content_type: multipart/form-data, nest_body_keys: true, params: { meta.pic: { type: file_url, in: body } } }\n");

        Assert.StartsWith("'meta.pic' must be the handle of a file", await api.RefusalAsync("put", """{"meta.pic":"file:none"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brackets_at_the_end_of_a_nested_name_stand_for_a_list()
    {
        await using var api = await DadlApi.StartAsync("  tools:\n    put: { method: POST, path: /put, access: read, description: Put, content_type: application/x-www-form-urlencoded, nest_body_keys: true, params: { \"a.x[]\": { type: array, in: body } } }\n");

        Assert.Equal("a%5Bx%5D%5B%5D=5&a%5Bx%5D%5B%5D=6", (await api.RequestAsync("put", """{"a.x[]":[5,6]}""")).Body);
    }

    [Theory]
    [InlineData(70)]
    [InlineData(5_000)]
    public async Task An_answer_that_is_nested_too_deep_is_no_text(int levels)
    {
        await using var api = await DadlApi.StartAsync("  tools:\n    look: { method: GET, path: /look, access: read, description: Look }\n", null, DadlApi.Json(new string('[', levels) + new string(']', levels)));

        Assert.Equal("too_large", (await api.ErrorAsync("look")).Code);
    }

    [Fact]
    public async Task A_path_may_hold_what_is_percent_encoded()
    {
        await using var api = await DadlApi.StartAsync("  tools:\n    look: { method: GET, path: \"/group%2Fproject/{id}/a%20b\", access: read, description: Look, params: { id: { type: string, in: path, required: true } } }\n");

        Assert.Equal("/base/group%2Fproject/x%2Fy/a%20b", (await api.RequestAsync("look", """{"id":"x/y"}""")).Target);
    }

    [Fact]
    public async Task The_cookies_of_a_session_are_those_that_its_answers_set_and_end()
    {
        const string Head = """
            spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
            backend:
              name: small
              type: rest
              description: Small
              auth: { type: session, login: { path: /login, body: {} }, refresh: { trigger: status_code_401, action: login } }
              tools:
                look: { method: GET, path: /look, access: read, description: Look }

            """;
        await using var api = await DadlApi.StartFileAsync(Head, null, LoopbackServer.Answering(static (request, number) => request.Target == "/base/login"
            ? DadlApi.Json("{}", 200, "Set-Cookie: sid=s1; Path=/; HttpOnly", "Set-Cookie: csrf=c1", "Set-Cookie: gone=; Max-Age=0", "Set-Cookie: old=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
            : DadlApi.Json("{}", 200, number == 1 ? ["Set-Cookie: sid=s2; Path=/", "Set-Cookie: csrf=; Max-Age=0"] : [])));

        await api.DoneAsync("look");
        await api.DoneAsync("look");
        await api.DoneAsync("look");

        Assert.Equal([null, "sid=s1; csrf=c1", "sid=s2", "sid=s2"], api.Server.Requests.Select(static request => request.Header("Cookie")));
    }

    [Fact]
    public async Task A_composite_that_fails_tells_what_it_had_changed_and_its_errors_name_the_backend()
    {
        const string File = """
              tools:
                put: { method: POST, path: /put, access: write, description: Put }
                look: { method: GET, path: /look, access: read, description: Look }
              composites:
                late: { description: Late, access: write, code: "await api.look({}); await api.put({}); await api.put({}); throw new Error('no')" }
                soon: { description: Soon, access: write, code: "await api.look({}); throw new Error('no')" }
                caught: { description: Caught, access: read, code: "try { await api.look({ x: 1 }) } catch (e) { return [e.code, e.tool, e.backend] }" }
            """;
        await using var api = await DadlApi.StartAsync(File);

        Assert.EndsWith("; what it has changed by then stays: put, put", (await api.ErrorAsync("late")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("stays", (await api.ErrorAsync("soon")).Message, StringComparison.Ordinal);
        Assert.Equal("""["invalid_input","look","api"]""", (await api.DoneAsync("caught")).Value.GetRawText());
    }
}
