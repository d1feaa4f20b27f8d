using Hypergate.Governance.Audit;
using Hypergate.Governance.Changes;
using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Governance.Metering;
using Hypergate.Governance.State;

namespace Hypergate.Host.Approvals;

/// <summary>What all processes of one gateway agree on: requests for approval, and freezes. Making it reads and writes nothing.</summary>
internal sealed class GatewayState
{
    private readonly IAuditLog? _audit;
    private readonly Webhook? _webhook;

    /// <param name="store">Where it lies.</param>
    /// <param name="approvals">Who decides, and for how long; and as whom they could come now.</param>
    /// <param name="listeners">Where it is recorded, null where the audit is off; and who is told, null for nobody.</param>
    /// <param name="time">For what ends.</param>
    public GatewayState(IStateStore store, (ApprovalSettings Settings, Voters Voters) approvals, (IAuditLog? Audit, Webhook? Webhook) listeners, TimeProvider time)
    {
        (Store, _audit, _webhook) = (store, listeners.Audit, listeners.Webhook);
        var lifetime = TimeSpan.FromMinutes(approvals.Settings.ExpireMinutes);
        Approvals = new ApprovalDesk(store, new Approvers(approvals.Settings, approvals.Voters.FindAsync), lifetime, TellAsync, time);
        Freezes = new FreezeBoard(store, time);
    }

    /// <summary>Where it lies, with what others keep there.</summary>
    public IStateStore Store { get; }

    public ApprovalDesk Approvals { get; }

    public FreezeBoard Freezes { get; }

    /// <summary>Records what is no call.</summary>
    /// <exception cref="IOException">It cannot be recorded.</exception>
    public async Task RecordAsync(string by, string what, string detail, string backend = "", string address = "")
    {
        try
        {
            if (_audit is not null)
            {
                await _audit.AppendAsync(new AuditRecord { Phase = AuditPhase.Event, Caller = by, Operation = what, Backend = backend, Detail = detail, Origin = new() { Address = address } }, CancellationToken.None);
            }
        }
        catch (AuditUnavailableException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <summary>Records that a script worker has broken the protocol.</summary>
    public async Task RecordFaultAsync(string by, string kind, string why)
    {
        try
        {
            await RecordAsync(by, "sandbox_fault", $"{kind}: {why}");
        }
        catch (IOException)
        {
            // The log tells of both: of the worker's death, and of the audit that cannot be written.
        }
    }

    private async Task TellAsync(ApprovalNews news)
    {
        var approval = news.Approval;
        GovernanceMeters.Consent("approval", news.What switch { ApprovalNews.Requested => "asked", ApprovalNews.Approved => "given", ApprovalNews.Denied => "declined", var other => other });
        await RecordAsync(news.By, $"approval.{news.What}", $"{approval.Id}: {approval.Operation} for {approval.Caller}{(news.Reason.Length > 0 ? $" ({news.Reason})" : "")}", approval.Backend);
        _webhook?.Send(approval.Id, ApprovalNotice.Body(news));
    }
}
