using System.Text.Json.Serialization;

namespace Hypergate.Host.Settings;

/// <summary>A way of showing operations as tools.</summary>
internal enum Surface
{
    /// <summary>One tool for the reads and one for the actions of each resource family.</summary>
    [JsonStringEnumMemberName("domains")]
    Domains,

    /// <summary>One tool for each operation.</summary>
    [JsonStringEnumMemberName("operations")]
    Operations,

    /// <summary>Find, describe and call: three tools for everything.</summary>
    [JsonStringEnumMemberName("search")]
    Search,

    /// <summary>Everyday tools that are the same on every platform.</summary>
    [JsonStringEnumMemberName("fleet")]
    Fleet,

    /// <summary>Tables over the objects of all platforms.</summary>
    [JsonStringEnumMemberName("query")]
    Query,

    /// <summary>Scripts that call operations.</summary>
    [JsonStringEnumMemberName("code")]
    Code,
}
