using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>Who may agree to what others want to do, and how they learn of it.</summary>
public sealed record ApprovalSettings
{
    [Setting("The roles whose callers may approve and deny; never their own requests.", MinItems = 1)]
    public IReadOnlyList<string> Roles { get; init; } = ["admin"];

    [Setting("Minutes for which a request waits, and an approval can be used.", Minimum = 1, Maximum = 10_080)]
    public int ExpireMinutes { get; init; } = 60;

    [Setting("Where requests and decisions are posted as JSON, signed.")]
    public WebhookSettings? Webhook { get; init; }
}

/// <summary>An address that is told of approvals.</summary>
public sealed record WebhookSettings
{
    [Setting("An https address; http only on this machine.", Example = "https://chat.example.com/hooks/hypergate")]
    public required Uri Url { get; init; }

    [Setting("The key of the signature: the header X-Hypergate-Signature is sha256= and the HMAC-SHA256 of X-Hypergate-Timestamp, a dot, and the body.", Example = "\"${secret:webhook}\"")]
    public required Secret Secret { get; init; }
}
