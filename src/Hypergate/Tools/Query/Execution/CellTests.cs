using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Execution;

/// <summary>Makes the test of one comparison, bound to its constants.</summary>
internal static class CellTests
{
    /// <param name="leaf">The comparison; its negation is not looked at.</param>
    /// <param name="type">What the cells hold.</param>
    /// <param name="values">The constants, of that type.</param>
    /// <exception cref="QueryException">The operator does not fit the type.</exception>
    public static CellTest Make(ConditionLeaf leaf, ColumnType type, Cell[] values) => type switch
    {
        ColumnType.List => OfList(leaf, [.. values.Select(static value => value.Text)]),
        ColumnType.Text => OfText(leaf, values),
        _ => OfNumber(leaf, type, values),
    };

    private static CellTest OfText(ConditionLeaf leaf, Cell[] values)
    {
        if (Word(leaf.Operator, [.. values.Select(static value => value.Text)]) is { } test)
        {
            return (in Cell cell) => test(cell.Text);
        }

        return Ordered(leaf, values);
    }

    // A list meets a condition when one of its elements does.
    private static CellTest OfList(ConditionLeaf leaf, string[] values)
    {
        var test = leaf.Operator == QueryOperator.Contains ? Word(QueryOperator.In, values) : Word(leaf.Operator, values);
        return test is null
            ? throw new QueryException(QueryCode.BadOperator, "Lists have no order.", leaf.Operand.Place, "Use CONTAINS, =, IN, LIKE or ISNULL.")
            : (in Cell cell) =>
            {
                var list = cell.List;
                for (var index = 0; index < list.Count; index++)
                {
                    if (test(list[index]))
                    {
                        return true;
                    }
                }

                return false;
            };
    }

    private static CellTest OfNumber(ConditionLeaf leaf, ColumnType type, Cell[] values)
    {
        if (leaf.Operator is QueryOperator.Contains or QueryOperator.StartsWith or QueryOperator.EndsWith or QueryOperator.Like)
        {
            throw new QueryException(QueryCode.BadOperator, $"The operator is for texts; the column is {Words(type)}.", leaf.Operand.Place, "Use =, !=, <, >, IN or BETWEEN.");
        }

        if (type == ColumnType.Bool && leaf.Operator is not (QueryOperator.Equal or QueryOperator.In))
        {
            throw new QueryException(QueryCode.BadOperator, "true and false have no order.", leaf.Operand.Place, "Use = or !=.");
        }

        return Ordered(leaf, values);
    }

    private static string Words(ColumnType type) => type.ToString().ToLowerInvariant();

    private static CellTest Ordered(ConditionLeaf leaf, Cell[] values)
    {
        if (leaf.Operator == QueryOperator.In)
        {
            var set = new HashSet<Cell>(values);
            return (in Cell cell) => set.Contains(cell);
        }

        var value = values[0];
        if (leaf.Operator != QueryOperator.Between)
        {
            return leaf.Operator switch
            {
                QueryOperator.Equal => (in Cell cell) => CellOrder.Compare(cell, value) == 0,
                QueryOperator.Less => (in Cell cell) => CellOrder.Compare(cell, value) < 0,
                QueryOperator.LessOrEqual => (in Cell cell) => CellOrder.Compare(cell, value) <= 0,
                QueryOperator.Greater => (in Cell cell) => CellOrder.Compare(cell, value) > 0,
                _ => (in Cell cell) => CellOrder.Compare(cell, value) >= 0,
            };
        }

        var high = values[1];
        return CellOrder.Compare(value, high) > 0
            ? throw new QueryException(QueryCode.BadValue, "The bounds of BETWEEN are reversed.", leaf.Values[0].Place, "The lower one comes first.")
            : (in Cell cell) => CellOrder.Compare(cell, value) >= 0 && CellOrder.Compare(cell, high) <= 0;
    }

    // Of several values any may match.
    private static Func<string, bool>? Word(QueryOperator comparison, string[] values)
    {
        const StringComparison NoCase = StringComparison.OrdinalIgnoreCase;
        switch (comparison)
        {
            case QueryOperator.Equal or QueryOperator.In when values is [var single]:
                return text => string.Equals(text, single, NoCase);
            case QueryOperator.Equal or QueryOperator.In:
                var set = new HashSet<string>(values, StringComparer.OrdinalIgnoreCase);
                return set.Contains;
            case QueryOperator.Contains:
                return Any(values, static (text, value) => text.Contains(value, NoCase));
            case QueryOperator.StartsWith:
                return Any(values, static (text, value) => text.StartsWith(value, NoCase));
            case QueryOperator.EndsWith:
                return Any(values, static (text, value) => text.EndsWith(value, NoCase));
            case QueryOperator.Like:
                return Any(values, static (text, value) => Like.HasWildcard(value) ? Like.Matches(text, value) : text.Contains(value, NoCase));
            default:
                return null;
        }
    }

    private static Func<string, bool> Any(string[] values, Func<string, string, bool> test)
    {
        if (values is [var single])
        {
            return text => test(text, single);
        }

        return text =>
        {
            foreach (var value in values)
            {
                if (test(text, value))
                {
                    return true;
                }
            }

            return false;
        };
    }
}
