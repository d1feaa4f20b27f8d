using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>properties, patternProperties, additionalProperties and required.</summary>
internal sealed class ObjectRules(SchemaWalk walk, JsonElement schema, ValuePath path, int depth, Findings findings)
{
    private readonly JsonElement? _properties = Keyword.Object(schema, "properties");
    private readonly JsonElement? _patterns = Keyword.Object(schema, "patternProperties");
    private readonly JsonElement? _others = schema.TryGetProperty("additionalProperties", out var others) ? others : null;

    public void Check(JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (findings.Full)
            {
                return;
            }

            CheckProperty(property.Name, property.Value, value);
        }

        foreach (var name in Keyword.Items(schema, "required"))
        {
            if (name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
            {
                findings.Add(new(path.Property(name.GetString()!), FaultKind.Missing, "is required"));
            }
        }
    }

    private void CheckProperty(string name, JsonElement value, JsonElement whole)
    {
        var below = path.Property(name);
        var isKnown = _properties?.TryGetProperty(name, out _) ?? false;
        if (isKnown)
        {
            walk.Check(_properties!.Value.GetProperty(name), value, below, depth + 1, findings);
        }

        foreach (var pattern in _patterns?.EnumerateObject() ?? default)
        {
            if (SchemaPatterns.Matches(pattern.Name, name) is not false)
            {
                isKnown = true;
                walk.Check(pattern.Value, value, below, depth + 1, findings);
            }
        }

        if (isKnown || _others is not { } others)
        {
            return;
        }

        if (others.ValueKind == JsonValueKind.False)
        {
            findings.Add(new(below, FaultKind.Unknown, "is not a known property") { Hint = Hint(name, whole) });
            return;
        }

        walk.Check(others, value, below, depth + 1, findings);
    }

    /// <summary>Names that the value has already are not what the wrong one was meant to be.</summary>
    private string Hint(string name, JsonElement whole)
    {
        string[] known = [.. (_properties?.EnumerateObject() ?? default).Select(static property => property.Name)];
        var free = known.Where(candidate => !whole.TryGetProperty(candidate, out _));
        return NearestName.Find(name, free) is { } nearest ? $"; did you mean '{nearest}'?"
            : known.Length == 0 ? "; none is known here"
            : $"; known are {Words.List(known)}";
    }
}
