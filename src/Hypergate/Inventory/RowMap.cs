using System.Collections;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory;

/// <summary>How an object of a platform becomes a row: a function for each column that the platform can fill.</summary>
/// <typeparam name="T">The object, with what is needed to read it.</typeparam>
/// <param name="table">The table by its name.</param>
internal sealed class RowMap<T>(string table) : IEnumerable<string>
{
    private readonly TableDefinition _table = InventoryTables.Find(table) ?? throw new ArgumentException($"There is no table '{table}'.", nameof(table));
    private readonly List<(int Index, Func<T, Cell> Cell)> _cells = [];

    /// <summary>Fills a column.</summary>
    public void Add(string column, Func<T, Cell> cell)
    {
        var index = _table.IndexOf(column);
        _cells.Add(index >= 0 ? (index, cell) : throw new ArgumentException($"Table '{_table.Name}' has no column '{column}'.", nameof(column)));
    }

    /// <summary>Fills columns that several tables have in common, those of them that this table has.</summary>
    /// <param name="common">Column and cell.</param>
    /// <param name="part">Where an object has what they read.</param>
    public void Add<TPart>(IEnumerable<(string Column, Func<TPart, Cell> Cell)> common, Func<T, TPart> part)
    {
        foreach (var (column, cell) in common)
        {
            var index = _table.IndexOf(column);
            if (index >= 0)
            {
                _cells.Add((index, item => cell(part(item))));
            }
        }
    }

    public Cell[] Row(T item)
    {
        var row = new Cell[_table.Columns.Count];
        foreach (var (index, cell) in _cells)
        {
            row[index] = cell(item);
        }

        return row;
    }

    public IReadOnlyList<Cell[]> Rows(IEnumerable<T> items) => [.. items.Select(Row)];

    public IEnumerator<string> GetEnumerator() => _cells.Select(cell => _table.Columns[cell.Index].Name).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
