namespace Hypergate.Governance.Audit;

/// <summary>A log that loses no end of a change: what was sent has happened, so its record waits until it can be written.</summary>
/// <param name="log">Writes; it is this one's to end.</param>
/// <param name="scrubbing">What may not be written.</param>
/// <param name="spool">Where the ends wait.</param>
/// <param name="time">For when they were.</param>
internal sealed class SpooledAuditLog(IAuditLog log, AuditScrubbing scrubbing, AuditSpool spool, TimeProvider time) : IAuditLog
{
    public AuditRecord Prepare(AuditRecord record) => log.Prepare(record);

    public async ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await log.AppendAsync(record, cancellationToken);
        }
        catch (AuditUnavailableException exception) when (record.Phase == AuditPhase.End)
        {
            spool.Keep(AuditBody.Of(record with { Ended = time.GetUtcNow() }, scrubbing));
            throw new AuditUnavailableException($"{exception.Message} The end of the change is kept and will be recorded when the log can be written again.", exception);
        }
    }

    public void Dispose()
    {
        spool.Dispose();
        log.Dispose();
    }
}
