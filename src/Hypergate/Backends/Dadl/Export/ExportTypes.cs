using System.Text.Json;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>The types that a file has for the values of a schema.</summary>
internal static class ExportTypes
{
    private static readonly string[] Alternatives = ["anyOf", "oneOf", "allOf"];

    /// <summary>string, integer, number, boolean, array or object: a text where several are possible.</summary>
    public static string Of(JsonElement schema) => All(schema) switch
    {
        [var only] => only,
        [] => "string",
        var several when several.Contains("string") => "string",
        var several when several.Contains("object") => "object",
        var several => several.All(static type => type is "integer" or "number") ? "number" : several[0],
    };

    /// <summary>The same where each item of a list is written for itself, so that a list of one is the value alone.</summary>
    public static string OfRepeated(JsonElement schema) => All(schema).Contains("array") ? "array" : Of(schema);

    /// <summary>All that are possible; none where the schema does not say.</summary>
    public static IReadOnlyList<string> All(JsonElement schema) => [.. Types(schema).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Types(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var declared = schema.TryGetProperty("type", out var type)
            ? (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(static one => one.ToString()) : [type.ToString()]).Where(static word => word is "string" or "integer" or "number" or "boolean" or "array" or "object").ToList()
            : [];
        var inner = Alternatives.Where(word => schema.TryGetProperty(word, out var several) && several.ValueKind == JsonValueKind.Array).SelectMany(word => schema.GetProperty(word).EnumerateArray()).SelectMany(Types).ToList();
        return declared.Count > 0 ? declared
            : inner.Count > 0 ? inner
            : schema.TryGetProperty("properties", out _) ? ["object"]
            : schema.TryGetProperty("items", out _) ? ["array"]
            : OfValues(schema);
    }

    private static IEnumerable<string> OfValues(JsonElement schema) =>
        (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array ? (IEnumerable<JsonElement>)values.EnumerateArray() : schema.TryGetProperty("const", out var only) ? [only] : [])
        .Select(static value => value.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            _ => "",
        }).Where(static type => type.Length > 0);
}
