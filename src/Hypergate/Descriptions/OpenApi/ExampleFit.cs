using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Finds examples that contradict their own schema: a model that copies one is refused.</summary>
internal static class ExampleFit
{
    /// <summary>Whether an object's property has a kind that its schema does not allow, or is not declared at all.</summary>
    public static bool Fits(JsonObject schema, JsonElement example)
    {
        if (example.ValueKind != JsonValueKind.Object || schema["properties"] is not JsonObject properties)
        {
            return true;
        }

        var isClosed = schema["additionalProperties"] is JsonValue open && !open.GetValue<bool>();
        foreach (var property in example.EnumerateObject())
        {
            if (properties[property.Name] is not JsonObject declared)
            {
                if (isClosed)
                {
                    return false;
                }
            }
            else if (declared["type"] is JsonValue type && !IsOf(property.Value.ValueKind, type.GetValue<string>()))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOf(JsonValueKind kind, string type) => type switch
    {
        "string" => kind == JsonValueKind.String,
        "number" or "integer" => kind == JsonValueKind.Number,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "array" => kind == JsonValueKind.Array,
        "object" => kind == JsonValueKind.Object,
        _ => kind == JsonValueKind.Null,
    };
}
