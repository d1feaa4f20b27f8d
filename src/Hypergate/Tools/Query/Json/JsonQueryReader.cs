using System.Text.Json;
using Hypergate.Schemas;
using Hypergate.Tools.Query.Text;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Json;

/// <summary>Reads the JSON form of a query.</summary>
internal static class JsonQueryReader
{
    private static readonly string[] Keys =
        ["from", "backends", "select", "join", "where", "groupBy", "having", "orderBy", "distinct", "limit", "offset", "format"];

    /// <param name="query">A JSON object.</param>
    /// <exception cref="QueryException">It is no query.</exception>
    public static QueryTree Read(JsonElement query)
    {
        var parts = JsonParts.Of(query, new Place(""), Keys);
        var tree = new QueryTree
        {
            From = new TableName(parts.Text("from") ?? throw new QueryException(QueryCode.UnknownTable, "The query says no table: from is missing.", parts.At("from")), null, parts.At("from")),
            Backends = Backends(parts),
            Select = [.. parts.Texts("select").Select(static item => TextQueryParser.SelectItem(item.Text, item.Place))],
            Joins = [.. parts.Items("join").Select(static item => JsonJoinReader.Read(item.Value, item.Place))],
            Where = parts.Get("where") is { } where ? JsonConditionReader.ReadRoot(where, parts.At("where")) : null,
            GroupBy = [.. parts.Texts("groupBy").Select(static item => FieldName.Parse(item.Text, item.Place))],
            Having = parts.Get("having") is { } having ? JsonConditionReader.ReadRoot(having, parts.At("having")) : null,
            OrderBy = [.. parts.Items("orderBy").Select(static item => Order(item.Value, item.Place))],
            Distinct = parts.Flag("distinct"),
            Limit = parts.Number("limit") ?? QueryTree.DefaultLimit,
            Offset = parts.Number("offset") ?? 0,
            Format = parts.Text("format"),
        };
        QueryLimits.Check(tree, parts.At("limit"), parts.At("offset"));
        return tree;
    }

    private static List<RawValue>? Backends(JsonParts parts)
    {
        List<RawValue> names = [.. parts.Texts("backends").Select(static item => new RawValue(RawKind.Text, item.Text, item.Place))];
        return names.Count == 0 || names.Exists(static name => name.Text == "*") ? null : names;
    }

    private static OrderItem Order(JsonElement value, Place place)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return new(TextQueryParser.Expression(value.GetString()!, place), false);
        }

        var parts = JsonParts.Of(value, place, ["field", "direction"]);
        var field = parts.Text("field") ?? throw new QueryException(QueryCode.UnknownField, "orderBy needs a field.", place);
        var direction = parts.Text("direction") ?? "asc";
        return direction.ToUpperInvariant() switch
        {
            "ASC" or "ASCENDING" => new(TextQueryParser.Expression(field, parts.At("field")), false),
            "DESC" or "DESCENDING" => new(TextQueryParser.Expression(field, parts.At("field")), true),
            _ => throw new QueryException(QueryCode.BadValue, "A direction is asc or desc.", parts.At("direction"), NearestName.Find(direction, ["asc", "desc"])),
        };
    }
}
