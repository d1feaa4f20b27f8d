using Hypergate.Inventory.Tables;
using Hypergate.Model;
using Hypergate.Tools.Query.Planning;

namespace Hypergate.Tools.Query.Execution;

/// <summary>
/// Reads a query's tables: the cheap ones side by side, then the others, each narrowed to what the rows so far are joined with.
/// </summary>
/// <param name="source">Where from.</param>
/// <param name="plan">What is needed.</param>
/// <param name="backends">The backends to ask.</param>
/// <param name="caller">In whose name.</param>
internal sealed class TableReader(ITableSource source, QueryPlan plan, IReadOnlyList<string> backends, Caller caller, Conversation conversation)
{
    private const int MostCalls = 200;
    private const int MostValues = 1_000;
    private readonly Frame?[] _tables = new Frame?[plan.Sources.Count];
    private readonly List<string> _warnings = [];
    private int _calls;
    private int _dropped;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Rows that a missing value kept out of a <c>!=</c> or <c>NOT</c>.</summary>
    public int Dropped => _dropped;

    /// <summary>The rows of each table that meet its own conditions.</summary>
    /// <exception cref="QueryException">It would take too many calls, or nothing could be read.</exception>
    public async Task<Cell[][][]> ReadAsync(CancellationToken cancellationToken)
    {
        var requests = plan.Sources.Select(table => Request(table, [])).ToList();
        List<QuerySource> cheap = [.. plan.Sources.Where(static table => table.Table.Per == PricePer.Backend)];
        foreach (var table in cheap)
        {
            await PayAsync(table, requests[table.Index], cancellationToken);
        }

        var readings = await Task.WhenAll(cheap.Select(table => ReadAsync(table, requests[table.Index], cancellationToken)));
        foreach (var (table, reading) in cheap.Zip(readings))
        {
            Keep(table, reading, requests[table.Index]);
        }

        foreach (var table in plan.Sources.Where(static table => table.Table.Per != PricePer.Backend))
        {
            var request = Request(table, Links(table));
            if (IsNothing(request))
            {
                _tables[table.Index] = FrameOf(table, []);
                continue;
            }

            await PayAsync(table, request, cancellationToken);
            Keep(table, await ReadAsync(table, request, cancellationToken), request);
        }

        return [.. plan.Sources.Select(table => _tables[table.Index]!.Tables[table.Index]!)];
    }

    private static bool IsNothing(TableRequest request) => request.Backends is { Count: 0 }
        || request.Bounds.Any(static bound => bound is { Comparison: BoundComparison.Equal, Values.Count: 0 });

    private TableRequest Request(QuerySource table, IReadOnlyList<ColumnBound> links)
    {
        List<ColumnBound> bounds = [.. plan.Before[table.Index].Bounds, .. links];
        return new TableRequest
        {
            Table = table.Table.Name,
            Caller = caller,
            Conversation = conversation,
            Backends = [.. backends.Where(name => bounds.TrueForAll(bound => bound.Column != "backend" || Allows(bound, name)))],
            Columns = table.Columns,
            Bounds = [.. bounds.Where(static bound => bound is not { Column: "backend", Comparison: BoundComparison.Equal })],
        };
    }

    private static bool Allows(ColumnBound bound, string backend) =>
        bound.Comparison != BoundComparison.Equal || bound.Values.Any(value => value.Text.Equals(backend, StringComparison.OrdinalIgnoreCase));

    private async Task PayAsync(QuerySource table, TableRequest request, CancellationToken cancellationToken)
    {
        var each = table.Table.Price + table.Table.Columns.Where(column => table.Columns.Contains(column.Name)).Sum(static column => column.ExtraPrice);
        var count = table.Table.Per == PricePer.Backend ? request.Backends!.Count : await source.CountAsync(request, table.Table.Per, cancellationToken);
        _calls += each * count;
        if (_calls > MostCalls)
        {
            throw new QueryException(
                QueryCode.TooExpensive,
                $"Reading {table.Table.Name} takes about {each * count} calls to the platforms; a query may make {MostCalls}.",
                table.Place,
                $"Narrow it in where: {Narrowing(table.Table)}, each with = or IN.");
        }
    }

    private static string Narrowing(TableDefinition table) => string.Join(", ", ((IEnumerable<string>)(table.Per switch
    {
        PricePer.Guest => ["vmid", "guest_name", "node", "type", "backend"],
        PricePer.Storage => ["storage", "node", "backend"],
        _ => ["node", "backend"],
    })).Where(column => table.IndexOf(column) >= 0));

    private async Task<TableReading> ReadAsync(QuerySource table, TableRequest request, CancellationToken cancellationToken)
    {
        if (IsNothing(request))
        {
            return new TableReading(table.Table, [], []);
        }

        try
        {
            return await source.ReadAsync(request, cancellationToken);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new QueryException(QueryCode.Forbidden, exception.Message, table.Place);
        }
    }

    private void Keep(QuerySource table, TableReading reading, TableRequest request)
    {
        var failed = reading.Problems.Select(static problem => problem.Backend).ToHashSet(StringComparer.Ordinal);
        if (reading.Rows.Count == 0 && request.Backends is { Count: > 0 } asked && asked.All(failed.Contains))
        {
            throw new QueryException(QueryCode.Unavailable, $"{table.Table.Name} could not be read: {reading.Problems[0].Text}", table.Place, "check_connection says more.");
        }

        foreach (var problem in reading.Problems)
        {
            var warning = $"{problem.Backend}: {problem.Text}";
            if (!_warnings.Contains(warning, StringComparer.Ordinal))
            {
                _warnings.Add(warning);
            }
        }

        var frame = FrameOf(table, [.. reading.Rows]);
        foreach (var filter in plan.Before[table.Index].Filters)
        {
            frame = filter.Run(frame, ref _dropped);
        }

        _tables[table.Index] = frame;
    }

    private Frame FrameOf(QuerySource table, Cell[][] rows)
    {
        var tables = new Cell[plan.Sources.Count][][];
        tables[table.Index] = rows;
        return new(tables, rows.Length);
    }

    // The values that a table's rows must have to find a partner among the rows that are read already.
    private List<ColumnBound> Links(QuerySource table)
    {
        var links = new List<ColumnBound>();
        foreach (var joined in plan.Sources.Where(static joined => joined.Join is not null))
        {
            foreach (var pair in joined.Join!.Equal)
            {
                var right = new Slot(joined.Index, pair.Right);
                if (joined == table)
                {
                    AddLink(links, pair.Right, pair.Left);
                }
                else if (pair.Left.Source == table.Index && !joined.Join.IsLeft)
                {
                    AddLink(links, pair.Left.Column, right);
                }
            }
        }

        return links;

        void AddLink(List<ColumnBound> bounds, int column, Slot other)
        {
            if (_tables[other.Source] is { } frame && Values(frame, other) is { } values)
            {
                bounds.Add(new(table.Table.Columns[column].Name, BoundComparison.Equal, values));
            }
        }
    }

    private static List<Cell>? Values(Frame frame, Slot slot)
    {
        var values = new HashSet<Cell>();
        for (var row = 0; row < frame.Count; row++)
        {
            if (!frame[slot, row].IsNull && values.Add(frame[slot, row]) && values.Count > MostValues)
            {
                return null;
            }
        }

        return [.. values];
    }
}
