using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>What is wrong with a request is told by the status and the code that the protocol has for it.</summary>
public sealed class RefusalTests(RefusalTests.World world) : IClassFixture<RefusalTests.World>
{
    [Theory]
    [InlineData("1999-01-01")]
    [InlineData("2099-01-01")]
    [InlineData("x")]
    public async Task A_revision_that_nobody_knows_is_refused_with_those_that_are_spoken(string revision)
    {
        var reply = await world.Program.SendAsync(
            $$"""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{{StdioSession.WithMeta("{}").Replace(StdioSession.New, revision, StringComparison.Ordinal)}} }""",
            ("MCP-Protocol-Version", revision), ("Mcp-Method", "tools/list"));

        AssertUnsupported(reply, revision, StdioSession.New);
        Assert.Equal(7, reply.Message.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_session_takes_any_revision_that_has_sessions()
    {
        var session = await world.Program.InitializeAsync();

        var unknown = await AskAsync(session, "1999-01-01");
        var other = await AskAsync(session, StdioSession.Old);

        AssertUnsupported(unknown, "1999-01-01", "2025-11-25");
        Assert.Equal(HttpStatusCode.OK, other.Status);
        var method = await world.Program.AskOldAsync(session, "no/such/method");
        Assert.Equal((HttpStatusCode.OK, -32601), (method.Status, method.Message.ErrorCode));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(session, "2025-11-25")).Status);
    }

    [Fact]
    public async Task A_handshake_for_the_revision_without_one_is_refused_and_opens_no_session()
    {
        var reply = await world.Program.AskOldAsync(null, "initialize", """{"protocolVersion":"2026-07-28","capabilities":{},"clientInfo":{"name":"e2e","version":"1"}}""");

        Assert.Equal((HttpStatusCode.BadRequest, -32022), (reply.Status, reply.Message.ErrorCode));
        Assert.False(reply.Headers.Contains("Mcp-Session-Id"));
    }

    [Theory]
    [InlineData("tools/call", """{"name":"whoami","arguments":[1]}""", "whoami")]
    [InlineData("tools/call", """{"arguments":{}}""", null)]
    [InlineData("tools/call", """{"name":7,"arguments":{}}""", null)]
    [InlineData("tools/call", """{"name":"whoami","arguments":{},"requestState":7}""", "whoami")]
    [InlineData("tools/call", """{"name":"whoami","arguments":{},"inputResponses":[]}""", "whoami")]
    [InlineData("prompts/get", """{"name":"examine-object","arguments":7}""", "examine-object")]
    [InlineData("resources/read", """{"uri":7}""", null)]
    [InlineData("completion/complete", """{"ref":7}""", null)]
    [InlineData("subscriptions/listen", "{}", null)]
    public async Task Parameters_of_another_form_are_the_clients_mistake(string method, string parameters, string? name)
    {
        var reply = await world.Program.AskAsync(method, parameters, name);

        Assert.Equal(-32602, reply.Message.ErrorCode);
        Assert.Contains(method, reply.Message.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("prompts/list")]
    [InlineData("resources/list")]
    [InlineData("resources/templates/list")]
    public async Task A_cursor_that_no_list_gave_is_refused(string method)
    {
        Assert.Equal(-32602, (await world.Program.AskAsync(method, """{"cursor":"made-up"}""")).Message.ErrorCode);
        Assert.True((await world.Program.AskAsync(method)).Message.TryGetProperty("result", out _));
    }

    private static void AssertUnsupported(McpReply reply, string requested, string supported)
    {
        Assert.Equal((HttpStatusCode.BadRequest, -32022), (reply.Status, reply.Message.ErrorCode));
        var data = reply.Message.GetProperty("error").GetProperty("data");
        Assert.Equal(requested, data.GetProperty("requested").GetString());
        Assert.Contains(supported, data.GetProperty("supported").EnumerateArray().Select(static version => version.GetString()));
    }

    private Task<McpReply> AskAsync(string session, string revision) => world.Program.SendAsync(
        """{"jsonrpc":"2.0","id":7,"method":"ping"}""", ("MCP-Protocol-Version", revision), ("Mcp-Session-Id", session));

    /// <summary>One gateway for all cases.</summary>
    public sealed class World : IAsyncLifetime
    {
        private readonly ProgramFolder _folder = new();
        private Hypergate.Simulator.XenOrchestra.XoSimulator? _xo;
        private ServedProgram? _program;

        internal ServedProgram Program => _program!;

        public async ValueTask InitializeAsync()
        {
            _xo = await Xo.StartAsync();
            _program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(_xo));
        }

        public async ValueTask DisposeAsync()
        {
            await Program.DisposeAsync();
            await _xo!.DisposeAsync();
            _folder.Dispose();
        }
    }
}
