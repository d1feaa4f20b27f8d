using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tests.Tools.AllOperations;

/// <summary>Makes arguments that an operation's own schemas accept: from their examples where there are some, else from their words.</summary>
internal static class ExampleArguments
{
    public const string Id = "2f9d4a3e-1b6c-4d5e-8f70-9a8b7c6d5e4f";

    /// <param name="operation">What the arguments are for.</param>
    /// <param name="optional">Whether what may be left out is given too.</param>
    public static JsonElement For(Operation operation, bool optional)
    {
        var arguments = new JsonObject();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Required || optional))
        {
            arguments[parameter.Name] = parameter.Place == ParameterPlace.Path ? PathValue(parameter.Name) : Value(parameter.Schema, optional);
        }

        if (operation.Body is { } body && (body.Required || optional))
        {
            arguments["body"] = Value(body.Schema, optional);
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    /// <summary>The same for any API: path values fit their schemas too.</summary>
    public static JsonElement ForAny(Operation operation, bool optional)
    {
        var arguments = new JsonObject();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Required || optional))
        {
            arguments[parameter.Name] = Value(parameter.Schema, optional || parameter.Place == ParameterPlace.Path);
        }

        if (operation.Body is { } body && (body.Required || optional))
        {
            arguments["body"] = body.Schema.TryGetProperty("contentEncoding", out _) ? "eHl6" : Value(body.Schema, optional);
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    private static JsonNode PathValue(string name) => name switch
    {
        "tag" => "blue green/2",
        "data_source" => "vbd_xvda_read",
        _ => Id,
    };

    private static JsonNode? Value(JsonElement schema, bool optional)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return "x";
        }

        if (schema.TryGetProperty("examples", out var examples) && Fitting(schema, examples) is { } example)
        {
            return example;
        }

        if (schema.TryGetProperty("enum", out var words))
        {
            return JsonNode.Parse(words[0].GetRawText());
        }

        if (schema.TryGetProperty("const", out var only))
        {
            return JsonNode.Parse(only.GetRawText());
        }

        foreach (var choice in (string[])["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(choice, out var choices))
            {
                var values = choices.EnumerateArray().Select(inner => Value(Merged(schema, inner), optional)).ToList();
                return values.Find(value => Fits(schema, value)) ?? values[0];
            }
        }

        return schema.TryGetProperty("allOf", out var parts)
            ? Value(parts.EnumerateArray().Aggregate(schema, Merged), optional)
            : OfType(schema, optional);
    }

    private static JsonNode? OfType(JsonElement schema, bool optional) => Type(schema) switch
    {
        "object" => Object(schema, optional),
        "array" => Array(schema, optional),
        "integer" or "number" => JsonValue.Create(schema.TryGetProperty("minimum", out var least) ? (long)Math.Ceiling(least.GetDouble()) : 1),
        "boolean" => JsonValue.Create(true),
        "null" => null,
        "string" => Text(schema),
        _ => schema.TryGetProperty("properties", out _) ? Object(schema, optional) : "x",
    };

    private static string Type(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return "";
        }

        return type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Select(static one => one.GetString()!).First(static one => one != "null")
            : type.GetString()!;
    }

    private static JsonObject Object(JsonElement schema, bool optional)
    {
        var value = new JsonObject();
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var property in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
        {
            if (required.Contains(property.Name) || optional)
            {
                value[property.Name] = Value(property.Value, optional);
            }
        }

        return value;
    }

    private static JsonArray Array(JsonElement schema, bool optional)
    {
        var needed = schema.TryGetProperty("minItems", out var least) && least.GetInt32() > 0;
        return schema.TryGetProperty("items", out var items) && (needed || optional) ? [Value(items, optional)] : [];
    }

    private static string Text(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() switch
    {
        "uuid" => Id,
        "date-time" => "2026-01-02T03:04:05Z",
        "uri" or "url" => "https://example.com/a",
        _ => Plain(schema),
    }
    : Plain(schema);

    private static string Plain(JsonElement schema) => new('x', schema.TryGetProperty("minLength", out var least) ? Math.Max(1, least.GetInt32()) : 1);

    private static JsonNode? Fitting(JsonElement schema, JsonElement examples) =>
        examples.ValueKind == JsonValueKind.Array
            ? examples.EnumerateArray().Where(example => JsonSchemaCheck.Check(schema, example).Count == 0).Select(static example => JsonNode.Parse(example.GetRawText())).FirstOrDefault()
            : null;

    private static bool Fits(JsonElement schema, JsonNode? value) =>
        JsonSchemaCheck.Check(schema, JsonSerializer.SerializeToElement(value)).Count == 0;

    // One schema beside the choices of another: their properties and requirements together.
    private static JsonElement Merged(JsonElement outer, JsonElement inner)
    {
        var merged = JsonNode.Parse(inner.GetRawText()) as JsonObject ?? [];
        foreach (var word in outer.EnumerateObject().Where(static word => word.Name is "type" or "properties" or "required"))
        {
            merged[word.Name] = (merged[word.Name], JsonNode.Parse(word.Value.GetRawText())) switch
            {
                (JsonObject ours, JsonObject theirs) => new JsonObject(ours.Concat(theirs).DistinctBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))),
                (JsonArray ours, JsonArray theirs) => new JsonArray([.. ours.Concat(theirs).Select(static name => name?.DeepClone())]),
                (null, var theirs) => theirs,
                var (ours, _) => ours.DeepClone(),
            };
        }

        return JsonSerializer.SerializeToElement(merged);
    }
}
