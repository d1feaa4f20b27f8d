using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>
/// A property that tells which of several schemas an object has. JSON Schema knows no such thing, and alternatives that overlap would
/// refuse what fits two of them: so each is told which values the property has there.
/// </summary>
internal static class Discriminator
{
    /// <param name="schema">As it stands in the document.</param>
    /// <param name="word"><c>oneOf</c> or <c>anyOf</c>.</param>
    /// <param name="choices">Its alternatives as they were read, in the same order.</param>
    public static void Apply(JsonElement schema, string word, JsonArray choices)
    {
        if (!schema.TryGetProperty("discriminator", out var rule) || rule.ValueKind != JsonValueKind.Object
            || !rule.TryGetProperty("propertyName", out var named) || named.ValueKind != JsonValueKind.String)
        {
            return;
        }

        var property = named.GetString()!;
        var addresses = schema.GetProperty(word).EnumerateArray().Select(References.AddressIn).ToList();
        for (var index = 0; index < choices.Count; index++)
        {
            if (addresses[index] is { Length: > 0 } address)
            {
                choices[index] = Told((JsonObject)choices[index]!, property, ValuesOf(rule, address));
            }
        }
    }

    private static List<string> ValuesOf(JsonElement rule, string address)
    {
        var name = address[(address.LastIndexOf('/') + 1)..];
        List<string> values = rule.TryGetProperty("mapping", out var mapping) && mapping.ValueKind == JsonValueKind.Object
            ? [.. mapping.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String && entry.Value.GetString() is { } target && (target == address || target == name)).Select(static entry => entry.Name)]
            : [];
        return values.Count > 0 ? values : [name];
    }

    private static JsonObject Told(JsonObject choice, string property, List<string> values)
    {
        var told = new JsonObject
        {
            ["properties"] = new JsonObject { [property] = new JsonObject { ["enum"] = new JsonArray([.. values.Select(static value => (JsonNode)value)]) } },
            ["required"] = new JsonArray(property),
        };
        if (choice["properties"] is not JsonObject properties || choice.ContainsKey("allOf") || choice.ContainsKey("anyOf"))
        {
            return new JsonObject { ["allOf"] = new JsonArray(choice.DeepClone(), told) };
        }

        var whole = (JsonObject)choice.DeepClone();
        var own = (JsonObject)(properties[property] as JsonObject ?? []).DeepClone();
        own.Remove("const");
        own["enum"] = told["properties"]![property]!["enum"]!.DeepClone();
        whole["properties"]![property] = own;
        if (whole["required"] is not JsonArray required)
        {
            whole["required"] = new JsonArray(property);
        }
        else if (!required.Any(name => name!.GetValue<string>() == property))
        {
            required.Add((JsonNode)property);
        }

        return whole;
    }
}
