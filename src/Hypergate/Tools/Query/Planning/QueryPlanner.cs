using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Tree;
using Hypergate.Tools.Query.Values;

namespace Hypergate.Tools.Query.Planning;

/// <summary>Turns a query into a plan, or says what is wrong with it; nothing is read.</summary>
internal sealed class QueryPlanner
{
    private readonly QueryTree _tree;
    private readonly TypedValues _values;
    private readonly QueryScope _scope;
    private readonly GroupScope? _groups;
    private readonly WherePlanner _where;
    private IReadOnlyList<OutputColumn> _output = [];

    private QueryPlanner(QueryTree tree, DateTimeOffset now)
    {
        var sources = new SourcePlanner(tree);
        _tree = tree;
        _values = new(now);
        _scope = sources.Plan();
        _groups = GroupScope.IsNeeded(tree) ? new(_scope, tree) : null;
        _where = new(_scope, _values);
        foreach (var (source, type) in sources.Types)
        {
            _where.AddType(source, type);
        }
    }

    /// <exception cref="QueryException">The query is wrong.</exception>
    public static QueryPlan Plan(QueryTree tree, DateTimeOffset now) => new QueryPlanner(tree, now).Plan();

    private QueryPlan Plan()
    {
        if (_tree.Where is { } where)
        {
            _where.Add(where);
        }

        _output = new OutputPlanner(_scope, _groups).Plan(_tree.Select);
        var having = _tree.Having is { } condition ? FilterCompiler.Compile(condition, _values, ResolveInGroup) : null;
        List<OrderKey> order = [.. _tree.OrderBy.Select(item => new OrderKey(OrderSlot(item.Expression), item.IsDescending))];
        order.AddRange(LastKeys().Except(order.Select(static key => key.Slot)).Select(static slot => new OrderKey(slot, false)));
        return new QueryPlan
        {
            Sources = _scope.Sources,
            Before = _where.Before,
            After = _where.After,
            Group = _groups?.Plan(),
            Having = having,
            IsDistinct = _tree.Distinct,
            Output = _output,
            Order = order,
            Limit = _tree.Limit,
            Offset = _tree.Offset,
        };
    }

    // So that pages neither overlap nor miss a row.
    private IEnumerable<Slot> LastKeys()
    {
        if (_tree.Distinct)
        {
            return _output.Select(static (_, index) => new Slot(0, index));
        }

        return _groups is not null
            ? _groups.Keys.Select(static (_, index) => new Slot(0, index))
            : _scope.Sources.SelectMany(static source => source.Table.Columns.Index().Where(static entry => entry.Item.Key).Select(entry => source.Use(entry.Index)));
    }

    private OutputColumn? Named(Expression expression) => expression is FieldExpression { Field: var field }
        ? _output.FirstOrDefault(column => string.Equals(column.Name, field.ToString(), StringComparison.OrdinalIgnoreCase))
        : null;

    private (Slot Slot, ColumnType Type) ResolveInGroup(Expression expression) =>
        Named(expression) is { } column ? (column.Slot, column.Type) : _groups!.Resolve(expression);

    private Slot OrderSlot(Expression expression)
    {
        var slot = Named(expression)?.Slot ?? (_groups is null ? _scope.Resolve(((FieldExpression)expression).Field) : _groups.Resolve(expression).Slot);
        if (!_tree.Distinct)
        {
            return slot;
        }

        foreach (var (index, column) in _output.Index())
        {
            if (column.Slot == slot)
            {
                return new(0, index);
            }
        }

        throw new QueryException(QueryCode.NotGrouped, "Distinct rows can be ordered by their own columns only.", expression.Place, "Add the column to select.");
    }
}
