using System.Text.Json;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Json;

/// <summary>Reads one entry of <c>join</c>: <c>{table, on: [{left, right}], type}</c> or <c>{table, foreignKey, primaryKey}</c>.</summary>
internal static class JsonJoinReader
{
    public static JoinNode Read(JsonElement value, Place place)
    {
        var parts = JsonParts.Of(value, place, ["table", "alias", "on", "type", "foreignKey", "primaryKey"]);
        var table = parts.Text("table") ?? throw new QueryException(QueryCode.BadJoin, "A join needs a table.", place);
        var type = parts.Text("type") ?? "inner";
        var isLeft = type.Equals("left", StringComparison.OrdinalIgnoreCase);
        if (!isLeft && !type.Equals("inner", StringComparison.OrdinalIgnoreCase))
        {
            throw new QueryException(QueryCode.BadJoin, $"A join is inner or left, not '{type}'.", parts.At("type"));
        }

        return new(new TableName(table, parts.Text("alias"), parts.At("table")), isLeft, Pairs(parts, place), place);
    }

    private static IReadOnlyList<JoinPair> Pairs(JsonParts parts, Place place)
    {
        if (!parts.Has("foreignKey") && !parts.Has("primaryKey"))
        {
            return [.. parts.Items("on").Select(static item => Pair(item.Value, item.Place))];
        }

        if (parts.Has("on"))
        {
            throw new QueryException(QueryCode.BadJoin, "A join has either on, or foreignKey and primaryKey.", place);
        }

        return [new(Field(parts, "foreignKey"), Field(parts, "primaryKey"), false, place)];
    }

    private static JoinPair Pair(JsonElement value, Place place)
    {
        var parts = JsonParts.Of(value, place, ["left", "right", "operator"]);
        var differs = (parts.Text("operator") ?? "=") switch
        {
            "=" or "==" => false,
            "!=" or "<>" => true,
            _ => throw new QueryException(QueryCode.BadJoin, "Tables are joined on equal columns.", parts.At("operator")),
        };
        return new(Field(parts, "left"), Field(parts, "right"), differs, place);
    }

    private static FieldName Field(JsonParts parts, string key) =>
        FieldName.Parse(parts.Text(key) ?? throw new QueryException(QueryCode.BadJoin, $"The join has no {key}.", parts.At(key)), parts.At(key));
}
