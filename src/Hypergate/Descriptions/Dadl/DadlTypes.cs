using System.Text.Json;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Finds the types that schemas name.</summary>
internal static class DadlTypes
{
    private const string Reference = "#/backend/types/";
    private const int Deepest = 32;

    /// <summary>The schema of a tool's answer with every type in its place; undefined where there is none.</summary>
    public static JsonElement Returns(DadlSection tool, IReadOnlyDictionary<string, JsonElement> types)
    {
        switch (tool.Find("returns"))
        {
            case null:
                return default;
            case DadlNode.Scalar scalar when types.TryGetValue(Plain(scalar.Text), out var type):
                return type;
            case DadlNode.Scalar scalar:
                tool.Fault(DadlRules.Unresolved, "returns", DadlFaults.WithNearest($"{DadlFaults.Quoted(scalar.Text)} is no type of this file", scalar.Text, types.Keys));
                return default;
            case var node:
                var schema = DadlJson.Of(node);
                foreach (var name in Names(schema, 0).Where(name => !types.ContainsKey(name)).Distinct(StringComparer.Ordinal))
                {
                    tool.Fault(DadlRules.Unresolved, "returns", DadlFaults.WithNearest($"{DadlFaults.Quoted(name)} is no type of this file", name, types.Keys));
                }

                return schema;
        }
    }

    private static string Plain(string name) => name.StartsWith(Reference, StringComparison.Ordinal) ? name[Reference.Length..] : name;

    private static IEnumerable<string> Names(JsonElement schema, int depth)
    {
        if (depth > Deepest)
        {
            yield break;
        }

        if (schema.ValueKind == JsonValueKind.Object)
        {
            if (schema.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String)
            {
                yield return Plain(reference.GetString()!);
            }

            if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is [>= 'A' and <= 'Z', ..] name)
            {
                yield return name;
            }
        }

        foreach (var inner in Children(schema).SelectMany(child => Names(child, depth + 1)))
        {
            yield return inner;
        }
    }

    private static IEnumerable<JsonElement> Children(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().Select(static property => property.Value),
        JsonValueKind.Array => schema.EnumerateArray(),
        _ => [],
    };
}
