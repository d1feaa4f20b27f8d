using Hypergate.Inventory.Tables;
using Hypergate.Schemas;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Planning;

/// <summary>The tables of a query, and what names mean among them.</summary>
internal sealed class QueryScope
{
    private readonly List<QuerySource> _sources = [];

    public IReadOnlyList<QuerySource> Sources => _sources;

    /// <summary>Whether all joined tables have the same backend in a row.</summary>
    public bool IsSameBackend { get; set; } = true;

    public void Add(QuerySource source) => _sources.Add(source);

    public ColumnDefinition Column(Slot slot) => _sources[slot.Source].Table.Columns[slot.Column];

    public ColumnType Type(Slot slot) => Column(slot).Type;

    /// <summary>The tables that a name means: one, or all.</summary>
    public IReadOnlyList<QuerySource> Called(string? name, Place place)
    {
        if (name is null)
        {
            return _sources;
        }

        var plain = TableNames.Plain(name);
        foreach (var source in _sources)
        {
            if (TableNames.Plain(source.Name) == plain || TableNames.Plain(source.Name).TrimEnd('s') == plain)
            {
                return [source];
            }
        }

        throw new QueryException(
            QueryCode.UnknownTable,
            $"The query has no table '{TableNames.Shown(name)}'.",
            place,
            $"It has {string.Join(", ", _sources.Select(static source => source.Name))}.");
    }

    /// <summary>The one column that a name means.</summary>
    /// <exception cref="QueryException">It means none, or several.</exception>
    public Slot Resolve(FieldName field) => Resolve(field, Called(field.Table, field.Place));

    public Slot Resolve(FieldName field, IReadOnlyList<QuerySource> among)
    {
        var plain = TableNames.Plain(field.Name);
        List<QuerySource> own = [.. among.Where(source => source.Table.Columns.Any(column => TableNames.Plain(column.Name) == plain))];
        var found = own;
        if (own.Count == 0)
        {
            found = [.. among.Where(source => TableNames.IndexOf(source.Table, field.Name) >= 0)];
        }

        if (found.Count > 1 && plain == "backend" && IsSameBackend)
        {
            found = [found[0]];
        }

        return found switch
        {
            [var source] => source.Use(TableNames.IndexOf(source.Table, field.Name)),
            [] => throw Unknown(field, among),
            _ => throw new QueryException(
                QueryCode.AmbiguousField,
                $"'{field}' is a column of {string.Join(" and ", found.Select(static source => source.Name))}.",
                field.Place,
                $"Write {string.Join(" or ", found.Select(source => $"{source.Name}.{field.Name}"))}."),
        };
    }

    private static QueryException Unknown(FieldName field, IReadOnlyList<QuerySource> among)
    {
        var names = among.SelectMany(static source => source.Table.Columns.Select(static column => column.Name)).Distinct(StringComparer.Ordinal);
        var tables = string.Join(", ", among.Select(static source => source.Table.Name));
        return new(
            QueryCode.UnknownField,
            $"There is no column '{TableNames.Shown(field.Name)}' in {tables}.",
            field.Place,
            NearestName.Find(field.Name, names) is { } near ? $"Did you mean {near}?" : $"get_query_schema lists the columns of {tables}.");
    }
}
