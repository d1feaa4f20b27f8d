using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>What a caller gives arrives, and what is missing in an answer is told.</summary>
public sealed class DadlLossTests
{
    [Fact]
    public async Task A_placeholder_that_bears_the_name_of_the_page_is_no_page()
    {
        await using var api = await DadlApi.StartFileAsync(
            Descriptions.Dadl.DadlFiles.Head + """
                  defaults: { pagination: { strategy: page, behavior: auto, request: { page_param: page, limit_default: 2 } } }
                  tools:
                    get_notes: { method: GET, path: "/pages/{page}/notes", access: read, description: Notes, params: { page: { type: string, in: path, required: true } } }

                """,
            null,
            LoopbackServer.Answering(static (_, number) => DadlApi.Json(number == 0 ? "[1,2]" : "[3]")));

        var done = await api.DoneAsync("get_notes", """{"page":"7"}""");

        Assert.Equal("[1,2,3]", done.Value.GetRawText());
        Assert.Equal("/pages/7/notes|/pages/7/notes?page=2", string.Join('|', api.Server.Requests.Select(static request => request.Target["/base".Length..])));
    }

    [Theory]
    [InlineData("strategy: cursor, behavior: auto, response: { next_cursor: $.next }", """{"next":"c","data":[1]}""", "does not say how")]
    [InlineData("strategy: cursor, behavior: auto, request: { cursor_param: after }, response: { next_cursor: $.next }", """{"next":"d","data":{}}""", "page 2 is no list")]
    public async Task A_list_that_breaks_off_says_so(string paging, string second, string words)
    {
        await using var api = await DadlApi.StartFileAsync(
            Descriptions.Dadl.DadlFiles.Head + $"  defaults: {{ pagination: {{ {paging} }} }}\n  tools:\n    list: {{ method: GET, path: /list, access: read, description: List, response: {{ result_path: $.data }} }}\n",
            null,
            LoopbackServer.Answering((_, number) => DadlApi.Json(number == 0 ? """{"next":"c","data":[1]}""" : second)));

        var done = await api.DoneAsync("list");

        Assert.Equal("[1]", done.Value.GetRawText());
        Assert.Contains(done.Warnings, warning => warning.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_parameter_that_is_the_credential_is_not_a_callers()
    {
        const string File = """
            spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
            backend:
              name: small
              type: rest
              description: Small
              auth: { type: apikey, credential: small_token, inject_into: query, query_param: key }
              tools:
                get_it: { method: GET, path: /it, access: read, description: Get, params: { key: { type: string, in: query }, q: { type: string, in: query } } }

            """;
        await using var api = await DadlApi.StartFileAsync(File, null, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Equal(["q"], api.Operations.Single(static operation => operation.Name == "get_it").Parameters.Select(static parameter => parameter.Name));
        Assert.Contains(Descriptions.Dadl.DadlFiles.Faults(File), static fault => fault.StartsWith("D054 ", StringComparison.Ordinal) && fault.EndsWith(".key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_arguments_for_one_field_of_a_body_are_refused()
    {
        await using var api = await DadlApi.StartAsync(
            "  tools:\n    send: { method: POST, path: /send, access: write, description: Send, params: { a: { type: string, in: body }, b: { type: string, in: body } } }\n",
            new DadlWishes { Settings = static settings => settings with { ParameterNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["send.b"] = "a" } } });

        var outcome = await api.CallAsync("send", """{"a":"1","b":"2"}""");

        Assert.Contains("'a'", Assert.IsType<Outcome.Refused>(outcome).Reason, StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests);
    }
}
