namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>What came of using an approval: the approval, spent unless it is still pending; or why it is no good.</summary>
internal sealed record ApprovalUse(Approval? Approval, string? Problem)
{
    /// <summary>How people ended it without agreeing; null where they did not.</summary>
    public ApprovalState? State { get; init; }

    /// <summary>Whether others have agreed and the call may run.</summary>
    public bool IsApproved => Approval?.Used is not null;
}
