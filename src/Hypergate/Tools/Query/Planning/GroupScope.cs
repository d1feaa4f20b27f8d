using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Planning;

/// <summary>What names mean among groups: keys, aggregates, and the names that the query gives to them.</summary>
internal sealed class GroupScope
{
    private readonly QueryScope _scope;
    private readonly List<Slot> _keys = [];
    private readonly List<AggregateSlot> _aggregates = [];

    public GroupScope(QueryScope scope, QueryTree tree)
    {
        _scope = scope;
        foreach (var field in tree.GroupBy)
        {
            var slot = scope.Resolve(Meant(field, tree));
            if (!_keys.Contains(slot))
            {
                _keys.Add(slot);
            }
        }
    }

    public IReadOnlyList<Slot> Keys => _keys;

    /// <summary>Whether a query makes groups.</summary>
    public static bool IsNeeded(QueryTree tree) => tree.GroupBy.Count > 0 || tree.Having is not null
        || tree.Select.Any(static item => item.Expression is AggregateExpression) || tree.OrderBy.Any(static item => item.Expression is AggregateExpression);

    /// <summary>All that was asked for so far.</summary>
    public GroupPlan Plan() => new(_keys, [.. _aggregates.Select(static entry => entry.Plan)]);

    /// <summary>The value of an expression in the row of a group.</summary>
    /// <exception cref="QueryException">It has no single value there.</exception>
    public (Slot Slot, ColumnType Type) Resolve(Expression expression)
    {
        if (expression is AggregateExpression aggregate)
        {
            return Aggregate(aggregate);
        }

        var slot = _scope.Resolve(((FieldExpression)expression).Field);
        var index = _keys.IndexOf(slot);
        return index >= 0
            ? (new(0, index), _scope.Type(slot))
            : throw new QueryException(
                QueryCode.NotGrouped,
                $"'{((FieldExpression)expression).Field}' has many values in a group.",
                expression.Place,
                "Add it to groupBy, or use COUNT, SUM, AVERAGE, MIN or MAX of it.");
    }

    /// <summary>The keys, and how many rows there are.</summary>
    public IEnumerable<OutputColumn> Defaults()
    {
        var count = Aggregate(new(AggregateFunction.Count, null, false, new Place("/select")));
        return [.. _keys.Select((key, index) => new OutputColumn(_scope.Column(key).Name, _scope.Type(key), new(0, index))), new("count", count.Type, count.Slot)];
    }

    // A key may be called by the name that select gives it, unless a column has that name.
    private FieldName Meant(FieldName field, QueryTree tree)
    {
        if (field.Table is not null || _scope.Sources.Any(source => TableNames.IndexOf(source.Table, field.Name) >= 0))
        {
            return field;
        }

        return tree.Select.FirstOrDefault(item => string.Equals(item.Alias, field.Name, StringComparison.OrdinalIgnoreCase)) switch
        {
            { Expression: FieldExpression column } => column.Field,
            { Expression: AggregateExpression } => throw new QueryException(QueryCode.BadAggregate, "An aggregate cannot be grouped by.", field.Place),
            _ => field,
        };
    }

    private (Slot Slot, ColumnType Type) Aggregate(AggregateExpression aggregate)
    {
        Slot? slot = aggregate.Field is { } field ? _scope.Resolve(field) : null;
        var wanted = (aggregate.Function, slot, aggregate.IsDistinct);
        var index = _aggregates.FindIndex(entry => entry.Wanted == wanted);
        if (index < 0)
        {
            index = _aggregates.Count;
            _aggregates.Add(new(wanted, new(aggregate.Function, slot, aggregate.IsDistinct, TypeOf(aggregate, slot), aggregate.Place)));
        }

        return (new(0, _keys.Count + index), _aggregates[index].Plan.Type);
    }

    private ColumnType TypeOf(AggregateExpression aggregate, Slot? slot)
    {
        if (slot is not { } column || aggregate.Function == AggregateFunction.Count)
        {
            return ColumnType.Int;
        }

        var type = _scope.Type(column);
        var isNumber = type is ColumnType.Int or ColumnType.Float or ColumnType.Bytes or ColumnType.Percent or ColumnType.Duration;
        return aggregate.Function switch
        {
            AggregateFunction.Min or AggregateFunction.Max when type != ColumnType.List => type,
            AggregateFunction.Sum when isNumber => type,
            AggregateFunction.Average when isNumber => type == ColumnType.Percent ? type : ColumnType.Float,
            _ => throw new QueryException(
                QueryCode.BadAggregate,
                $"{aggregate.Function.ToString().ToUpperInvariant()} cannot be made of '{aggregate.Field}' ({type.ToString().ToLowerInvariant()}).",
                aggregate.Place,
                "COUNT takes every column; SUM and AVERAGE take numbers; MIN and MAX take all but lists."),
        };
    }

    private sealed record AggregateSlot((AggregateFunction Function, Slot? Slot, bool IsDistinct) Wanted, AggregatePlan Plan);
}
