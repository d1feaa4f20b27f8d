using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>One check of one value: goes down schema and value together, with a limit for schemas that never end.</summary>
internal sealed class SchemaWalk(JsonElement root)
{
    private const int MaxDepth = 200;
    private const int MaxSteps = 200_000;
    private int _steps;

    public void Check(JsonElement schema, JsonElement value, ValuePath path, int depth, Findings findings)
    {
        if (findings.Full || schema.ValueKind == JsonValueKind.True)
        {
            return;
        }

        if (schema.ValueKind == JsonValueKind.False)
        {
            findings.Add(new(path, FaultKind.Unknown, "is not allowed here"));
            return;
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (depth > MaxDepth || ++_steps > MaxSteps)
        {
            findings.Add(new(path, FaultKind.Unchecked, "cannot be checked: its schema goes too deep"));
            return;
        }

        CheckReference(schema, value, path, depth, findings);
        CheckCombinations(schema, value, path, depth, findings);
        CheckHere(schema, value, path, depth, findings);
    }

    private void CheckReference(JsonElement schema, JsonElement value, ValuePath path, int depth, Findings findings)
    {
        if (!schema.TryGetProperty("$ref", out var reference) || reference.ValueKind != JsonValueKind.String)
        {
            return;
        }

        var address = reference.GetString()!;
        if (SchemaReferences.Find(root, address) is { } target)
        {
            Check(target, value, path, depth + 1, findings);
        }
        else
        {
            findings.Add(new(path, FaultKind.Unchecked, $"cannot be checked: its schema refers to {ValueText.Quote(address)}, which is not there"));
        }
    }

    private void CheckCombinations(JsonElement schema, JsonElement value, ValuePath path, int depth, Findings findings)
    {
        foreach (var part in Keyword.Items(schema, "allOf"))
        {
            Check(part, value, path, depth + 1, findings);
        }

        if (Keyword.Items(schema, "anyOf") is { Count: > 0 } anyOf)
        {
            Alternatives.Check(Try(anyOf), path, value, exactlyOne: false, findings);
        }

        if (Keyword.Items(schema, "oneOf") is { Count: > 0 } oneOf)
        {
            Alternatives.Check(Try(oneOf), path, value, exactlyOne: true, findings);
        }

        if (schema.TryGetProperty("not", out var not))
        {
            CheckNot(Try([not])[0].Findings.List);
        }

        void CheckNot(IReadOnlyList<Finding> found)
        {
            if (found.Count == 0)
            {
                findings.Add(new(path, FaultKind.Choice, "must be something else") { Actual = ValueText.Describe(value) });
            }

            findings.AddRange(found.Where(static finding => finding.Kind == FaultKind.Unchecked));
        }

        List<Alternative> Try(IReadOnlyList<JsonElement> schemas)
        {
            List<Alternative> tried = [];
            foreach (var alternative in schemas)
            {
                var found = new Findings(findings.Most);
                Check(alternative, value, path, depth + 1, found);
                tried.Add(new(found));
            }

            return tried;
        }
    }

    private void CheckHere(JsonElement schema, JsonElement value, ValuePath path, int depth, Findings findings)
    {
        var wanted = JsonTypes.Wanted(schema);
        if (wanted.Count > 0 && !wanted.Any(type => JsonTypes.Fits(type, JsonTypes.NameOf(value))))
        {
            findings.Add(SchemaTypeFault.For(schema, wanted, value, path));
            return;
        }

        ChoiceRules.Check(schema, value, path, findings);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                new ObjectRules(this, schema, path, depth, findings).Check(value);
                break;
            case JsonValueKind.Array:
                new ArrayRules(this, schema, path, depth, findings).Check(value);
                break;
            case JsonValueKind.String:
                StringRules.Check(schema, value.GetString()!, path, findings);
                break;
            case JsonValueKind.Number:
                NumberRules.Check(schema, value, path, findings);
                break;
        }
    }
}
