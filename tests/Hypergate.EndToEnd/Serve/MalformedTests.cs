using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>Messages that are not of the protocol's form are the client's mistake: it is told which, nothing of ours breaks, and the next is answered.</summary>
public sealed class MalformedTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"protocolVersion":"2025-11-25","clientInfo":{"name":"x","version":"1"}}""")]
    [InlineData("""{"protocolVersion":"2025-11-25","capabilities":{}}""")]
    [InlineData("""{"protocolVersion":"2025-11-25","capabilities":[],"clientInfo":{"name":"x","version":"1"}}""")]
    [InlineData("""{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":"x"}""")]
    [InlineData("""{"protocolVersion":5,"capabilities":{},"clientInfo":{"name":"x","version":"1"}}""")]
    public async Task A_handshake_of_another_form_is_told_so_and_opens_nothing(string parameters)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));

        var first = await program.AskOldAsync(null, "initialize", parameters);
        var session = await program.InitializeAsync();
        var again = await program.AskOldAsync(session, "initialize", parameters);

        foreach (var refused in new[] { first, again })
        {
            Assert.Equal((HttpStatusCode.BadRequest, -32602), (refused.Status, refused.Message.ErrorCode));
            Assert.Equal(7, refused.Message.GetProperty("id").GetInt32());
            Assert.Contains("The parameters of initialize are not of the form", refused.Body, StringComparison.Ordinal);
            Assert.False(refused.Headers.Contains("Mcp-Session-Id"));
        }

        Assert.Equal(HttpStatusCode.OK, (await program.AskOldAsync(session, "ping")).Status);
        Assert.DoesNotContain("Internal error", (await program.StopAsync()).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"whoami","name":"vms_query","arguments":{},$meta}""")]
    [InlineData("""{"name":"whoami","arguments":{},$meta,$meta}""")]
    [InlineData("""{"name":"whoami","arguments":{"a":1,"a":2},$meta}""")]
    public Task A_name_that_stands_twice_is_refused_in_both_eras(string parameters) => RefusedInBothErasAsync(parameters, -32700, "a name twice in one object");

    [Theory]
    [InlineData("""{"name":"\ud800","arguments":{},$meta}""")]
    [InlineData("""{"name":"whoami","arguments":{"\ud83d":1},$meta}""")]
    [InlineData("""{"name":"whoami","arguments":{"a":"\ude00\ud83d"},$meta}""")]
    public Task Half_a_character_is_refused_in_both_eras(string parameters) => RefusedInBothErasAsync(parameters, -32600, "half a character");

    [Fact]
    public async Task A_notification_of_a_revision_that_nobody_knows_is_refused()
    {
        const string Notification = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}""";
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));

        var unknown = await program.SendAsync(Notification, ("MCP-Protocol-Version", "1999-01-01"));
        var known = await program.SendAsync(Notification, ("MCP-Protocol-Version", StdioSession.New));

        Assert.Equal((HttpStatusCode.BadRequest, -32022), (unknown.Status, unknown.Message.ErrorCode));
        Assert.Contains(StdioSession.New, unknown.Message.GetProperty("error").GetProperty("data").GetProperty("supported").EnumerateArray().Select(static version => version.GetString()));
        Assert.Equal((HttpStatusCode.Accepted, ""), (known.Status, known.Body));
    }
    private async Task RefusedInBothErasAsync(string parameters, int code, string words)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));
        var session = await program.InitializeAsync();
        var body = Body(parameters);

        var stateless = await program.SendAsync(body, ("MCP-Protocol-Version", StdioSession.New), ("Mcp-Method", "tools/call"), ("Mcp-Name", "whoami"));
        var old = await program.SendAsync(body, ("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Session-Id", session));

        foreach (var refused in new[] { stateless, old })
        {
            Assert.Equal((HttpStatusCode.BadRequest, code), (refused.Status, refused.Message.ErrorCode));
            Assert.Contains(words, refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami")).Status);
        Assert.DoesNotContain("Internal error", (await program.StopAsync()).Errors, StringComparison.Ordinal);
    }

    private static string Body(string parameters) =>
        $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{parameters.Replace("$meta", StdioSession.WithMeta("{}").Trim()[1..^1], StringComparison.Ordinal)}} }""";
}
