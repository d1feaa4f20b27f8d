using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>The words about properties.</summary>
internal static class SchemaObjects
{
    public static void Check(SchemaWalk walk, JsonElement schema, JsonElement value, string path, int depth, FaultList faults)
    {
        CheckRequired(schema, value, path, faults);
        var properties = schema.TryGetProperty("properties", out var declared) && declared.ValueKind == JsonValueKind.Object ? declared : default;
        var others = schema.TryGetProperty("additionalProperties", out var rule) ? rule : default;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var own = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!seen.Add(property.Name))
            {
                faults.Add(own, "is given twice");
            }
            else if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(property.Name, out var known))
            {
                walk.Check(known, property.Value, own, depth + 1);
            }
            else if (others.ValueKind == JsonValueKind.False)
            {
                faults.Add(own, Unknown(property.Name, properties));
            }
            else if (others.ValueKind == JsonValueKind.Object)
            {
                walk.Check(others, property.Value, own, depth + 1);
            }
        }
    }

    private static void CheckRequired(JsonElement schema, JsonElement value, string path, FaultList faults)
    {
        if (!schema.TryGetProperty("required", out var required) || required.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var name in required.EnumerateArray())
        {
            if (name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
            {
                faults.Add(path.Length == 0 ? name.GetString()! : $"{path}.{name.GetString()}", "is required");
            }
        }
    }

    private static string Unknown(string name, JsonElement properties)
    {
        var known = properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject().Select(static property => property.Name).ToList() : [];
        if (NearestName.Find(name, known) is { } nearest)
        {
            return $"is not known; did you mean '{nearest}'?";
        }

        return known.Count == 0 ? "is not known; nothing is expected here" : $"is not known; known are {string.Join(", ", known.Take(20))}";
    }
}
