using System.Text.Json.Serialization;
using Hypergate.Schemas;

namespace Hypergate.Governance.Gates;

/// <summary>What a gate does to an answer. Places are written <c>$.name</c>, <c>$[*].name</c>, or <c>$..name</c> for any depth.</summary>
public sealed record GateAfterSettings
{
    [Setting("Withholds the answer, with this reason. What was done stays done, and the caller is told so.", Example = "Consoles are not shown here")]
    public string? Deny { get; init; }

    [JsonPropertyName("keep_fields")]
    [Setting("The only fields that stay: of the answer, or of each item where it is a list.", MinItems = 1, DefaultText = "all", Example = "[id, name_label, power_state]")]
    public IReadOnlyList<string>? KeepFields { get; init; }

    [JsonPropertyName("max_items")]
    [Setting("The most items that a list keeps.", Minimum = 0, Maximum = 1e6, DefaultText = "all")]
    public int? MaxItems { get; init; }

    [Setting("Values that are replaced by [REDACTED].", Pattern = @"^\$(\.\.?[A-Za-z0-9_-]+|\[\*\]|\.\*)+$", Example = "[$..addresses]")]
    public IReadOnlyList<string> Redact { get; init; } = [];

    [Setting("What is hidden wherever it stands in a text. secrets: the last five.",
        Values = ["email", "phone", "credit_card", "iban", "ipv4", "ipv6", "mac", "ssn", "aws_key", "private_key", "jwt", "bearer_token", "generic_secret", "secrets"], Example = "[email, phone]")]
    public IReadOnlyList<string> Mask { get; init; } = [];

    [Setting("Who is told of each such call that was answered. webhook: the one of approvals.", Values = ["webhook"], DefaultText = "nobody")]
    public string? Notify { get; init; }
}
