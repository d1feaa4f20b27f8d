using Hypergate.Governance.Audit;

namespace Hypergate.Host.State.Postgres;

/// <summary>The audit of one set of settings, written to the chain that all replicas share.</summary>
/// <param name="writer">Writes; it outlives the settings.</param>
/// <param name="scrubbing">What may not be written.</param>
internal sealed class PostgresAuditLog(PostgresAuditWriter writer, AuditScrubbing scrubbing) : IAuditLog
{
    public AuditRecord Prepare(AuditRecord record) => record with { Opening = AuditBody.Open(record, scrubbing) };

    public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken) => AppendAsync(AuditBody.Of(record, scrubbing), cancellationToken);

    /// <summary>Writes a record that is spelled out already.</summary>
    /// <exception cref="AuditUnavailableException">The record is not written.</exception>
    public async ValueTask AppendAsync(byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            await writer.AppendAsync(body, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new AuditUnavailableException($"The audit log cannot be written: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        // The writer belongs to the stores.
    }
}
