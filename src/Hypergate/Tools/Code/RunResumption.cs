using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Goes on with a run that waits for consent, where a call of <c>execute_code</c> brings the answer.</summary>
internal sealed class RunResumption(CodeRoom room, ToolRequest request, ExecuteCodeArguments arguments)
{
    // The client has come back with the person's answer: the same call again, with the seal of the question.
    private readonly string? _run = arguments.Resume ?? (request.Conversation.Brought?.Split('.') is ["code", var asked, _] ? asked : null);

    /// <summary>Whether the call is about an earlier run, there still or not: it names one, or comes back with the seal of a question of one.</summary>
    public bool IsWanted => _run is not null;

    /// <returns>The run, or why it does not go on.</returns>
    public async Task<(CodeRun? Run, ToolResult? Problem)> ResumeAsync(CancellationToken cancellationToken)
    {
        var run = room.Runs.Find(_run!, request.Caller);
        if (run?.Pending is not { } pending)
        {
            return (null, await GoneAsync(cancellationToken));
        }

        if (arguments is { Resume: null, Code: { } code } && CodeRuns.HashOf(code, arguments.Args) != CodeRuns.HashOf(run.Request.Code, run.Request.Arguments))
        {
            return (null, CodeTool.Problem("refused", "The answer belongs to another script. Nothing was sent."));
        }

        if (await AnswerAsync(pending, cancellationToken) is not { } answer)
        {
            return (null, CodeTool.Problem("refused", arguments.ConfirmToken is null ? "The confirm_token is missing: the run goes on with the one that its question told. Nothing was sent." : "The confirm_token is not the one of what this run waits for. Nothing was sent."));
        }

        var isInTime = pending.TryAnswer(answer);
        await pending.Over.Task.WaitAsync(cancellationToken);
        return isInTime ? (run, null) : (null, await GoneAsync(cancellationToken));
    }

    // Nobody has been told how a run ended that waited in vain.
    private async Task<ToolResult> GoneAsync(CancellationToken cancellationToken) => room.Runs.FindExpired(_run!, request.Caller) is { } expired
        ? new CodeReport(room, expired).Gone(await expired.Finished)
        : await new GoneRun(room).TellAsync(_run!, request.Caller, cancellationToken);

    private async Task<Answer?> AnswerAsync(PendingConsent pending, CancellationToken cancellationToken)
    {
        // Whether the others have agreed is found out by the call itself; else the run waits anew.
        if (pending.Approval is not null)
        {
            return new Answer(true, null, "approval");
        }

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
