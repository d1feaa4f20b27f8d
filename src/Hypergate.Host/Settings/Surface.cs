using System.Text.Json.Serialization;

namespace Hypergate.Host.Settings;

/// <summary>A way of showing operations as tools.</summary>
internal enum Surface
{
    [JsonStringEnumMemberName("domains")]
    Domains,

    [JsonStringEnumMemberName("fleet")]
    Fleet,

    [JsonStringEnumMemberName("query")]
    Query,
}
