using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>
/// Checks values against JSON Schema 2020-12, the part that descriptions of APIs and our own settings use: types, enum, const,
/// objects, arrays, numbers, strings, anyOf, oneOf, allOf, not and references inside the document. Other keywords are ignored, and
/// so is a keyword whose own value makes no sense. <c>format</c> is named in messages but not checked.
/// </summary>
public static class JsonSchemaCheck
{
    /// <summary>
    /// The places where a value does not fit a schema; empty where it fits. Beyond its schema a value may not hold one property
    /// twice, text that is not Unicode, or more than 64 levels. Never throws for a bad schema: what cannot be checked does not pass.
    /// </summary>
    /// <param name="schema">A schema; references in it are looked up from here.</param>
    /// <param name="value">Any value but <c>Undefined</c>.</param>
    /// <param name="maxFaults">How many faults to look for.</param>
    public static IReadOnlyList<SchemaFault> Check(JsonElement schema, JsonElement value, int maxFaults = 20) =>
        [.. Find(schema, value, maxFaults).Select(static finding => new SchemaFault(finding.Path.ToString(), finding.Problem))];

    internal static IReadOnlyList<Finding> Find(JsonElement schema, JsonElement value, int maxFaults = 20)
    {
        var findings = new Findings(Math.Max(1, maxFaults));
        ValueShape.Check(value, ValuePath.Root, 0, findings);
        if (findings.List.Count > 0)
        {
            return findings.List;
        }

        try
        {
            new SchemaWalk(schema).Check(schema, value, ValuePath.Root, 0, findings);
        }
        catch (InvalidOperationException)
        {
            // A string of the schema that no .NET string can hold, such as half of a surrogate pair.
            findings.Add(new(ValuePath.Root, FaultKind.Unchecked, "cannot be checked: its schema is not valid Unicode text"));
        }

        return findings.List;
    }
}
