using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>The words that combine schemas.</summary>
internal static class SchemaCombinations
{
    public static void Check(SchemaWalk walk, JsonElement schema, JsonElement value, string path, int depth, FaultList faults)
    {
        foreach (var part in List(schema, "allOf"))
        {
            walk.Check(part, value, path, depth + 1);
        }

        CheckAny(walk, List(schema, "anyOf"), value, path, depth, faults);
        CheckAny(walk, List(schema, "oneOf"), value, path, depth, faults);
        CheckOnlyOne(walk, List(schema, "oneOf"), value, path, depth, faults);
        if (schema.TryGetProperty("not", out var not) && walk.Fits(not, value, path, depth))
        {
            faults.Add(path, "has a form that is not allowed");
        }
    }

    // Where no alternative fits, the one with the fewest faults was probably meant.
    private static void CheckAny(SchemaWalk walk, List<JsonElement> parts, JsonElement value, string path, int depth, FaultList faults)
    {
        IReadOnlyList<SchemaFault>? nearest = null;
        foreach (var part in parts)
        {
            var found = walk.Faults(part, value, path, depth);
            if (found.Count == 0)
            {
                return;
            }

            if (nearest is null || found.Count < nearest.Count)
            {
                nearest = found;
            }
        }

        if (nearest is not null)
        {
            foreach (var fault in nearest)
            {
                faults.Add(fault.Path, parts.Count > 1 ? $"{fault.Problem} (in the nearest of {parts.Count} allowed forms)" : fault.Problem);
            }
        }
    }

    private static void CheckOnlyOne(SchemaWalk walk, List<JsonElement> parts, JsonElement value, string path, int depth, FaultList faults)
    {
        if (parts.Count(part => walk.Fits(part, value, path, depth)) > 1)
        {
            faults.Add(path, "fits more than one of the forms of which only one is allowed");
        }
    }

    private static List<JsonElement> List(JsonElement schema, string word) =>
        schema.TryGetProperty(word, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
}
