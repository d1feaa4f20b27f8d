using System.Text.Json;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>Reads the loosely typed values of the tree: flags are 1 or 0, and texts may be missing.</summary>
internal static class ApiText
{
    /// <summary>A text; null where it is absent or none.</summary>
    public static string? Of(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static JsonElement? Object(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    /// <summary>Whether a flag is set: 1, "1" or true.</summary>
    public static bool Flag(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && IsSet(value);

    public static bool IsSet(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetString() is not ("" or "0"),
        _ => false,
    };
}
