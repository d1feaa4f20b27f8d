using System.Text.Json.Serialization;

namespace Hypergate.Governance;

/// <summary>What a name in a rule that fits nothing is.</summary>
public enum UnmatchedNames
{
    [JsonStringEnumMemberName("error")]
    Error,

    [JsonStringEnumMemberName("warning")]
    Warning,
}
