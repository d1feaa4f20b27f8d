using Hypergate.Governance.Audit;
using Hypergate.Governance.Metering;

namespace Hypergate.Host.Metrics;

/// <summary>Counts what a log could not write.</summary>
/// <param name="log">The log; it is this one's to end.</param>
/// <param name="store">What it is written on: <c>file</c> or <c>postgres</c>.</param>
internal sealed class CountedAuditLog(IAuditLog log, string store) : IAuditLog
{
    public AuditRecord Prepare(AuditRecord record) => log.Prepare(record);

    // What is written at once, as a rule, costs no more than without.
    public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken) =>
        log.AppendAsync(record, cancellationToken) is { IsCompletedSuccessfully: false } writing ? CountAsync(writing) : default;

    public void Dispose() => log.Dispose();

    private async ValueTask CountAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        catch (AuditUnavailableException)
        {
            GovernanceMeters.AuditFailure(store);
            throw;
        }
    }
}
