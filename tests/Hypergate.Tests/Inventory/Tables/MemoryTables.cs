using Hypergate.Inventory.Tables;

namespace Hypergate.Tests.Inventory.Tables;

/// <summary>Tables in memory, read as a good source reads them: only the asked backends, and never a row outside the bounds.</summary>
internal sealed class MemoryTables : ITableSource
{
    private readonly Dictionary<string, List<Cell[]>> _rows = new(StringComparer.Ordinal);

    /// <summary>What was asked for, in this order.</summary>
    public List<TableRequest> Requests { get; } = [];

    /// <summary>The backends that fail, and why.</summary>
    public Dictionary<string, string> Failing { get; } = new(StringComparer.Ordinal);

    /// <summary>The callers that may not read anything.</summary>
    public HashSet<string> Forbidden { get; } = new(StringComparer.Ordinal);

    /// <summary>What a reading would cost; nothing unless set.</summary>
    public Func<TableRequest, PricePer, int> Count { get; set; } = static (_, _) => 0;

    /// <summary>Adds a row; columns that are not named are missing.</summary>
    public MemoryTables Add(string table, params IEnumerable<(string Column, object? Value)> values)
    {
        var definition = InventoryTables.Find(table)!;
        var row = new Cell[definition.Columns.Count];
        foreach (var (column, value) in values)
        {
            row[definition.IndexOf(column)] = ToCell(value);
        }

        return Add(table, row);
    }

    public MemoryTables Add(string table, Cell[] row)
    {
        if (!_rows.TryGetValue(table, out var rows))
        {
            _rows[table] = rows = [];
        }

        rows.Add(row);
        return this;
    }

    public IReadOnlyList<Cell[]> Rows(string table) => _rows.TryGetValue(table, out var rows) ? rows : [];

    public Task<TableReading> ReadAsync(TableRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        if (Forbidden.Contains(request.Caller.Name))
        {
            throw new UnauthorizedAccessException($"{request.Caller.Name} may not read {request.Table}.");
        }

        var definition = InventoryTables.Find(request.Table)!;
        var rows = Rows(request.Table).Where(row => request.Backends is null || request.Backends.Contains(row[0].Text));
        if (request.Bounds.Count > 0)
        {
            rows = rows.Where(row => request.Bounds.All(bound => Meets(row[definition.IndexOf(bound.Column)], bound)));
        }

        return Task.FromResult(new TableReading(
            definition,
            Failing.Count == 0 && ReferenceEquals(rows, Rows(request.Table)) ? Rows(request.Table) : [.. rows.Where(row => !Failing.ContainsKey(row[0].Text))],
            [.. Failing.Where(failing => request.Backends?.Contains(failing.Key) ?? true).Select(static failing => new TableProblem(failing.Key, failing.Value))]));
    }

    public Task<int> CountAsync(TableRequest request, PricePer per, CancellationToken cancellationToken) => Task.FromResult(Count(request, per));

    private static bool Meets(Cell cell, ColumnBound bound) => !cell.IsNull && bound.Comparison switch
    {
        BoundComparison.AtLeast => Compare(cell, bound.Values[0]) >= 0,
        BoundComparison.AtMost => Compare(cell, bound.Values[0]) <= 0,
        _ => bound.Values.Any(value => Compare(cell, value) == 0),
    };

    private static int Compare(Cell left, Cell right) => left.Kind switch
    {
        CellKind.Text => string.Compare(left.Text, right.Text, StringComparison.OrdinalIgnoreCase),
        CellKind.Time => left.Time.CompareTo(right.Time),
        CellKind.Bool => left.Bool.CompareTo(right.Bool),
        _ => left.Number.CompareTo(right.Number),
    };

    private static Cell ToCell(object? value) => value switch
    {
        null => Cell.Null,
        string text => Cell.Of(text),
        int number => Cell.Of(number),
        long number => Cell.Of(number),
        double number => Cell.Of(number),
        bool truth => Cell.Of(truth),
        DateTimeOffset moment => Cell.Of(moment),
        string[] list => Cell.Of(list),
        _ => throw new ArgumentException($"{value.GetType()} is no cell.", nameof(value)),
    };
}
