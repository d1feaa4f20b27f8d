using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>prefixItems, items, minItems, maxItems and uniqueItems.</summary>
internal sealed class ArrayRules(SchemaWalk walk, JsonElement schema, ValuePath path, int depth, Findings findings)
{
    public void Check(JsonElement value)
    {
        CheckLength(value.GetArrayLength());
        CheckItems(value);
        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True)
        {
            CheckUnique(value);
        }
    }

    private void CheckLength(int length)
    {
        if (Keyword.Count(schema, "minItems") is { } least && length < least)
        {
            findings.Add(new(path, FaultKind.Limit, $"must have at least {Words.Count(least, "item")}, but has {length}"));
        }

        if (Keyword.Count(schema, "maxItems") is { } most && length > most)
        {
            findings.Add(new(path, FaultKind.Limit, $"must have at most {Words.Count(most, "item")}, but has {length}"));
        }
    }

    private void CheckItems(JsonElement value)
    {
        var first = Keyword.Items(schema, "prefixItems");
        var hasRest = schema.TryGetProperty("items", out var rest);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (findings.Full)
            {
                return;
            }

            if (index < first.Count)
            {
                walk.Check(first[index], item, path.Item(index), depth + 1, findings);
            }
            else if (hasRest)
            {
                walk.Check(rest, item, path.Item(index), depth + 1, findings);
            }

            index++;
        }
    }

    private void CheckUnique(JsonElement value)
    {
        var seen = new HashSet<JsonElement>(JsonEquality.Instance);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!seen.Add(item))
            {
                findings.Add(new(path.Item(index), FaultKind.Limit, "must not be in the list twice"));
                return;
            }

            index++;
        }
    }
}
