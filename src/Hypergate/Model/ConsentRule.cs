using System.Text.Json.Serialization;

namespace Hypergate.Model;

/// <summary>Who must agree before a call runs, in rising order; of several rules the strictest holds.</summary>
public enum ConsentRule
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The caller's own person.</summary>
    [JsonStringEnumMemberName("confirm")]
    Confirm,

    /// <summary>Another person.</summary>
    [JsonStringEnumMemberName("approve")]
    Approve,

    /// <summary>Two other persons.</summary>
    [JsonStringEnumMemberName("four-eyes")]
    FourEyes,
}
