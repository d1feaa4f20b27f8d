using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>The schemas of the description, with their references followed.</summary>
internal sealed class Schemas(JsonObject document)
{
    private const string Prefix = "#/components/schemas/";

    /// <summary>The schema itself: no reference, no list of one.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        while (true)
        {
            if (schema["$ref"] is { } reference)
            {
                schema = document["components"]!["schemas"]![reference.GetValue<string>()[Prefix.Length..]]!.AsObject();
            }
            else if ((schema["allOf"] ?? schema["anyOf"]) is JsonArray { Count: 1 } only && !IsNullable(schema))
            {
                schema = only[0]!.AsObject();
            }
            else
            {
                return schema;
            }
        }
    }

    public static bool IsNullable(JsonObject schema) => schema["nullable"]?.GetValue<bool>() ?? false;

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonObject schema) => schema["properties"]?.AsObject() ?? [];

    public static bool IsRequired(JsonObject schema, string property) =>
        schema["required"]?.AsArray().Any(name => name!.GetValue<string>() == property) ?? false;

    /// <summary>The schemas of the parts: <c>allOf</c> or <c>anyOf</c>.</summary>
    public static IEnumerable<JsonObject> Parts(JsonObject schema, string word) =>
        schema[word]!.AsArray().Select(part => part!.AsObject());
}
