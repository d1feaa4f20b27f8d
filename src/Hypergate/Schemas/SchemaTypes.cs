using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>The word <c>type</c>, alone or as a list.</summary>
internal static class SchemaTypes
{
    private const int LongestShown = 60;

    public static bool Fits(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return true;
        }

        return type.ValueKind switch
        {
            JsonValueKind.String => Is(type.GetString()!, value),
            JsonValueKind.Array => type.EnumerateArray().Any(word => word.ValueKind == JsonValueKind.String && Is(word.GetString()!, value)),
            _ => true,
        };
    }

    /// <summary>The types of a schema for a sentence: <c>integer or null</c>.</summary>
    public static string Words(JsonElement schema)
    {
        var type = schema.GetProperty("type");
        return type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(static word => word.ToString())) : type.ToString();
    }

    /// <summary>A value for a sentence: <c>string "abc"</c>.</summary>
    public static string WordsOf(JsonElement value)
    {
        var raw = value.ValueKind == JsonValueKind.Undefined ? "" : value.GetRawText();
        var shown = raw.Length > LongestShown ? raw[..LongestShown] + "…" : raw;
        return value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? $"{KindOf(value)} {shown}"
            : KindOf(value);
    }

    /// <summary>The type of a value: <c>string</c>.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "array",
        _ => "object",
    };

    private static bool Is(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || (value.TryGetDouble(out var number) && Math.Floor(number) == number)),
        _ => true,
    };
}
