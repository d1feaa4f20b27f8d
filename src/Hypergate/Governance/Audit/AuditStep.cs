using Hypergate.Model;
using Microsoft.Extensions.Logging;

namespace Hypergate.Governance.Audit;

/// <summary>
/// Records every call: what changes something before it is sent and after it ended, everything else once at its end. Where the
/// record cannot be written, nothing is changed; looking goes on, with a warning in the log.
/// </summary>
/// <param name="log">Where to.</param>
/// <param name="logger">Tells what could not be recorded.</param>
/// <param name="time">For how long calls take.</param>
/// <param name="results">Of which calls the answer is recorded as well; null for none.</param>
public sealed partial class AuditStep(IAuditLog log, ILogger<AuditStep> logger, TimeProvider time, AuditResultSettings? results = null) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        call = call with { Notes = new CallNotes { IsSender = call.Operation.Rules is not { Composite: not null } } };
        var record = AuditIntentStep.Record(call) with { Phase = call.Operation.Changes ? AuditPhase.End : AuditPhase.Call };
        try
        {
            var answer = next(call, cancellationToken);
            record = answer.IsCompleted ? record : log.Prepare(record);
            var outcome = await answer;
            await RecordAsync(Ended(record, call.Operation, outcome), started);
            return outcome;
        }
        catch (AnswerAwaitedException)
        {
            await RecordAsync(record with { Decision = "asked the person", Outcome = "asked" }, started);
            throw;
        }
        catch (OperationCanceledException)
        {
            await RecordAsync(record with { Outcome = "cancelled" }, started);
            throw;
        }
        catch (Exception)
        {
            await RecordAsync(record with { Outcome = "internal error" }, started);
            throw;
        }
    }

    private async Task RecordAsync(AuditRecord record, long started)
    {
        try
        {
            await log.AppendAsync(record with { DurationMilliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds }, CancellationToken.None);
        }
        catch (AuditUnavailableException exception)
        {
            NotRecorded(record.Operation, exception.Message);
        }
    }

    private AuditRecord Ended(AuditRecord record, Operation operation, Outcome outcome) => record with
    {
        Result = outcome is Outcome.Done { Value: var value } && results?.Keeps(operation) == true
            ? AuditResult.Of(outcome)! with { Value = value, MostBytes = results.MaxKilobytes * 1024 }
            : AuditResult.Of(outcome),
        Consent = outcome.Consent ?? "",
        Objects = outcome.Subjects,
        Decision = outcome is Outcome.Refused refused ? $"refused: {refused.Policy}" : outcome is Outcome.Unconfirmed ? "needs consent" : "allowed",
        Outcome = outcome switch
        {
            Outcome.Done { Job.State: JobState.Running } => "running",
            Outcome.Done { Job.State: JobState.Unknown } => "unknown",
            Outcome.Done => "done",
            Outcome.Refused => "refused",
            Outcome.Unconfirmed => "unconfirmed",
            _ => "failed",
        },
        Status = outcome switch
        {
            Outcome.Done done => done.Status,
            Outcome.Failed failed => failed.Status,
            _ => null,
        },
        Detail = outcome switch
        {
            Outcome.Refused { Reason: var reason } => reason,
            Outcome.Failed failed => failed.Detail,
            _ => "",
        },
        Bytes = (outcome as Outcome.Done)?.Bytes,
    };

    [LoggerMessage(1, LogLevel.Error, "{Operation} is not recorded: {Problem}")]
    private partial void NotRecorded(string operation, string problem);
}
