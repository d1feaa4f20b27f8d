using Hypergate.Model;
using Hypergate.Results;

namespace Hypergate.Tools.Code;

/// <summary>Stays with a run until it ends or waits for somebody who is not there.</summary>
internal sealed class RunAttendance(CodeRoom room)
{
    private static readonly TimeSpan NewsInterval = TimeSpan.FromSeconds(10);

    /// <summary>Puts its questions to the person where that can be done. When the request is given up meanwhile, so is the run.</summary>
    public async Task<ToolResult> AttendAsync(ToolRequest request, CodeRun run, IResultFormat? format, CancellationToken cancellationToken)
    {
        run.Report = request.Conversation.Report;
        while (true)
        {
            await using (cancellationToken.Register(() => run.End("cancelled", "The request was cancelled.")))
            {
                await NewsAsync(run, request.Conversation);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (run.Finished.IsCompleted)
            {
                return await EndAsync(run, format);
            }

            if (run.Pending is not { } pending)
            {
                continue;
            }

            if (pending.Question is not { } question || request.Conversation.Ask is not { } ask)
            {
                return new CodeReport(room, run).Of(pending, isTokenOffered: pending.Question is null);
            }

            // Where the client can only end the request with the question, this throws, and the run waits for the next one.
            var answer = await ask(question, cancellationToken);
            if (request.Conversation.Brought is { } brought && answer.Seal == brought && brought != question.Seal)
            {
                throw new AnswerAwaitedException(question); // The request came with the answer to an earlier question of the run.
            }

            pending.TryAnswer(answer.Seal == question.Seal ? answer : answer with { Accepted = false });
            await pending.Over.Task.WaitAsync(cancellationToken);
        }
    }

    private async Task NewsAsync(CodeRun run, Conversation conversation)
    {
        var end = run.PauseOrEnd;
        while (!end.IsCompleted)
        {
            using var waiting = new CancellationTokenSource();
            if (await Task.WhenAny(end, Task.Delay(NewsInterval, room.Time, waiting.Token)) == end)
            {
                await waiting.CancelAsync();
                return;
            }

            conversation.Report(new(null, $"The script goes on: {run.Entries.Count} calls so far."));
        }
    }

    private async Task<ToolResult> EndAsync(CodeRun run, IResultFormat? format)
    {
        var end = await run.Finished;
        return new CodeReport(room, run).Of(end, format, run.Request.IsPreview && end.Fault is null && run.Planned.Count > 0 ? room.Runs.Keep(PlanOf(run)) : null);
    }

    private CodePlan PlanOf(CodeRun run) => new(
        run.Caller,
        CodeRuns.HashOf(run.Request.Code, run.Request.Arguments),
        run.Planned,
        string.Join('\n', run.Entries.Where(static entry => entry.End == CallEnd.Planned).Select(entry => $"{entry.Number}. {entry.Tool} {room.SafeArguments(entry.Arguments)}")),
        room.Time.GetUtcNow() + CodeRuns.ConsentLifetime);
}
