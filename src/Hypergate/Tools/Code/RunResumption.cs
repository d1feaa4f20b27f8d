using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Goes on with a run that waits for consent, where a call of <c>execute_code</c> brings the answer.</summary>
internal sealed class RunResumption(CodeRoom room, ToolRequest request, ExecuteCodeArguments arguments)
{
    private readonly CodeRun? _asked = Asked(room, request);

    /// <summary>Whether the call is about an earlier run: it names one, or comes back with the seal of a question of one.</summary>
    public bool IsWanted => arguments.Resume is not null || _asked is not null;

    /// <returns>The run, or why it does not go on.</returns>
    public async Task<(CodeRun? Run, ToolResult? Problem)> ResumeAsync(CancellationToken cancellationToken)
    {
        var run = arguments.Resume is { } id ? room.Runs.Find(id, request.Caller) : _asked;
        if (run?.Pending is not { } pending)
        {
            return (null, await GoneAsync());
        }

        if (arguments is { Resume: null, Code: { } code } && CodeRuns.HashOf(code, arguments.Args) != CodeRuns.HashOf(run.Request.Code, run.Request.Arguments))
        {
            return (null, CodeTool.Problem("refused", "The answer belongs to another script. Nothing was sent."));
        }

        if (await AnswerAsync(pending, cancellationToken) is not { } answer)
        {
            return (null, CodeTool.Problem("refused", "The confirm_token is not the one of what this run waits for. Nothing was sent."));
        }

        var isInTime = pending.TryAnswer(answer);
        await pending.Over.Task.WaitAsync(cancellationToken);
        return isInTime ? (run, null) : (null, await GoneAsync());
    }

    // The client has come back with the person's answer: the same call again, with the seal of the question.
    private static CodeRun? Asked(CodeRoom room, ToolRequest request) =>
        request.Conversation.Brought is { } seal && seal.Split('.') is ["code", var id, _] ? room.Runs.Find(id, request.Caller) : null;

    // Nobody has been told how a run ended that waited in vain.
    private async Task<ToolResult> GoneAsync() => arguments.Resume is { } id && room.Runs.FindExpired(id, request.Caller) is { } expired
        ? new CodeReport(room, expired).Gone(await expired.Finished)
        : CodeTool.Problem("run_gone", "There is no run of yours that waits under this name: it has ended, or its five minutes are over. Nothing was sent for it.");

    private async Task<Answer?> AnswerAsync(PendingConsent pending, CancellationToken cancellationToken)
    {
        if (arguments.ConfirmToken is { } token && pending.Question is null)
        {
            var isForAll = token == pending.TokenForAll;
            return isForAll || token == pending.Token ? new Answer(true, null, "token (self-asserted)") { ForAll = isForAll } : null;
        }

        if (pending.Question is not { } question || request.Conversation.Ask is not { } ask)
        {
            return null;
        }

        var answer = await ask(question, cancellationToken);
        return answer.Seal == question.Seal ? answer : null;
    }
}
