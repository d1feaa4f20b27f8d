using Hypergate.Inventory.Tables;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Tools.Query.Execution;
using Hypergate.Tools.Query.Planning;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query;

/// <summary>Runs queries over the tables of all platforms.</summary>
/// <param name="source">Reads the tables.</param>
/// <param name="backends">The configured names, in their order.</param>
/// <param name="time">What relative times count from.</param>
internal sealed class QueryEngine(ITableSource source, IReadOnlyList<string> backends, TimeProvider time)
{
    /// <exception cref="QueryException">The query is wrong, or cannot be answered.</exception>
    public async Task<QueryResult> RunAsync(QueryTree tree, Caller caller, Conversation conversation, CancellationToken cancellationToken)
    {
        var plan = QueryPlanner.Plan(tree, time.GetUtcNow());
        var reader = new TableReader(source, plan, Asked(tree), caller, conversation);
        var tables = await reader.ReadAsync(cancellationToken);
        var dropped = reader.Dropped;
        var frame = Joined(plan, tables);
        foreach (var filter in plan.After)
        {
            frame = filter.Run(frame, ref dropped);
        }

        if (plan.Group is { } group)
        {
            frame = Grouping.Run(frame, group);
        }

        frame = plan.Having?.Run(frame, ref dropped) ?? frame;
        return Page(plan, frame) with { Warnings = dropped == 0 ? reader.Warnings : [.. reader.Warnings, Missing(dropped)] };
    }

    private static string Missing(int rows) =>
        $"{rows} row{(rows == 1 ? "" : "s")} left out because a value is missing, for which != and NOT are never true; add OR … ISNULL to keep them";

    private static Frame Joined(QueryPlan plan, Cell[][][] tables)
    {
        var first = new Cell[plan.Sources.Count][][];
        first[0] = tables[0];
        var frame = new Frame(first, tables[0].Length);
        foreach (var joined in plan.Sources.Skip(1))
        {
            frame = HashJoin.Run(frame, joined, tables[joined.Index]);
        }

        return frame;
    }

    private static QueryResult Page(QueryPlan plan, Frame frame)
    {
        Slot[] slots = [.. plan.Output.Select(static column => column.Slot)];
        if (plan.IsDistinct)
        {
            // The output as a table of its own, its rows as groups of all their columns.
            var output = Frame.Of([.. Enumerable.Range(0, frame.Count).Select(row => Row(frame, slots, row))]);
            slots = [.. slots.Select(static (_, index) => new Slot(0, index))];
            frame = Grouping.Run(output, new GroupPlan(slots, []));
        }

        var rows = RowSort.Page(frame, plan.Order, plan.Offset, plan.Limit);
        return new QueryResult(plan.Output, [.. rows.Select(row => Row(frame, slots, row))], frame.Count, plan.Offset);
    }

    private static Cell[] Row(Frame frame, Slot[] slots, int row)
    {
        var cells = new Cell[slots.Length];
        for (var index = 0; index < slots.Length; index++)
        {
            cells[index] = frame[slots[index], row];
        }

        return cells;
    }

    private IReadOnlyList<string> Asked(QueryTree tree) => tree.Backends is not { } asked
        ? backends
        : [.. asked.Select(name => backends.FirstOrDefault(known => known.Equals(name.Text, StringComparison.OrdinalIgnoreCase))
            ?? throw new QueryException(
                QueryCode.BadValue,
                $"There is no backend '{TableNames.Shown(name.Text)}'.",
                name.Place,
                NearestName.Find(name.Text, backends) is { } near ? $"Did you mean {near}?" : $"Backends: {string.Join(", ", backends)}.")).Distinct(StringComparer.Ordinal)];
}

/// <summary>One page of an answer.</summary>
/// <param name="Columns">What the cells of a row are.</param>
/// <param name="Total">How many rows there are in all.</param>
internal sealed record QueryResult(IReadOnlyList<OutputColumn> Columns, IReadOnlyList<Cell[]> Rows, int Total, int Offset)
{
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
