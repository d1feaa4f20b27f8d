using System.Collections;
using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet;

/// <summary>The columns of a list tool over a table: under which name each shows which cell.</summary>
/// <param name="table">The table by its name.</param>
internal sealed class FleetColumns(string table) : IEnumerable<string>
{
    private readonly List<Column> _columns = [new("backend", false, ["backend"], static row => row["backend"])];

    public string Table => table;

    public IReadOnlyList<string> Names => [.. _columns.Select(static column => column.Name)];

    public IReadOnlyList<string> Minimal => [.. _columns.Where(static column => column.IsMinimal).Select(static column => column.Name)];

    /// <summary>A column of Minimal.</summary>
    public void Add(string name, string source, bool minimal = false) => _columns.Add(new(name, minimal, [source], row => row[source]));

    /// <summary>A column that is made of others.</summary>
    public void Add(string name, Func<RowSet.Row, Cell> cell, bool minimal, params IReadOnlyList<string> sources) =>
        _columns.Add(new(name, minimal, sources, cell));

    /// <summary>The columns of the table that are looked at where these columns are shown.</summary>
    public IEnumerable<string> Sources(FleetRequest request)
    {
        var asked = request.Arguments.Texts("fields");
        return _columns
            .Where(column => column.Name == "backend" || (asked.Count > 0 ? asked.Contains(column.Name) : request.Arguments.IsFull || column.IsMinimal))
            .SelectMany(static column => column.Sources);
    }

    public FleetAnswer.Table Answer(IEnumerable<RowSet.Row> rows) => new(Minimal, Names, [.. rows.Select(Cells)]);

    public IEnumerator<string> GetEnumerator() => Names.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Cell[] Cells(RowSet.Row row)
    {
        var cells = new Cell[_columns.Count];
        for (var index = 0; index < cells.Length; index++)
        {
            cells[index] = _columns[index].Cell(row);
        }

        return cells;
    }

    private sealed record Column(string Name, bool IsMinimal, IReadOnlyList<string> Sources, Func<RowSet.Row, Cell> Cell);
}
