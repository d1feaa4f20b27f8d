using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Planning;

/// <summary>Looks up a query's tables and how they are joined.</summary>
internal sealed class SourcePlanner(QueryTree tree)
{
    private readonly QueryScope _scope = new();
    private readonly List<(int Source, string Type)> _types = [];

    /// <summary>The kinds of guests that names of tables alone ask for.</summary>
    public IReadOnlyList<(int Source, string Type)> Types => _types;

    public QueryScope Plan()
    {
        Add(tree.From, null);
        foreach (var join in tree.Joins)
        {
            Add(join.Table, join);
        }

        return _scope;
    }

    private void Add(TableName name, JoinNode? join)
    {
        var table = TableNames.Find(name.Name, name.Place, out var type);
        var called = name.Alias ?? (type is null ? table.Name : name.Name);
        if (_scope.Sources.Any(source => TableNames.Plain(source.Name) == TableNames.Plain(called)))
        {
            throw new QueryException(QueryCode.BadJoin, $"Two tables of the query are called '{called}'.", name.Place, "Give the joined one an alias.");
        }

        var source = new QuerySource(_scope.Sources.Count, called, table) { Place = name.Place };
        _scope.Add(join is null ? source : source with { Join = Join(source, join) });
        if (type is not null)
        {
            _types.Add((source.Index, type));
        }
    }

    private JoinPlan Join(QuerySource joined, JoinNode join)
    {
        if (join.On.Count == 0)
        {
            throw new QueryException(QueryCode.BadJoin, $"The join of {joined.Name} has no columns to join on.", join.Place, "on: [{left, right}]");
        }

        List<KeyPair> equal = [], different = [];
        var namesBackend = false;
        foreach (var pair in join.On)
        {
            var key = Pair(joined, pair);
            namesBackend |= key.Left.Column == 0 || key.Right == 0;
            (pair.Differs ? different : equal).Add(key);
        }

        if (equal.Count == 0)
        {
            throw new QueryException(QueryCode.BadJoin, "At least one pair of columns must be equal.", join.Place);
        }

        if (namesBackend || NamesBothBackends(joined))
        {
            _scope.IsSameBackend = false;
            return new(join.IsLeft, equal, different);
        }

        return new(join.IsLeft, [.. equal, new(_scope.Sources[equal[0].Left.Source].Use(0), joined.Use(0).Column, true)], different);
    }

    private KeyPair Pair(QuerySource joined, JoinPair pair)
    {
        var (left, right) = IsOf(joined, pair.Left) && !IsOf(joined, pair.Right) ? (pair.Right, pair.Left) : (pair.Left, pair.Right);
        if (right.Table is not null && !IsOf(joined, right))
        {
            throw new QueryException(QueryCode.BadJoin, $"'{right}' is no column of {joined.Name}.", right.Place, "One side of a pair belongs to the joined table.");
        }

        var leftSlot = left.Table is null ? _scope.Resolve(left, _scope.Sources) : _scope.Resolve(left);
        var rightSlot = _scope.Resolve(right, [joined]);
        var (leftType, rightType) = (_scope.Type(leftSlot), joined.Table.Columns[rightSlot.Column].Type);
        if (Family(leftType) != Family(rightType) || Family(leftType) == ColumnType.List)
        {
            throw new QueryException(QueryCode.BadJoin, $"'{left}' ({leftType}) and '{right}' ({rightType}) cannot be equal.", pair.Place, "Join columns of the same type.");
        }

        if (pair.Differs && (leftSlot.Column != 0 || rightSlot.Column != 0))
        {
            throw new QueryException(QueryCode.BadJoin, "Only backends may differ in a join.", pair.Place, "Tables are joined on equal columns.");
        }

        return new(leftSlot, rightSlot.Column, false);
    }

    private static bool IsOf(QuerySource joined, FieldName field) =>
        field.Table is { } table && TableNames.Plain(joined.Name).TrimEnd('s') == TableNames.Plain(table).TrimEnd('s');

    // Numbers of every kind compare with each other.
    private static ColumnType Family(ColumnType type) =>
        type is ColumnType.Int or ColumnType.Float or ColumnType.Bytes or ColumnType.Percent or ColumnType.Duration ? ColumnType.Float : type;

    // WHERE a.backend = … AND b.backend = … says by itself which backends are meant.
    private bool NamesBothBackends(QuerySource joined)
    {
        List<string> named = [.. Leaves(tree.Where).Select(static leaf => leaf.Operand).OfType<FieldExpression>()
            .Where(static operand => operand.Field.Table is not null && TableNames.Plain(operand.Field.Name) == "backend")
            .Select(static operand => TableNames.Plain(operand.Field.Table!).TrimEnd('s'))];
        return named.Contains(TableNames.Plain(joined.Name).TrimEnd('s'))
            && _scope.Sources.Any(source => named.Contains(TableNames.Plain(source.Name).TrimEnd('s')));
    }

    private static IEnumerable<ConditionLeaf> Leaves(Condition? condition) => condition switch
    {
        ConditionLeaf leaf => [leaf],
        ConditionGroup group => group.Children.SelectMany(Leaves),
        _ => [],
    };
}
