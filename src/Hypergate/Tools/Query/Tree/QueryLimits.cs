namespace Hypergate.Tools.Query.Tree;

/// <summary>What holds for a query of every form before a name is looked up.</summary>
internal static class QueryLimits
{
    private const int MostJoins = 3;
    private const int MostColumns = 100;

    /// <exception cref="QueryException">The query exceeds a limit.</exception>
    public static void Check(QueryTree tree, Place limit, Place offset)
    {
        if (tree.Limit is < 0 or > QueryTree.LargestLimit)
        {
            throw new QueryException(QueryCode.BadPaging, $"limit is 0 (only count) to {QueryTree.LargestLimit}, not {tree.Limit}.", limit);
        }

        if (tree.Offset < 0)
        {
            throw new QueryException(QueryCode.BadPaging, $"offset is 0 or more, not {tree.Offset}.", offset);
        }

        if (tree.Joins.Count > MostJoins)
        {
            throw new QueryException(QueryCode.BadJoin, $"At most {MostJoins} tables can be joined.", tree.Joins[MostJoins].Place);
        }

        if (tree.Select.Count > MostColumns)
        {
            throw new QueryException(QueryCode.BadAlias, $"At most {MostColumns} columns can be selected.", tree.Select[MostColumns].Place);
        }

        ConditionLimits.Check(tree.Where);
        ConditionLimits.Check(tree.Having);
    }
}
