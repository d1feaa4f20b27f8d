using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Execution;
using Hypergate.Tools.Query.Tree;
using Hypergate.Tools.Query.Values;

namespace Hypergate.Tools.Query.Planning;

/// <summary>
/// Divides a condition: what concerns one table alone is met before the join, and is told to its source; the rest after it.
/// </summary>
internal sealed class WherePlanner(QueryScope scope, TypedValues values)
{
    private readonly List<Filter>[] _before = [.. scope.Sources.Select(static _ => new List<Filter>())];
    private readonly List<ColumnBound>[] _bounds = [.. scope.Sources.Select(static _ => new List<ColumnBound>())];
    private readonly List<Filter> _after = [];

    public IReadOnlyList<SourceFilter> Before => [.. _before.Zip(_bounds, static (filters, bounds) => new SourceFilter(filters, bounds))];

    public IReadOnlyList<Filter> After => _after;

    public void Add(Condition where)
    {
        foreach (var condition in Conjuncts(where))
        {
            var filter = FilterCompiler.Compile(condition, values, Resolve);
            var source = filter.Slots[0].Source;
            if (filter.Slots.Any(slot => slot.Source != source))
            {
                _after.Add(filter);
                continue;
            }

            // Before a left join the rows without a partner would come back; that there is none may be what is asked for.
            if (scope.Sources[source].Join is { IsLeft: true })
            {
                _after.Add(filter);
                continue;
            }

            _before[source].Add(filter);
            AddBound(condition, filter.Slots[0]);
        }
    }

    /// <summary>Rows of a table that its name alone asks for.</summary>
    public void AddType(int source, string type)
    {
        var column = scope.Sources[source].Table.IndexOf("type");
        var slot = scope.Sources[source].Use(column);
        _before[source].Add(new((frame, row) => frame[slot, row] is { IsNull: false } cell && cell.Text == type ? Truth.True : Truth.False, [slot], []));
        _bounds[source].Add(new("type", BoundComparison.Equal, [Cell.Of(type)]));
    }

    private static IEnumerable<Condition> Conjuncts(Condition condition) => condition is ConditionGroup { IsNegated: false } group && (!group.IsAny || group.Children.Count == 1)
        ? group.Children.SelectMany(Conjuncts)
        : [condition];

    private (Slot Slot, ColumnType Type) Resolve(Expression expression)
    {
        if (expression is not FieldExpression field)
        {
            throw new QueryException(QueryCode.BadAggregate, "An aggregate has no place in where.", expression.Place, "Conditions on aggregates belong in having.");
        }

        var slot = scope.Resolve(field.Field);
        return (slot, scope.Type(slot));
    }

    private void AddBound(Condition condition, Slot slot)
    {
        if (condition is not ConditionLeaf { IsNegated: false } leaf || scope.Type(slot) == ColumnType.List)
        {
            return;
        }

        var column = scope.Column(slot).Name;
        Cell[] cells = [.. leaf.Values.Select(value => values.Convert(value, scope.Type(slot)))];
        _bounds[slot.Source].AddRange(leaf.Operator switch
        {
            QueryOperator.Equal or QueryOperator.In => [new ColumnBound(column, BoundComparison.Equal, cells)],
            QueryOperator.Greater or QueryOperator.GreaterOrEqual => [new ColumnBound(column, BoundComparison.AtLeast, cells)],
            QueryOperator.Less or QueryOperator.LessOrEqual => [new ColumnBound(column, BoundComparison.AtMost, cells)],
            QueryOperator.Between => [new(column, BoundComparison.AtLeast, [cells[0]]), new(column, BoundComparison.AtMost, [cells[1]])],
            _ => Array.Empty<ColumnBound>(),
        });
    }
}
