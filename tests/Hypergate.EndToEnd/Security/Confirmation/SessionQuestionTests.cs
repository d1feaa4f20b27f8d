using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.Confirmation;

/// <summary>Clients with a session that can show a form: only a clear yes to the form runs the call, and once.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class SessionQuestionTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"action":"accept","content":{"confirm":true}}""", 1)]
    [InlineData("""{"action":"accept","content":{"confirm":false}}""", 0)]
    [InlineData("""{"action":"accept","content":{"confirm":"true"}}""", 0)]
    [InlineData("""{"action":"accept","content":{"name":"yes"}}""", 0)]
    [InlineData("""{"action":"accept"}""", 0)]
    [InlineData("""{"action":"decline"}""", 0)]
    [InlineData("""{"action":"cancel"}""", 0)]
    public async Task Only_a_clear_yes_writes_and_once(string answer, int writes)
    {
        await using var xo = await Xo.StartAsync();
        await using var session = await StartAsync(xo);
        var vm = (await session.HaltedAsync(1))[0];

        var result = await AnswerAsync(session, $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""", _ => answer);

        Assert.Equal(writes == 0, result.IsToolError);
        Assert.Equal(writes, xo.Writes.Count);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_destroys_wants_the_name_typed(string? typed)
    {
        await using var xo = await Xo.StartAsync();
        await using var session = await StartAsync(xo);
        var vm = (await session.HaltedAsync(1))[0];

        var result = await AnswerAsync(
            session,
            $$"""{"operation":"DeleteVm","id":"{{vm}}"}""",
            _ => typed is null ? """{"action":"accept","content":{"confirm":true}}""" : $$$"""{"action":"accept","content":{"name":"{{{typed}}}"}}""");

        Assert.True(result.IsToolError);
        Assert.Empty(xo.Writes);
    }

    private async Task<StdioSession> StartAsync(XoSimulator xo)
    {
        var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync("""{"elicitation":{}}""");
        return session;
    }

    private static async Task<JsonElement> AnswerAsync(StdioSession session, string arguments, Func<JsonElement, string> answer)
    {
        var id = await session.RequestAsync("tools/call", $$"""{"name":"vms_action","arguments":{{arguments}}}""");
        var question = await session.NotificationAsync("elicitation/create");
        Assert.DoesNotContain("confirm_token", question.GetRawText(), StringComparison.Ordinal);
        await session.SendAsync($$"""{"jsonrpc":"2.0","id":{{question.GetProperty("id").GetRawText()}},"result":{{answer(question)}}}""");
        return await session.AnswerAsync(id);
    }
}
