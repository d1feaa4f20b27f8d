using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet;

/// <summary>Rows of a table whose cells are found by the names of their columns.</summary>
internal sealed class RowSet
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    public RowSet(TableReading reading)
    {
        Reading = reading;
        for (var index = 0; index < reading.Table.Columns.Count; index++)
        {
            _columns[reading.Table.Columns[index].Name] = index;
        }
    }

    public TableReading Reading { get; }

    public IEnumerable<Row> Rows => Reading.Rows.Select(cells => new Row(this, cells));

    private Cell Of(Cell[] cells, string column) => cells[_columns[column]];

    /// <summary>One row.</summary>
    internal readonly struct Row(RowSet set, Cell[] cells)
    {
        public Cell this[string column] => set.Of(cells, column);

        /// <summary>A text; null where there is none.</summary>
        public string? Text(string column) => this[column] is { Kind: CellKind.Text } cell ? cell.Text : null;

        public long? Int(string column) => this[column] is { Kind: CellKind.Int } cell ? cell.Int : null;

        public double? Number(string column) => this[column] is { Kind: CellKind.Int or CellKind.Float } cell ? cell.Number : null;

        public bool Flag(string column) => this[column] is { Kind: CellKind.Bool, Bool: true };

        public DateTimeOffset? Time(string column) => this[column] is { Kind: CellKind.Time } cell ? cell.Time : null;

        public IReadOnlyList<string> List(string column) => this[column] is { Kind: CellKind.List } cell ? cell.List : [];
    }
}
