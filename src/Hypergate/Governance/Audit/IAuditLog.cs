namespace Hypergate.Governance.Audit;

/// <summary>Where records are kept: an append-only chain, whatever it is written on.</summary>
public interface IAuditLog : IDisposable
{
    /// <summary>Spells what is known of a call while the platform works on it, so that its answer need not wait for that.</summary>
    /// <param name="record">Known up to its arguments.</param>
    /// <returns>The record to be completed and written.</returns>
    AuditRecord Prepare(AuditRecord record);

    /// <summary>Writes one record. When the task ends without an exception, the record is kept.</summary>
    /// <param name="record">What happened.</param>
    /// <param name="cancellationToken">Ends the wait for other writers; what must be recorded is passed without one.</param>
    /// <exception cref="AuditUnavailableException">The record is not written.</exception>
    ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken);
}
