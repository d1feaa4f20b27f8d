using System.Globalization;
using System.Text.Json;

namespace Hypergate.Backends.Proxmox;

/// <summary>The values of Proxmox VE: each lies in an object as <c>data</c>, and numbers may be texts.</summary>
internal static class ProxmoxValue
{
    public static PlatformValue Unwrap(JsonElement whole)
    {
        if (whole.ValueKind != JsonValueKind.Object || !whole.TryGetProperty("data", out var data))
        {
            return new PlatformValue(whole, null);
        }

        var value = data.ValueKind == JsonValueKind.Null ? default : data;
        return new PlatformValue(value, whole.TryGetProperty("total", out var total) && Number(total) is { } count ? (long)count : null);
    }

    /// <summary>A property as text; null where it is absent or null.</summary>
    public static string? Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value.ToString()
            : null;

    /// <summary>A property as a number, also where it is written as text; null where it is none.</summary>
    public static double? Number(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) ? Number(value) : null;

    /// <summary>Whether a flag is set: 1, "1" or true.</summary>
    public static bool Flag(JsonElement element, string property) =>
        Text(element, property) is { } text && (text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>The rows of a list; none where it is no list.</summary>
    public static IEnumerable<JsonElement> Rows(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) => number,
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
