using Hypergate.Governance.Audit;
using Hypergate.Governance.Metering;

namespace Hypergate.Host.Metrics;

/// <summary>Counts what a log could not write, and knows whether it can at present.</summary>
/// <param name="log">The log; it is this one's to end.</param>
/// <param name="store">What it is written on: <c>file</c> or <c>postgres</c>.</param>
internal sealed class CountedAuditLog(IAuditLog log, string store) : IAuditLog
{
    private volatile string? _problem;

    /// <summary>Why the last record could not be written; null where it could.</summary>
    public string? Problem => _problem;

    public AuditRecord Prepare(AuditRecord record) => log.Prepare(record);

    public async ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await log.AppendAsync(record, cancellationToken);
            _problem = null;
        }
        catch (AuditUnavailableException exception)
        {
            _problem = exception.Message;
            GovernanceMeters.AuditFailure(store);
            throw;
        }
    }

    public void Dispose() => log.Dispose();
}
