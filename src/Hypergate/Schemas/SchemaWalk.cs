using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>One walk through a schema and a value side by side.</summary>
internal sealed class SchemaWalk(JsonElement root, FaultList faults)
{
    private const int Deepest = 64;

    public void Check(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (faults.IsFull)
        {
            return;
        }

        if (depth > Deepest)
        {
            faults.Add(path, $"is nested more than {Deepest} levels deep");
            return;
        }

        if (schema.ValueKind == JsonValueKind.False)
        {
            faults.Add(path, "is not allowed");
            return;
        }

        if (schema.ValueKind == JsonValueKind.Object)
        {
            CheckObjectSchema(schema, value, path, depth);
        }
    }

    /// <summary>Whether the value fits, without telling why not.</summary>
    public bool Fits(JsonElement schema, JsonElement value, string path, int depth) => Faults(schema, value, path, depth).Count == 0;

    /// <summary>What does not fit, apart from what was found elsewhere.</summary>
    public IReadOnlyList<SchemaFault> Faults(JsonElement schema, JsonElement value, string path, int depth)
    {
        var own = new FaultList(5, faults.TellsValues);
        new SchemaWalk(root, own).Check(schema, value, path, depth + 1);
        return own.All;
    }

    private void CheckObjectSchema(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            if (Resolve(reference) is { } target)
            {
                Check(target, value, path, depth + 1);
            }
        }

        if (!SchemaTypes.Fits(schema, value))
        {
            faults.Add(path, $"must be {SchemaTypes.Words(schema)}, but is {faults.Words(value)}");
            return;
        }

        CheckChoice(schema, value, path);
        SchemaValues.Check(schema, value, path, faults);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                SchemaObjects.Check(this, schema, value, path, depth, faults);
                break;
            case JsonValueKind.Array:
                SchemaArrays.Check(this, schema, value, path, depth, faults);
                break;
        }

        SchemaCombinations.Check(this, schema, value, path, depth, faults);
    }

    private void CheckChoice(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
        {
            faults.Add(path, $"must be {constant.GetRawText()}");
        }

        if (!schema.TryGetProperty("enum", out var choices) || choices.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var choice in choices.EnumerateArray())
        {
            if (JsonElement.DeepEquals(choice, value))
            {
                return;
            }
        }

        var known = choices.EnumerateArray().Select(static choice => choice.ToString()).ToList();
        var nearest = value.ValueKind == JsonValueKind.String ? NearestName.Find(value.GetString()!, known) : null;
        faults.Add(path, nearest is null
            ? $"must be one of {string.Join(", ", known.Take(20))}, but is {faults.Words(value)}"
            : $"is {faults.Words(value)}; did you mean '{nearest}'?");
    }

    // Only references into the same document: "#" and "#/$defs/name".
    private JsonElement? Resolve(JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String || reference.GetString() is not ['#', .. var pointer])
        {
            return null;
        }

        var target = root;
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(name, out target))
            {
                return null;
            }
        }

        return target;
    }
}
