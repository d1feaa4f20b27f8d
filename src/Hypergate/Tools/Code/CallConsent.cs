using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Sends a change; where a person must agree first, the run waits at this call, and the same call is sent once they have.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It holds nothing but memory.")]
internal sealed class CallConsent(CodeRoom room, CodeRun run)
{
    private readonly ConcurrentDictionary<string, bool> _declined = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly AgreedOperations _agreed = new(); // Used by whoever holds _asking.

    /// <summary>Whether a person has said no to this very call.</summary>
    public bool IsDeclined(Call call) => _declined.GetValueOrDefault(call.Id);

    public async Task<Outcome> RunAsync(Call call, CallEntry entry, CancellationToken cancellationToken)
    {
        var isPlanned = run.Request.Plan?.Covers(call) == true;
        var (outcome, question) = await TryAsync(call, entry, cancellationToken);
        if (outcome is Outcome.Unconfirmed { Approval: not null } waiting)
        {
            return await ApprovedAsync(call, entry, waiting, cancellationToken);
        }

        if (question is null && outcome is not Outcome.Unconfirmed { Token: not null })
        {
            return outcome!;
        }

        var token = (outcome as Outcome.Unconfirmed)?.Token;
        var answer = isPlanned && question?.TypeToConfirm is null
            ? new Answer(true, question?.Seal, "plan")
            : await AskAsync(PendingOf(call, entry, question, outcome), cancellationToken);
        return await AnsweredAsync(call, entry, token, question, answer, cancellationToken);
    }

    // Other people decide, elsewhere and in their own time. Whoever comes back has the call look; while nobody has decided the run waits on.
    private async Task<Outcome> ApprovedAsync(Call call, CallEntry entry, Outcome.Unconfirmed waiting, CancellationToken cancellationToken)
    {
        while (true)
        {
            await AskAsync(PendingOf(call, entry, null, waiting), cancellationToken);
            entry.IsSent = true;
            var outcome = await room.Surroundings.Pipeline.RunAsync(call with { ConfirmToken = waiting.Approval }, cancellationToken);
            if (outcome is Outcome.Refused { IsExpired: true })
            {
                entry.IsSent = false;
                run.End("consent_expired", "Nobody decided in time.");
                throw new OperationCanceledException();
            }

            if (outcome is not Outcome.Unconfirmed { Approval: not null } still)
            {
                _declined[call.Id] = outcome is Outcome.Refused { IsDeclined: true };
                return outcome;
            }

            (waiting, entry.IsSent) = (still, false);
        }
    }

    // One question at a time; who agrees to all calls of an operation answers for those that wait for their turn as well.
    private async Task<Answer> AskAsync(PendingConsent pending, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (pending.MayCoverAll && _agreed.Take(pending.Call) is { } way)
            {
                run.Report(new(null, $"{pending.Entry.Tool} goes on without a question: call {pending.Entry.Number}."));
                return new Answer(true, pending.Question?.Seal, way);
            }

            var answer = await run.AskAsync(pending, cancellationToken);
            if (answer is { Accepted: true, ForAll: true } && pending.MayCoverAll)
            {
                _agreed.Add(pending.Call, answer.Way);
            }

            return answer;
        }
        finally
        {
            _asking.Release();
        }
    }

    // What the pipeline does with the answer is what it does with one that came with the request: it looks at the object again.
    private async Task<Outcome> AnsweredAsync(Call call, CallEntry entry, string? token, Question? question, Answer answer, CancellationToken cancellationToken)
    {
        if (!answer.Accepted)
        {
            _declined[call.Id] = true;
            if (question is null)
            {
                return new Outcome.Refused("confirmation", $"The person did not agree to {call.Operation.Name}. Nothing was sent. Do not try it again unasked.");
            }
        }

        var agreed = question is null
            ? call with { ConfirmToken = token }
            : call with { Conversation = call.Conversation with { Ask = (_, _) => Task.FromResult(answer with { Seal = question.Seal }) } };
        entry.IsSent = true;
        return await room.Surroundings.Pipeline.RunAsync(agreed, cancellationToken);
    }

    private async Task<(Outcome? Outcome, Question? Question)> TryAsync(Call call, CallEntry entry, CancellationToken cancellationToken)
    {
        var asking = run.Request.CanAsk ? call with { Conversation = call.Conversation with { Ask = static (question, _) => throw new AnswerAwaitedException(question) } } : call;
        entry.IsSent = !room.NeedsConsent(call);
        try
        {
            return (await room.Surroundings.Pipeline.RunAsync(asking, cancellationToken), null);
        }
        catch (AnswerAwaitedException awaited)
        {
            return (null, awaited.Question);
        }
    }

    // Whoever agrees to something dangerous looks at each object.
    private PendingConsent PendingOf(Call call, CallEntry entry, Question? question, Outcome? outcome)
    {
        var token = CodeRuns.NewToken("c_");
        var text = question?.Text ?? ((Outcome.Unconfirmed)outcome!).Preview;
        var approval = (outcome as Outcome.Unconfirmed)?.Approval;
        var mayCoverAll = approval is null && question?.TypeToConfirm is null && room.AccessOf(call) != Access.Dangerous;
        var all = mayCoverAll ? string.Create(CultureInfo.InvariantCulture, $"And all further calls of {entry.Tool} in this run, {AgreedOperations.Most} at most") : null;
        return new(call, entry, question is null ? null : question with { Seal = $"code.{run.Id}.{token}", ForAll = all }, text, token, room.Time.GetUtcNow() + CodeRuns.ConsentLifetime)
        {
            TokenForAll = mayCoverAll && question is null ? CodeRuns.NewToken("c_") : null,
            MayCoverAll = mayCoverAll,
            Approval = approval,
        };
    }
}
