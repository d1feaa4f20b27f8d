using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.Confirmation;

/// <summary>Clients without a session carry the state of a question themselves: forged, replayed or moved to another call it is no consent.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class StatelessQuestionTests : IDisposable
{
    private const string Elicitation = """{"elicitation":{}}""";
    private const string Yes = """{"confirm":{"action":"accept","content":{"confirm":true}}}""";

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_state_serves_its_own_call_once()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        var vms = await HaltedAsync(session, 2);
        var call = Tag(vms[0]);
        var state = await QuestionAsync(session, call);
        Assert.Empty(xo.Writes);

        var moved = await AnswerAsync(session, Tag(vms[1]), state);
        Assert.True(moved.IsToolError, moved.GetRawText());
        Assert.Empty(xo.Writes);

        var done = await AnswerAsync(session, call, state);
        Assert.False(done.IsToolError, done.GetRawText());
        var replayed = await AnswerAsync(session, call, state);

        Assert.True(replayed.IsToolError, replayed.GetRawText());
        Assert.Single(xo.Writes);
    }

    [Theory]
    [InlineData("tampered")]
    [InlineData("invented")]
    [InlineData("missing")]
    [InlineData("of another process")]
    public async Task A_state_that_this_process_did_not_give_is_refused(string trick)
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        var call = Tag((await HaltedAsync(session, 1))[0]);
        var state = trick switch
        {
            "tampered" => (await QuestionAsync(session, call))[..^1] + "g",
            "invented" => "v1.99999999999999.00.00.00.00",
            "missing" => null,
            _ => await OfAnotherProcessAsync(xo, call),
        };

        var answer = await AnswerAsync(session, call, state);

        Assert.False(answer.TryGetProperty("result", out var result) && result.TryGetProperty("structuredContent", out _), answer.GetRawText());
        Assert.Empty(xo.Writes);
    }

    private static async Task<string> OfAnotherProcessAsync(XoSimulator xo, string call)
    {
        using var folder = new ProgramFolder();
        await using var other = StdioSession.Start(folder, Xo.Acting(xo));
        await HaltedAsync(other, 1);
        return await QuestionAsync(other, call);
    }

    private static string Tag(string vm) => $$$"""{"name":"vms_action","arguments":{"operation":"PutVmTag","id":"{{{vm}}}","tag":"one"}}""";

    private static async Task<string> QuestionAsync(StdioSession session, string call)
    {
        var answer = await session.AskNewAsync("tools/call", call, Elicitation);
        var result = answer.GetProperty("result");
        Assert.Equal("input_required", result.GetProperty("resultType").GetString());
        return result.GetProperty("requestState").GetString()!;
    }

    private static Task<JsonElement> AnswerAsync(StdioSession session, string call, string? state)
    {
        var parameters = JsonNode.Parse(call)!.AsObject();
        parameters["inputResponses"] = JsonNode.Parse(Yes);
        if (state is not null)
        {
            parameters["requestState"] = state;
        }

        return session.AskNewAsync("tools/call", parameters.ToJsonString(), Elicitation);
    }

    private static async Task<IReadOnlyList<string>> HaltedAsync(StdioSession session, int count)
    {
        var answer = await session.AskNewAsync(
            "tools/call", $$$"""{"name":"vms_query","arguments":{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":{{{count}}}}}""");
        return [.. answer.Data.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("id").GetString()!)];
    }
}
