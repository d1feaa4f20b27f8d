using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>JSON Schema's seven type names.</summary>
internal static class JsonTypes
{
    /// <summary>The narrowest name: <c>integer</c> for a number without fraction.</summary>
    public static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.Number => Numbers.IsInteger(value) ? "integer" : "number",
        _ => "nothing",
    };

    /// <summary>The names that a schema's <c>type</c> lists; empty where it lists none or something that is no type.</summary>
    public static IReadOnlyList<string> Wanted(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return [];
        }

        var names = type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array => type.EnumerateArray()
                .Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.GetString()!).ToArray(),
            _ => [],
        };
        return names.All(IsType) ? names : [];
    }

    public static bool Fits(string wanted, string actual) => wanted == actual || (wanted, actual) is ("number", "integer");

    private static bool IsType(string name) =>
        name is "object" or "array" or "string" or "boolean" or "null" or "number" or "integer";
}
