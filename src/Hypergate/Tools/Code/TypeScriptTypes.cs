using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Code;

/// <summary>A JSON Schema as a TypeScript type: to a depth and a number of members beyond which it says only what it is.</summary>
internal static class TypeScriptTypes
{
    /// <summary>What stands for a file.</summary>
    public const string File = "FileRef";

    /// <summary>Says what that is, for listings in which it stands.</summary>
    public const string FileDeclaration = $"type {File} = string; // the handle of a file, or an https address\n";

    private const int Deepest = 2;
    private const int MostMembers = 12;
    private const int MostLiterals = 12;
    private const int MostChoices = 4;
    private const int LongestLiteral = 60;

    public static string Of(JsonElement schema, int depth = 0)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return "unknown";
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            return Literal(constant);
        }

        return schema.TryGetProperty("enum", out var words) && words.GetArrayLength() is > 0 and <= MostLiterals
            ? string.Join(" | ", words.EnumerateArray().Select(Literal))
            : OfChoice(schema, depth) ?? OfTypes(schema, depth);
    }

    private static string? OfChoice(JsonElement schema, int depth)
    {
        foreach (var word in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(word, out var choices))
            {
                var types = choices.EnumerateArray().Select(choice => Of(choice, depth)).Distinct(StringComparer.Ordinal).ToList();
                return types.Count > MostChoices || types.Contains("unknown", StringComparer.Ordinal) ? "unknown" : string.Join(" | ", types);
            }
        }

        return schema.TryGetProperty("allOf", out var all) && all.GetArrayLength() == 1 ? Of(all[0], depth) : null;
    }

    private static string OfTypes(JsonElement schema, int depth)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return schema.TryGetProperty("properties", out _) ? OfObject(schema, depth) : "unknown";
        }

        return type.ValueKind == JsonValueKind.Array
            ? string.Join(" | ", type.EnumerateArray().Select(one => OfType(one.GetString(), schema, depth)).Distinct(StringComparer.Ordinal))
            : OfType(type.GetString(), schema, depth);
    }

    private static string OfType(string? type, JsonElement schema, int depth) => type switch
    {
        "string" => Format(schema) == "binary" ? File : "string",
        "integer" or "number" => Format(schema) is "int64" or "uint64" ? "number | string" : "number",
        "boolean" => "boolean",
        "null" => "null",
        "array" => OfArray(schema, depth),
        "object" => OfObject(schema, depth),
        _ => "unknown",
    };

    private static string OfArray(JsonElement schema, int depth)
    {
        var item = schema.TryGetProperty("items", out var items) ? Of(items, depth) : "unknown";
        return item.Contains('|', StringComparison.Ordinal) ? $"({item})[]" : $"{item}[]";
    }

    private static string OfObject(JsonElement schema, int depth)
    {
        if (depth >= Deepest || !schema.TryGetProperty("properties", out var properties) || properties.GetPropertyCount() is 0 or > MostMembers)
        {
            return "Record<string, unknown>";
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()).ToHashSet() : [];
        return $"{{ {string.Join("; ", properties.EnumerateObject()
            .OrderBy(property => !required.Contains(property.Name))
            .Select(property => $"{ScriptNames.Argument(property.Name)}{(required.Contains(property.Name) ? "" : "?")}: {Of(property.Value, depth + 1)}"))} }}";
    }

    private static string? Format(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() : null;

    private static string Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: <= LongestLiteral } text => JsonEncodedText(text),
        JsonValueKind.String => "string",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => value.GetRawText(),
        _ => "unknown",
    };

    private static string JsonEncodedText(string text) => $"\"{CleanText.Line(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
