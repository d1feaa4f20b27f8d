using System.Text.Json.Serialization;

namespace Hypergate.Governance;

/// <summary>Whether somebody must agree before a call runs.</summary>
public enum ConsentRule
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("confirm")]
    Confirm,
}
