namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>Something happened to an approval.</summary>
/// <param name="What">One of the constants.</param>
/// <param name="By">Who asked or decided; of a vote that lapsed, whose it was.</param>
/// <param name="Reason">What they said, or why the vote lapsed; may be empty.</param>
/// <param name="Approval">As it is then.</param>
internal sealed record ApprovalNews(string What, string By, string Reason, Approval Approval)
{
    public const string Requested = "requested";
    public const string Approved = "approved";
    public const string Denied = "denied";

    /// <summary>A vote counts no longer.</summary>
    public const string Lapsed = "lapsed";
}
