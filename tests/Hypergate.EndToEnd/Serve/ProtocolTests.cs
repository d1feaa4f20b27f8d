using System.Net;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hypergate.EndToEnd.Serve;

/// <summary>What clients of every revision get over HTTP.</summary>
public sealed class ProtocolTests : IDisposable
{
    private const string Watch = """{"notifications":{"toolsListChanged":true}}""";
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_client_library_lists_and_calls(string revision)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = program.Address, TransportMode = HttpTransportMode.StreamableHttp }),
            new McpClientOptions { ProtocolVersion = revision },
            cancellationToken: TestContext.Current.CancellationToken);

        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var rows = await client.CallToolAsync("vms_query", new Dictionary<string, object?> { ["operation"] = "GetVms", ["limit"] = 3 }, cancellationToken: TestContext.Current.CancellationToken);
        var resources = await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken);
        var backend = await client.ReadResourceAsync("hypergate://backends/xo", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(tools, static tool => tool.Name == "whoami");
        Assert.Equal(3, rows.StructuredContent!.Value.GetProperty("rows").GetArrayLength());
        Assert.Contains(resources, static resource => resource.Uri == "hypergate://backends/xo");
        Assert.Contains("\"health\":\"ready\"", Assert.IsType<TextResourceContents>(Assert.Single(backend.Contents)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_takes_arguments_and_names_of_backends_are_completed()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));

        var prompt = await program.AskAsync("prompts/get", """{"name":"examine-object","arguments":{"name":"db-1"}}""", "examine-object");
        var missing = await program.AskAsync("prompts/get", """{"name":"examine-object","arguments":{}}""", "examine-object");
        var completion = await program.AskAsync("completion/complete", """{"ref":{"type":"ref/resource","uri":"hypergate://backends/{backend}"},"argument":{"name":"backend","value":"x"}}""");
        var unknown = await program.AskAsync("completion/complete", """{"ref":{"type":"ref/prompt","name":"none"},"argument":{"name":"backend","value":""}}""");
        var operations = await program.AskAsync(
            "completion/complete", """{"ref":{"type":"ref/resource","uri":"hypergate://backends/{backend}/operations/{operation}"},"argument":{"name":"operation","value":"getvm"},"context":{"arguments":{"backend":"xo"}}}""");

        Assert.Contains("Find \"db-1\" on every backend", prompt.Message.GetProperty("result").GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(-32602, missing.Message.ErrorCode);
        Assert.Equal("xo", completion.Message.GetProperty("result").GetProperty("completion").GetProperty("values")[0].GetString());
        Assert.Equal(-32602, unknown.Message.ErrorCode);
        Assert.Contains("GetVms", operations.Message.GetProperty("result").GetProperty("completion").GetProperty("values").EnumerateArray().Select(static value => value.GetString()));
    }

    [Theory]
    [InlineData("hypergate://backends/none")]
    [InlineData("hypergate://backends/xo/operations/../../x")]
    [InlineData("hypergate://backends/%2e%2e/operations")]
    [InlineData("file:///etc/passwd")]
    public async Task A_resource_that_is_not_there_is_told_with_its_address(string address)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));

        var reply = await program.AskAsync("resources/read", $$"""{"uri":"{{address}}"}""", address);

        Assert.Equal(-32602, reply.Message.ErrorCode);
        Assert.Equal(address, reply.Message.GetProperty("error").GetProperty("data").GetProperty("uri").GetString());
    }

    [Theory]
    [InlineData("Mcp-Method", "tools/list", -32020)]
    [InlineData("Mcp-Method", null, -32020)]
    [InlineData("Mcp-Name", "vms_query", -32020)]
    [InlineData("Mcp-Name", null, -32020)]
    [InlineData("MCP-Protocol-Version", "2025-11-25", null)]
    [InlineData("MCP-Protocol-Version", null, -32020)]
    public async Task Headers_that_say_something_else_than_the_body_are_refused(string header, string? value, int? code)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));

        var reply = await program.AskAsync("tools/call", """{"name":"whoami","arguments":{}}""", "whoami", "{}", (header, value));

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(code ?? -32000, reply.Message.ErrorCode);
        Assert.Equal(7, reply.Message.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_session_belongs_to_its_client_until_it_ends()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        var session = await program.InitializeAsync();

        Assert.False((await program.AskOldAsync(session, "tools/call", """{"name":"whoami","arguments":{}}""")).Message.IsToolError);
        using var first = await program.GetAsync("/mcp", headers => Listen(headers, session));
        using var second = await program.GetAsync("/mcp", headers => Listen(headers, session));
        using var end = new HttpRequestMessage(HttpMethod.Delete, program.Address);
        end.Headers.Add("Mcp-Session-Id", session);
        using var ended = await program.Http.SendAsync(end, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.AskOldAsync(session, "tools/list")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await program.AskOldAsync(null, "tools/list")).Status);
        Assert.Equal("", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_that_comes_back_can_listen_again()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        var session = await program.InitializeAsync();

        (await program.GetAsync("/mcp", headers => Listen(headers, session))).Dispose();

        await Until.TrueAsync(async () =>
        {
            using var again = await program.GetAsync("/mcp", headers => Listen(headers, session));
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Consent_is_asked_in_several_round_trips_and_used_once()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, [.. Xo.Acting(xo), ("HYPERGATE_API_KEY", "a-key-that-is-long-enough-for-this"), ("HYPERGATE_API_KEY_ROLE", "admin")]);
        const string Key = "a-key-that-is-long-enough-for-this";
        var vms = await program.CallAsync("vms_query", """{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":1,"format":"csv"}""", Key);
        var vm = vms.Message.Data.GetProperty("rows")[0].GetProperty("id").GetString();
        var arguments = $$"""{"operation":"StartVm","id":"{{vm}}"}""";
        const string Asking = """{"elicitation":{"form":{}}}""";

        var question = (await program.CallAsync("vms_action", arguments, Key, Asking)).Message.GetProperty("result");
        var state = question.GetProperty("requestState").GetString();
        Task<McpReply> Answer(string seal) => program.AskAsync(
            "tools/call",
            $$$"""{"name":"vms_action","arguments":{{{arguments}}},"requestState":{{{JsonSerializer.Serialize(seal)}}},"inputResponses":{"confirm":{"action":"accept","content":{"confirm":true} } } }""",
            "vms_action", Asking, ("X-API-Key", Key));
        var forged = await Answer(state![..^1] + (state[^1] == 'a' ? 'b' : 'a'));
        var writesBefore = Writes(xo);
        var done = await Answer(state);
        var again = await Answer(state);

        Assert.Equal("input_required", question.GetProperty("resultType").GetString());
        Assert.True(forged.Message.IsToolError);
        Assert.Equal(0, writesBefore);
        Assert.False(done.Message.IsToolError, done.Body);
        Assert.True(again.Message.IsToolError);
        Assert.Equal(1, Writes(xo));
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_its_call()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        using var leave = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, program.Address)
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{{StdioSession.WithMeta(Watch)}} }""",
                System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Accept", McpPost.Both);
        request.Headers.Add("MCP-Protocol-Version", StdioSession.New);
        request.Headers.Add("Mcp-Method", "subscriptions/listen");
        using (var response = await program.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await Until.TrueAsync(() => OpenAsync(program, 2));
        }

        await Until.TrueAsync(() => OpenAsync(program, 1));
    }

    // The request for the metrics is one of them.
    private static async Task<bool> OpenAsync(ServedProgram program, int count) =>
        (await program.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).Contains($"hypergate_open_requests {count}\n", StringComparison.Ordinal);

    private static int Writes(Hypergate.Simulator.XenOrchestra.XoSimulator xo) => xo.Requests.All.Count(static request => request.Method != "GET");

    private static void Listen(System.Net.Http.Headers.HttpRequestHeaders headers, string session)
    {
        headers.Add("Accept", "text/event-stream");
        headers.Add("Mcp-Session-Id", session);
    }
}
