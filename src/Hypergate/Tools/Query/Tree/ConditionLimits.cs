namespace Hypergate.Tools.Query.Tree;

/// <summary>How large conditions may be, and how many values an operator takes.</summary>
internal static class ConditionLimits
{
    private const int Deepest = 8;
    private const int MostLeaves = 100;
    private const int MostValues = 1_000;

    /// <exception cref="QueryException">The condition exceeds a limit.</exception>
    public static void Check(Condition? condition)
    {
        if (condition is not null && Count(condition, 1) > MostLeaves)
        {
            throw new QueryException(QueryCode.TooDeep, $"More than {MostLeaves} conditions.", condition.Place, "Use IN for several values of one column.");
        }
    }

    private static int Count(Condition condition, int depth)
    {
        if (depth > Deepest)
        {
            throw new QueryException(QueryCode.TooDeep, $"Conditions are nested deeper than {Deepest} levels.", condition.Place);
        }

        if (condition is ConditionGroup group)
        {
            return group.Children.Sum(child => Count(child, depth + 1));
        }

        Check((ConditionLeaf)condition);
        return 1;
    }

    private static void Check(ConditionLeaf leaf)
    {
        var (least, most) = leaf.Operator switch
        {
            QueryOperator.IsNull => (0, 0),
            QueryOperator.Between => (2, 2),
            QueryOperator.In => (1, MostValues),
            QueryOperator.Contains or QueryOperator.StartsWith or QueryOperator.EndsWith or QueryOperator.Like => (1, MostValues),
            _ => (1, 1),
        };
        if (leaf.Values.Count < least)
        {
            throw new QueryException(QueryCode.MissingValue, least == 2 ? "BETWEEN needs two values." : "The operator needs a value.", leaf.Place, "For missing values use ISNULL.");
        }

        if (leaf.Values.Count > most)
        {
            throw new QueryException(
                QueryCode.BadValue,
                most == 0 ? "ISNULL takes no value." : $"The operator takes {most} value{(most == 1 ? "" : "s")}, not {leaf.Values.Count}.",
                leaf.Place,
                most == 1 ? "For several values use IN." : null);
        }
    }
}
