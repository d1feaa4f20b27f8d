using System.Text.Json.Serialization;

namespace Hypergate.Scripting;

/// <summary>Whether workers lose the network by means of the system.</summary>
public enum ScriptIsolation
{
    [JsonStringEnumMemberName("auto")]
    Auto,

    [JsonStringEnumMemberName("required")]
    Required,

    [JsonStringEnumMemberName("none")]
    None,
}
