using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>The keywords of a schema that hold no schemas: which are kept, and in which form.</summary>
internal static class SchemaKeywords
{
    private static readonly HashSet<string> Narrowing = new(StringComparer.Ordinal)
    {
        "type", "properties", "required", "enum", "const", "allOf", "anyOf", "oneOf", "not", "items", "additionalProperties", "default", "pattern", "format",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    };

    /// <summary>Whether a schema says more of its values than that they are those of its reference.</summary>
    public static bool Narrows(JsonElement schema) => schema.EnumerateObject().Any(static keyword => Narrowing.Contains(keyword.Name));

    /// <summary>Adds the keyword where it is one of JSON Schema and well formed; returns how many parts it has.</summary>
    /// <exception cref="UnusableOperationException">A type that does not exist, an enum that is not a list.</exception>
    public static int Add(JsonObject schema, JsonProperty keyword, JsonElement whole)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                schema["type"] = Type(value);
                return 1;
            case "enum":
                schema["enum"] = Enum(value);
                return value.GetArrayLength();
            case "required" when value.ValueKind == JsonValueKind.Array:
                return AddRequired(schema, value);
            case "exclusiveMinimum" or "exclusiveMaximum" when value.ValueKind is JsonValueKind.True:
                return AddExclusive(schema, keyword.Name, whole);
            case "format" when value.ValueKind == JsonValueKind.String && !IsWidth(value.GetString()):
            case "pattern" or "contentEncoding" or "contentMediaType" when value.ValueKind == JsonValueKind.String:
            case "uniqueItems" or "deprecated" when value.ValueKind == JsonValueKind.True:
            case "minimum" or "maximum" or "multipleOf" or "exclusiveMinimum" or "exclusiveMaximum"
                or "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties"
                when value.ValueKind == JsonValueKind.Number:
            case "default" or "const":
            case "examples" when value.ValueKind == JsonValueKind.Array:
                schema[keyword.Name] = Copy(value);
                return 1;
            case "example":
                schema["examples"] = new JsonArray(Copy(value));
                return 1;
            default:
                return 0;
        }
    }

    /// <summary>The same schema, and null as well.</summary>
    public static JsonObject OrNull(JsonObject schema)
    {
        if (schema["const"] is { } only)
        {
            schema.Remove("const");
            schema["enum"] = new JsonArray(only);
        }

        if (schema["enum"] is JsonArray values && values.All(static value => value is not null))
        {
            values.Add((JsonNode?)null);
        }

        switch (schema)
        {
            case var _ when schema["type"] is JsonArray types:
                AddOnce(types, "null");
                return schema;
            case var _ when schema["type"] is { } type:
                schema["type"] = new JsonArray(type.DeepClone(), "null");
                return schema;
            case var _ when schema["anyOf"] is JsonArray choices:
                choices.Add((JsonNode)new JsonObject { ["type"] = "null" });
                return schema;
            case var _ when schema.ContainsKey("oneOf") || schema.ContainsKey("allOf") || schema.ContainsKey("$ref"):
                return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
            default:
                return schema;
        }
    }

    /// <summary>Whether the value may be null, in the words of OpenAPI 3.0 or, as a custom, of Swagger 2.</summary>
    public static bool IsNullable(JsonElement schema) => IsTrue(schema, "nullable") || IsTrue(schema, "x-nullable");

    public static bool IsTrue(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A text of the document as one short line; null where there is none.</summary>
    public static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? OneLine(value) : null;

    public static JsonNode? Copy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    private static string? OneLine(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? DescriptionText.OneLine(value.GetString(), DescriptionText.LongestNote)
        : null;

    private static JsonNode Type(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TypeName(value),
        JsonValueKind.Array when value.GetArrayLength() is > 0 and < 8 =>
            new JsonArray([.. value.EnumerateArray().Select(static type => (JsonNode)TypeName(type))]),
        _ => throw new UnusableOperationException("the type of one of its schemas is not a name"),
    };

    private static string TypeName(JsonElement value) => value.ValueKind == JsonValueKind.String
        && value.GetString() is "string" or "number" or "integer" or "boolean" or "object" or "array" or "null"
            ? value.GetString()!
            : throw new UnusableOperationException("one of its schemas has a type that does not exist");

    private static JsonArray Enum(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            ? JsonArray.Create(value)!
            : throw new UnusableOperationException("the enum of one of its schemas is not a list of values");

    private static int AddRequired(JsonObject schema, JsonElement value)
    {
        var names = new JsonArray();
        foreach (var name in value.EnumerateArray())
        {
            if (name.ValueKind == JsonValueKind.String)
            {
                AddOnce(names, name.GetString()!);
            }
        }

        if (names.Count > 0)
        {
            schema["required"] = names;
        }

        return names.Count;
    }

    // OpenAPI 3.0 says true beside the limit, JSON Schema gives the limit itself.
    private static int AddExclusive(JsonObject schema, string keyword, JsonElement whole)
    {
        var limit = keyword == "exclusiveMinimum" ? "minimum" : "maximum";
        if (whole.TryGetProperty(limit, out var value) && value.ValueKind == JsonValueKind.Number)
        {
            schema[keyword] = Copy(value);
        }

        return 1;
    }

    // Widths of numbers say nothing to a caller, but that an integer may be larger than JavaScript can hold.
    private static bool IsWidth(string? format) => format is "double" or "float" or "int32";

    private static void AddOnce(JsonArray names, string name)
    {
        if (!names.Any(known => known?.GetValue<string>() == name))
        {
            names.Add((JsonNode)name);
        }
    }
}
