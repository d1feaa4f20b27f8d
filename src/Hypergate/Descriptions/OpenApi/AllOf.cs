using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>
/// Merges the members of <c>allOf</c>, because closed objects cannot be joined by it: plain objects become one, a choice
/// among plain objects becomes a choice among the merged ones. What is neither stays as it is, and stays open.
/// </summary>
internal static class AllOf
{
    private const int MostChoices = 64;

    /// <param name="beside">The keywords that stand beside <c>allOf</c>.</param>
    public static JsonObject Merge(JsonObject beside, JsonArray members, ReadingBudget budget)
    {
        var parts = members.Select(static member => (JsonObject)member!).ToList();
        members.Clear();
        if (parts is [var only] && IsAnnotation(beside))
        {
            return Annotate(only, beside);
        }

        if (!IsAnnotation(beside))
        {
            parts.Insert(0, beside);
        }

        if (parts.TrueForAll(static part => IsPlain(part) || IsChoice(part)) && Product(parts) <= MostChoices)
        {
            return Annotate(Join(parts, budget), beside);
        }

        return Annotate(new JsonObject { ["allOf"] = new JsonArray([.. parts]) }, beside);
    }

    private static JsonObject Join(List<JsonObject> parts, ReadingBudget budget)
    {
        List<JsonObject> choices = [[]];
        foreach (var part in parts)
        {
            JsonObject[] alternatives = part["anyOf"] is JsonArray any ? [.. any.Select(static one => (JsonObject)one!)] : [part];
            budget.SpendNodes(choices.Count * alternatives.Sum(Weight));
            choices = [.. choices.SelectMany(choice => alternatives.Select(alternative => Union(choice, alternative)))];
        }

        return choices is [var single] ? single : new JsonObject { ["anyOf"] = new JsonArray([.. choices]) };
    }

    private static JsonObject Union(JsonObject left, JsonObject right)
    {
        var union = (JsonObject)left.DeepClone();
        foreach (var (keyword, value) in right)
        {
            union[keyword] = (keyword, union[keyword]) switch
            {
                ("properties", JsonObject properties) => Properties(properties, (JsonObject)value!),
                ("required", JsonArray required) => Names(required, (JsonArray)value!),
                (_, { } same) => same.DeepClone(),
                _ => value?.DeepClone(),
            };
        }

        return union;
    }

    private static JsonObject Properties(JsonObject left, JsonObject right)
    {
        var union = (JsonObject)left.DeepClone();
        foreach (var (name, schema) in right)
        {
            union[name] = union[name] is { } known && !JsonNode.DeepEquals(known, schema)
                ? new JsonObject { ["allOf"] = new JsonArray(known.DeepClone(), schema!.DeepClone()) }
                : schema!.DeepClone();
        }

        return union;
    }

    private static JsonArray Names(JsonArray left, JsonArray right) =>
        new([.. left.Concat(right)
            .Select(static name => name!.GetValue<string>())
            .Distinct(StringComparer.Ordinal)
            .Select(static name => (JsonNode)name)]);

    private static JsonObject Annotate(JsonObject schema, JsonObject beside)
    {
        foreach (var (keyword, value) in beside)
        {
            if (keyword is "description" or "default" or "examples" or "deprecated")
            {
                schema[keyword] = value?.DeepClone();
            }
        }

        return schema;
    }

    private static bool IsAnnotation(JsonObject schema) =>
        schema.All(static keyword => keyword.Key is "description" or "default" or "examples" or "deprecated");

    private static bool IsPlain(JsonObject schema) => schema.All(static keyword => keyword switch
    {
        { Key: "properties" or "required" or "description" or "examples" } => true,
        { Key: "type", Value: JsonValue type } => type.GetValue<string>() == "object",
        { Key: "additionalProperties", Value: JsonValue open } => !open.GetValue<bool>(),
        _ => false,
    });

    private static bool IsChoice(JsonObject schema) =>
        schema["anyOf"] is JsonArray choices
        && schema.All(static keyword => keyword.Key is "anyOf" or "description" or "examples")
        && choices.All(static choice => IsPlain((JsonObject)choice!));

    private static int Product(List<JsonObject> parts) =>
        parts.Aggregate(1, static (product, part) => Math.Min(product * ((part["anyOf"] as JsonArray)?.Count ?? 1), 10_000));

    private static int Weight(JsonObject schema) => 1 + ((schema["properties"] as JsonObject)?.Count ?? 0);
}
