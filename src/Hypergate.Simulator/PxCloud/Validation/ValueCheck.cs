using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Description;

namespace Hypergate.Simulator.PxCloud.Validation;

/// <summary>Whether a value fits a schema of the description; unknown fields are left alone, as by the real one.</summary>
internal static class ValueCheck
{
    /// <summary>What is wrong, with the place; null where nothing is.</summary>
    public static string? Problem(JsonObject schema, JsonNode? value, string place)
    {
        schema = PxSchemas.Follow(schema);
        foreach (var word in (string[])["oneOf", "anyOf"])
        {
            if (schema[word] is JsonArray choices && !choices.Any(choice => Problem((JsonObject)choice!, value, place) is null))
            {
                return $"{place} fits none of its forms";
            }
        }

        if (schema["allOf"] is JsonArray parts && parts.Select(part => Problem((JsonObject)part!, value, place)).FirstOrDefault(static problem => problem is not null) is { } wrong)
        {
            return wrong;
        }

        return TypeProblem(schema, value, place) ?? value switch
        {
            JsonObject fields => FieldProblem(schema, fields, place),
            JsonArray items when schema["items"] is JsonObject inner => items.Select((item, index) => Problem(inner, item, $"{place}[{index}]")).FirstOrDefault(static problem => problem is not null),
            JsonValue plain => BoundProblem(schema, plain, place),
            _ => null,
        };
    }

    private static string? TypeProblem(JsonObject schema, JsonNode? value, string place)
    {
        string[] types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(static type => type!.GetValue<string>())],
            JsonValue one => [one.GetValue<string>()],
            _ => [],
        };
        return types.Length == 0 || types.Any(type => IsOf(type, value)) ? null : $"{place} must be of type {string.Join(" or ", types)}";
    }

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", var kind) => kind == JsonValueKind.Null,
        ("string", var kind) => kind == JsonValueKind.String,
        ("boolean", var kind) => kind is JsonValueKind.True or JsonValueKind.False,
        ("number", var kind) => kind == JsonValueKind.Number,
        ("integer", JsonValueKind.Number) => value!.AsValue().TryGetValue<long>(out _) || value.AsValue().TryGetValue<int>(out _),
        ("array", var kind) => kind == JsonValueKind.Array,
        ("object", var kind) => kind == JsonValueKind.Object,
        _ => false,
    };

    private static string? FieldProblem(JsonObject schema, JsonObject fields, string place)
    {
        foreach (var name in schema["required"] as JsonArray ?? [])
        {
            if (!fields.ContainsKey(name!.GetValue<string>()))
            {
                return $"{place}.{name} is missing";
            }
        }

        foreach (var (name, inner) in schema["properties"] as JsonObject ?? [])
        {
            if (fields.TryGetPropertyValue(name, out var value) && Problem((JsonObject)inner!, value, $"{place}.{name}") is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? BoundProblem(JsonObject schema, JsonValue value, string place)
    {
        if (schema["enum"] is JsonArray values && !values.Any(known => known?.GetValue<string>() == (value.TryGetValue<string>(out var word) ? word : null)))
        {
            return $"{place} must be one of {string.Join(", ", values.Where(static known => known is not null))}";
        }

        if (value.TryGetValue<string>(out var text))
        {
            return text.Length < (schema["minLength"]?.GetValue<int>() ?? 0) || text.Length > (schema["maxLength"]?.GetValue<int>() ?? int.MaxValue)
                ? $"{place} must have {schema["minLength"]} to {schema["maxLength"]} characters"
                : null;
        }

        return value.TryGetValue<long>(out var number) && (number < (schema["minimum"]?.GetValue<int>() ?? long.MinValue) || number > (schema["maximum"]?.GetValue<int>() ?? long.MaxValue))
            ? $"{place} must be between {schema["minimum"]} and {schema["maximum"]}"
            : null;
    }
}
