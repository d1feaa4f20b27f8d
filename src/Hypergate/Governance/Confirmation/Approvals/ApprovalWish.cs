using Hypergate.Model;

namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>What a call that waits is shown as.</summary>
/// <param name="Text">For people.</param>
/// <param name="Fingerprint">The state of its objects.</param>
/// <param name="Needed">How many must agree.</param>
internal sealed record ApprovalWish(string Text, string Fingerprint, Access Access, int Needed);
