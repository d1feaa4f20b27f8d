using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>
/// Checks a value against JSON Schema 2020-12, as far as descriptions of APIs use it: types, enums, objects, arrays, numbers,
/// texts, combinations, local references. <c>format</c> is a note. A schema that cannot be understood lets everything pass.
/// </summary>
public static class JsonSchemaCheck
{
    /// <summary>What does not fit; empty where all does.</summary>
    /// <param name="schema">The schema: an object, <c>true</c> or <c>false</c>.</param>
    /// <param name="value">The value to check.</param>
    /// <param name="maxFaults">Where to stop looking.</param>
    /// <param name="tellValues">Whether a fault may quote the value; not where that may be a secret.</param>
    public static IReadOnlyList<SchemaFault> Check(JsonElement schema, JsonElement value, int maxFaults = 20, bool tellValues = true)
    {
        var faults = new FaultList(maxFaults, tellValues);
        new SchemaWalk(schema, faults).Check(schema, value, "", 0);
        return faults.All;
    }
}
