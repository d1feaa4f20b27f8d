using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary>What the formats without nested values make of them.</summary>
internal static class CellText
{
    /// <summary>A list of plain values as one text; null where it holds lists or objects.</summary>
    public static string? Joined(JsonElement list, string separator) =>
        list.EnumerateArray().Any(static item => item.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            ? null
            : string.Join(separator, list.EnumerateArray().Select(Plain));

    // As the formats write it alone: no quotes around a text, true and not True.
    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    /// <summary>The values of an object with their dotted names; objects without properties and lists are values.</summary>
    public static IEnumerable<(string Path, JsonElement Value)> Fields(JsonElement value, string path = "")
    {
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() == 0)
        {
            return [(path.Length == 0 ? "value" : path, value)];
        }

        return value.EnumerateObject().SelectMany(property =>
            Fields(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}"));
    }
}
