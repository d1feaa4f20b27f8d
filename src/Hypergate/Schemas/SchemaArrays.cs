using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>The words about items.</summary>
internal static class SchemaArrays
{
    private const int MostCompared = 1_000;

    public static void Check(SchemaWalk walk, JsonElement schema, JsonElement value, string path, int depth, FaultList faults)
    {
        var length = value.GetArrayLength();
        if (Number(schema, "minItems") is { } least && length < least)
        {
            faults.Add(path, $"must have at least {least} items");
        }

        if (Number(schema, "maxItems") is { } most && length > most)
        {
            faults.Add(path, $"must have at most {most} items");
        }

        CheckUnique(schema, value, path, faults);
        CheckItems(walk, schema, value, path, depth);
    }

    private static void CheckItems(SchemaWalk walk, JsonElement schema, JsonElement value, string path, int depth)
    {
        var first = schema.TryGetProperty("prefixItems", out var prefix) && prefix.ValueKind == JsonValueKind.Array ? prefix.GetArrayLength() : 0;
        var hasItems = schema.TryGetProperty("items", out var items);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (index < first)
            {
                walk.Check(prefix[index], item, $"{path}[{index}]", depth + 1);
            }
            else if (hasItems)
            {
                walk.Check(items, item, $"{path}[{index}]", depth + 1);
            }

            index++;
        }
    }

    private static void CheckUnique(JsonElement schema, JsonElement value, string path, FaultList faults)
    {
        if (!schema.TryGetProperty("uniqueItems", out var unique) || unique.ValueKind != JsonValueKind.True || value.GetArrayLength() > MostCompared)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in value.EnumerateArray())
        {
            if (!seen.Add(item.GetRawText()))
            {
                faults.Add(path, $"holds {faults.Words(item)} twice");
                return;
            }
        }
    }

    private static int? Number(JsonElement schema, string word) =>
        schema.TryGetProperty(word, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
