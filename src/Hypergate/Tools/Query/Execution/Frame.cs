using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Planning;

namespace Hypergate.Tools.Query.Execution;

/// <summary>Joined rows: for each table of the query the row that takes part, without copying a cell.</summary>
/// <param name="tables">By table, then by row; a table that is not joined yet is null.</param>
/// <param name="count">How many rows there are.</param>
internal sealed class Frame(Cell[][]?[] tables, int count)
{
    public int Count => count;

    public Cell[][]?[] Tables => tables;

    public ref readonly Cell this[Slot slot, int row] => ref tables[slot.Source]![row][slot.Column];

    /// <summary>A frame of one table.</summary>
    public static Frame Of(Cell[][] rows) => new([rows], rows.Length);

    /// <summary>Some of the rows.</summary>
    public Frame Pick(ReadOnlySpan<int> rows)
    {
        var picked = new Cell[tables.Length][][];
        for (var table = 0; table < tables.Length; table++)
        {
            if (tables[table] is not { } all)
            {
                continue;
            }

            var some = picked[table] = new Cell[rows.Length][];
            for (var index = 0; index < rows.Length; index++)
            {
                some[index] = all[rows[index]];
            }
        }

        return new(picked, rows.Length);
    }
}
