using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>Values of a schema: what differs in how it is written, the plainest first.</summary>
internal static class SampleValues
{
    private const int Most = 4;
    private const int Deepest = 3;

    // Plain, then all that means something in an address, a form or a list; and a letter that is none in ASCII.
    private static readonly string[] Texts = ["x1", "a,b c|d&e=f;g%2C+[x]#?:@$!'()*~/", "\u00E9 1", "x2"];

    private static readonly string[] Alternatives = ["anyOf", "oneOf"];

    /// <summary>At least one.</summary>
    public static IReadOnlyList<JsonElement> Of(JsonElement schema) => [.. Of(schema, 0).Take(Most)];

    private static IEnumerable<JsonElement> Of(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return Texts.Select(JsonLists.Text);
        }

        if (schema.TryGetProperty("const", out var only))
        {
            return [only];
        }

        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
        {
            return values.EnumerateArray().Where(static value => value.ValueKind != JsonValueKind.Null).Take(Most) is var some && some.Any() ? some : [values[0]];
        }

        // One of each alternative, then more of the first.
        var branches = Alternatives.Where(word => schema.TryGetProperty(word, out var several) && several.ValueKind == JsonValueKind.Array).SelectMany(word => schema.GetProperty(word).EnumerateArray()).ToList();
        return branches.Count > 0 && !schema.TryGetProperty("properties", out _) && depth < Deepest
            ? branches.SelectMany(branch => Of(branch, depth + 1).Take(1)).Concat(Of(branches[0], depth + 1).Skip(1))
            : ExportTypes.All(schema) is { Count: > 0 } types ? types.SelectMany(type => OfType(type, schema, depth)) : Texts.Select(JsonLists.Text);
    }

    private static IEnumerable<JsonElement> OfType(string type, JsonElement schema, int depth) => type switch
    {
        "integer" => [JsonElement.Parse("7")],
        "number" => [JsonElement.Parse("1.5")],
        "boolean" => [JsonElement.Parse("true"), JsonElement.Parse("false")],
        "array" => Lists(schema, depth),
        "object" => Objects(schema, depth),
        _ => IsBase64(schema) ? [JsonLists.Text("eHl6")] : Texts.Select(JsonLists.Text),
    };

    private static IEnumerable<JsonElement> Lists(JsonElement schema, int depth)
    {
        var items = depth >= Deepest ? [JsonLists.Text(Texts[0])] : Of(schema.TryGetProperty("items", out var item) ? item : default, depth + 1).Take(Most).ToList();
        yield return JsonLists.Of([items[0], items[^1]]);
        yield return JsonLists.Of([items[Math.Min(1, items.Count - 1)], items[Math.Min(2, items.Count - 1)]]);
        yield return JsonLists.Of([items[0]]);
    }

    private static IEnumerable<JsonElement> Objects(JsonElement schema, int depth)
    {
        var fields = depth >= Deepest ? [] : SchemaFields.Of(schema).Select(field => (field.Name, field.IsRequired, Values: Of(field.Schema, depth + 1).Take(Most).ToList())).ToList();
        if (fields.Count == 0)
        {
            var others = depth < Deepest && schema.TryGetProperty("additionalProperties", out var open) && open.ValueKind == JsonValueKind.Object ? Of(open, depth + 1).First() : JsonLists.Text(Texts[0]);
            yield return Object([("k1", others), ("k2", others)]);
            yield break;
        }

        for (var round = 0; round < 3; round++)
        {
            yield return Object(fields.Select(field => (field.Name, field.Values[Math.Min(round, field.Values.Count - 1)])));
        }

        yield return Object((fields.Exists(static field => field.IsRequired) ? fields.Where(static field => field.IsRequired) : fields.Take(1)).Select(static field => (field.Name, field.Values[0])));
    }

    private static JsonElement Object(IEnumerable<(string Name, JsonElement Value)> fields) => JsonLists.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    });

    private static bool IsBase64(JsonElement schema) => schema.TryGetProperty("contentEncoding", out var encoding) && encoding.ValueKind == JsonValueKind.String && encoding.ValueEquals("base64");
}
