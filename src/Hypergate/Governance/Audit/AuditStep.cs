using Hypergate.Model;
using Microsoft.Extensions.Logging;

namespace Hypergate.Governance.Audit;

/// <summary>
/// Records every call: what changes something before it is sent and after it ended, everything else once at its end. Where the
/// record cannot be written, nothing is changed; looking goes on, with a warning in the log.
/// </summary>
public sealed partial class AuditStep(IAuditLog log, ILogger<AuditStep> logger, TimeProvider time) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var outcome = await next(call, cancellationToken);
            await RecordAsync(call, Record(call, outcome, time.GetElapsedTime(started)));
            return outcome;
        }
        catch (AnswerAwaitedException)
        {
            await RecordAsync(call, Record(call, time.GetElapsedTime(started)) with { Decision = "asked the person", Outcome = "asked" });
            throw;
        }
        catch (OperationCanceledException)
        {
            await RecordAsync(call, Record(call, time.GetElapsedTime(started)) with { Outcome = "cancelled" });
            throw;
        }
        catch (Exception)
        {
            await RecordAsync(call, Record(call, time.GetElapsedTime(started)) with { Outcome = "internal error" });
            throw;
        }
    }

    private async Task RecordAsync(Call call, AuditRecord record)
    {
        try
        {
            await log.AppendAsync(record, CancellationToken.None);
        }
        catch (AuditUnavailableException exception)
        {
            NotRecorded(call.Operation.Name, exception.Message);
        }
    }

    private static AuditRecord Record(Call call, Outcome outcome, TimeSpan elapsed) => Record(call, elapsed) with
    {
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

    private static AuditRecord Record(Call call, TimeSpan elapsed) => AuditIntentStep.Record(call) with
    {
        Phase = call.Operation.Changes ? AuditPhase.End : AuditPhase.Call,
        DurationMilliseconds = (long)elapsed.TotalMilliseconds,
    };

    [LoggerMessage(1, LogLevel.Error, "{Operation} is not recorded: {Problem}")]
    private partial void NotRecorded(string operation, string problem);
}
