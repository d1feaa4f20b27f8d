using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>
/// Properties that a platform alone writes (<c>readOnly</c>): in what is sent they have no place, and that they are required is said of
/// answers. They are marked while a schema is read, and taken out of the finished one, where all parts of an object stand together.
/// </summary>
internal static class ReadOnlyProperties
{
    private const string Mark = "readOnly";

    public static bool Is(JsonElement property) => property.ValueKind == JsonValueKind.Object && SchemaKeywords.IsTrue(property, Mark);

    public static JsonObject Marked() => new() { [Mark] = true };

    public static void Remove(JsonObject schema) => Remove(schema, []);

    /// <param name="schema">A schema, or a part of one.</param>
    /// <param name="ofWhole">The marked properties of the object that it is a part of.</param>
    private static void Remove(JsonObject schema, HashSet<string> ofWhole)
    {
        var marked = MarkedIn(schema).Concat(ofWhole).ToHashSet(StringComparer.Ordinal);
        if (marked.Count > 0)
        {
            Take(schema, marked);
        }

        foreach (var (keyword, value) in schema.ToList())
        {
            switch (keyword)
            {
                case "allOf" or "anyOf" or "oneOf":
                    Each(((JsonArray)value!).Select(static part => part), marked);
                    break;
                case "properties" or "patternProperties" or "$defs":
                    Each(((JsonObject)value!).Select(static property => property.Value), []);
                    break;
                case "prefixItems":
                    Each((JsonArray)value!, []);
                    break;
                case "items" or "additionalProperties" or "contains" or "not" when value is JsonObject inner:
                    Remove(inner, []);
                    break;
            }
        }
    }

    private static void Each(IEnumerable<JsonNode?> schemas, HashSet<string> ofWhole)
    {
        foreach (var schema in schemas)
        {
            if (schema is JsonObject inner)
            {
                Remove(inner, ofWhole);
            }
        }
    }

    private static IEnumerable<string> MarkedIn(JsonObject schema) =>
    [
        .. (schema["properties"] as JsonObject ?? []).Where(static property => property.Value is JsonObject inner && inner[Mark] is not null).Select(static property => property.Key),
        .. (schema["allOf"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(MarkedIn),
    ];

    private static void Take(JsonObject schema, HashSet<string> marked)
    {
        if (schema["properties"] is JsonObject properties)
        {
            foreach (var name in marked.Where(name => properties[name] is JsonObject inner && inner[Mark] is not null))
            {
                properties.Remove(name);
            }

            if (properties.Count == 0)
            {
                schema.Remove("properties");
            }
        }

        if (schema["required"] is JsonArray required)
        {
            schema["required"] = new JsonArray([.. required.Where(name => !marked.Contains(name!.GetValue<string>())).Select(static name => name!.DeepClone())]);
            if (schema["required"]!.AsArray().Count == 0)
            {
                schema.Remove("required");
            }
        }
    }
}
