using System.Text.RegularExpressions;
using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Planning;

/// <summary>Finds what each column of an answer is, and what it is called.</summary>
/// <param name="scope">The tables.</param>
/// <param name="groups">The groups; null where rows stay as they are.</param>
internal sealed partial class OutputPlanner(QueryScope scope, GroupScope? groups)
{
    private readonly List<(OutputColumn Column, string? Table, bool IsNamed, Place Place)> _columns = [];

    public IReadOnlyList<OutputColumn> Plan(IReadOnlyList<SelectItem> select)
    {
        foreach (var item in select)
        {
            Add(item);
        }

        if (select.Count == 0)
        {
            AddDefaults();
        }

        return Named();
    }

    private void Add(SelectItem item)
    {
        if (item.Alias is { } alias && !PlainName().IsMatch(alias))
        {
            throw new QueryException(QueryCode.BadAlias, $"'{TableNames.Shown(alias)}' is no name.", item.Place, "Letters, digits and _, at most 64.");
        }

        if (item.Expression is AllExpression all)
        {
            AddAll(all, item.Alias);
            return;
        }

        var (slot, type) = groups?.Resolve(item.Expression) ?? Resolve(item.Expression);
        var (name, table) = NameOf(item.Expression);
        _columns.Add((new(item.Alias ?? name, type, slot), table, item.Alias is not null, item.Place));
    }

    private void AddAll(AllExpression all, string? alias)
    {
        if (groups is not null)
        {
            throw new QueryException(QueryCode.NotGrouped, "* has no meaning beside groups and aggregates.", all.Place, "Name the columns of groupBy and aggregates.");
        }

        if (alias is not null)
        {
            throw new QueryException(QueryCode.BadAlias, "* takes no name.", all.Place);
        }

        foreach (var source in scope.Called(all.Table, all.Place))
        {
            for (var column = 0; column < source.Table.Columns.Count; column++)
            {
                AddColumn(source, column, all.Place);
            }
        }
    }

    private void AddDefaults()
    {
        var place = new Place("/select");
        if (groups is not null)
        {
            _columns.AddRange(groups.Defaults().Select(column => (column, (string?)null, false, place)));
            return;
        }

        var source = scope.Sources[0];
        for (var column = 0; column < source.Table.Columns.Count; column++)
        {
            if (source.Table.Defaults.Count == 0 || source.Table.Defaults.Contains(source.Table.Columns[column].Name, StringComparer.Ordinal))
            {
                AddColumn(source, column, place);
            }
        }
    }

    private void AddColumn(QuerySource source, int column, Place place) =>
        _columns.Add((new(source.Table.Columns[column].Name, source.Table.Columns[column].Type, source.Use(column)), source.Name, false, place));

    private (Slot Slot, ColumnType Type) Resolve(Expression expression)
    {
        var slot = scope.Resolve(((FieldExpression)expression).Field);
        return (slot, scope.Type(slot));
    }

    private (string Name, string? Table) NameOf(Expression expression)
    {
        if (expression is AggregateExpression aggregate)
        {
            var function = aggregate.Function.ToString().ToLowerInvariant();
            var distinct = aggregate.IsDistinct ? "distinct_" : "";
            return (aggregate.Field is { } of ? $"{function}_{distinct}{scope.Column(scope.Resolve(of)).Name}" : function, null);
        }

        var slot = scope.Resolve(((FieldExpression)expression).Field);
        return (scope.Column(slot).Name, scope.Sources[slot.Source].Name);
    }

    // Columns of the same name get the names of their tables before them.
    private List<OutputColumn> Named()
    {
        var names = _columns.CountBy(static entry => entry.Column.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        List<OutputColumn> output = [.. _columns.Select(entry => names[entry.Column.Name] > 1 && !entry.IsNamed && entry.Table is not null
            ? entry.Column with { Name = $"{entry.Table}.{entry.Column.Name}" }
            : entry.Column)];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, column) in output.Index())
        {
            if (!seen.Add(column.Name))
            {
                throw new QueryException(QueryCode.BadAlias, $"Two columns are called '{column.Name}'.", _columns[index].Place, "Give one another name with AS.");
            }
        }

        return output;
    }

    [GeneratedRegex(@"\A[\p{L}_][\p{L}\p{Nd}_]{0,63}\z", RegexOptions.None, 1_000)]
    private static partial Regex PlainName();
}
