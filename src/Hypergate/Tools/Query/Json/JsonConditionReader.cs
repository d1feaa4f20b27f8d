using System.Text.Json;
using Hypergate.Tools.Query.Text;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Json;

/// <summary>Reads <c>where</c> and <c>having</c>: what has a <c>field</c> is a comparison, what has <c>conditions</c> is a group.</summary>
internal static class JsonConditionReader
{
    private static readonly string[] Keys = ["field", "operator", "value", "conditions", "logic", "not"];

    /// <summary>The whole condition; null where it is a group without conditions, which asks for nothing.</summary>
    public static Condition? ReadRoot(JsonElement value, Place place) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("conditions", out var conditions) && !value.TryGetProperty("field", out _)
            && conditions.ValueKind == JsonValueKind.Array && conditions.GetArrayLength() == 0
            ? null
            : Read(value, place);

    private static Condition Read(JsonElement value, Place place)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new QueryException(QueryCode.BadLogic, "A condition is an object with field, operator and value, or with logic and conditions.", place);
        }

        var parts = JsonParts.Of(value, place, Keys);
        var isAny = IsAny(parts);
        var isNegated = parts.Flag("not");
        if (parts.Has("field") == parts.Has("conditions"))
        {
            throw new QueryException(QueryCode.BadLogic, "A condition has either a field or conditions.", place);
        }

        if (parts.Has("field"))
        {
            return Leaf(parts, isNegated, place);
        }

        List<Condition> children = [.. parts.Items("conditions").Select(static item => Read(item.Value, item.Place))];
        return children.Count > 0
            ? new ConditionGroup(children, isAny, isNegated, place)
            : throw new QueryException(QueryCode.BadLogic, "The group has no conditions.", parts.At("conditions"));
    }

    private static bool IsAny(JsonParts parts) => parts.Text("logic")?.ToUpperInvariant() switch
    {
        null or "AND" => false,
        "OR" => true,
        _ => throw new QueryException(QueryCode.BadLogic, "logic is and or or.", parts.At("logic")),
    };

    private static ConditionLeaf Leaf(JsonParts parts, bool isNegated, Place place)
    {
        var name = parts.Text("operator") ?? throw new QueryException(QueryCode.BadOperator, "The condition has no operator.", place, OperatorNames.Offered);
        var (found, negates) = OperatorNames.Find(name)
            ?? throw new QueryException(QueryCode.BadOperator, $"There is no operator '{name}'.", parts.At("operator"), OperatorNames.Offered);
        var operand = TextQueryParser.Expression(parts.Text("field")!, parts.At("field"));
        List<RawValue> values = [.. parts.Items("value").Select(item => Value(item.Value, parts.At("value")))];
        return new(operand, found, values, isNegated != negates, parts.Has("value") ? parts.At("value") : place);
    }

    private static RawValue Value(JsonElement value, Place place) => value.ValueKind switch
    {
        JsonValueKind.String => new(RawKind.Text, value.GetString()!, place),
        JsonValueKind.Number => new(RawKind.Number, value.GetRawText(), place),
        JsonValueKind.True => new(RawKind.Bool, "true", place),
        JsonValueKind.False => new(RawKind.Bool, "false", place),
        _ => throw new QueryException(QueryCode.BadValue, "A value is a text, a number, true or false.", place, "For missing values use ISNULL."),
    };
}
