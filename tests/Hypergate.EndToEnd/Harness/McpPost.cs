using System.Net;
using System.Text;
using System.Text.Json;

namespace Hypergate.EndToEnd.Harness;

/// <summary>Requests to the program over HTTP as raw as can be, so that nothing of a client library hides what it answers.</summary>
internal static class McpPost
{
    public const string Both = "application/json, text/event-stream";

    extension(ServedProgram program)
    {
        /// <summary>A request of 2026-07-28 with all the headers that it needs; headers given win.</summary>
        public Task<McpReply> AskAsync(string method, string parameters = "{}", string? name = null, string capabilities = "{}", params (string Name, string? Value)[] headers)
        {
            (string, string?)[] usual = [("MCP-Protocol-Version", StdioSession.New), ("Mcp-Method", method), ("Mcp-Name", name)];
            var body = $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{StdioSession.WithMeta(parameters, capabilities)}} }""";
            return program.SendAsync(body, [.. usual.ExceptBy(headers.Select(static header => header.Name), static header => header.Item1), .. headers]);
        }

        public Task<McpReply> CallAsync(string tool, string arguments = "{}", string? key = null, string capabilities = "{}") => program.AskAsync(
            "tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""", tool, capabilities, ("X-API-Key", key));

        /// <summary>A request of the older revisions.</summary>
        public Task<McpReply> AskOldAsync(string? session, string method, string parameters = "{}", string? key = null) => program.SendAsync(
            $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}} }""",
            ("MCP-Protocol-Version", session is null ? null : "2025-11-25"), ("Mcp-Session-Id", session), ("X-API-Key", key));

        /// <summary>Opens a session; gives its id.</summary>
        public async Task<string> InitializeAsync(string? key = null, string capabilities = "{}")
        {
            var reply = await program.AskOldAsync(
                null, "initialize", $$$"""{"protocolVersion":"2025-11-25","capabilities":{{{capabilities}}},"clientInfo":{"name":"e2e","version":"1"}}""", key);
            Assert.Equal(HttpStatusCode.OK, reply.Status);
            var id = Assert.Single(reply.Headers.GetValues("Mcp-Session-Id"));
            await program.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", ("Mcp-Session-Id", id), ("X-API-Key", key));
            return id;
        }

        /// <summary>Posts a body; a header of null is left out.</summary>
        public async Task<McpReply> SendAsync(string body, params (string Name, string? Value)[] headers)
        {
            using var request = Request(program.Address, body, headers);
            using var response = await program.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return new(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        /// <summary>The same, without waiting for the end of the answer.</summary>
        public async Task<HttpResponseMessage> OpenAsync(string body, params (string Name, string? Value)[] headers)
        {
            using var request = Request(program.Address, body, headers);
            return await program.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        }
    }

    private static HttpRequestMessage Request(Uri address, string body, IEnumerable<(string Name, string? Value)> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", Both);
        foreach (var (name, value) in headers.Where(static header => header.Value is not null))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}

/// <summary>An answer, read to its end.</summary>
internal sealed record McpReply(HttpStatusCode Status, System.Net.Http.Headers.HttpResponseHeaders Headers, string Body)
{
    /// <summary>The last message, whether it came as JSON or as an event.</summary>
    public JsonElement Message => JsonElement.Parse(Body.Split('\n').Where(static line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(static line => line["data: ".Length..]).LastOrDefault() ?? Body);
}
