using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Planning;

namespace Hypergate.Tools.Query.Execution;

/// <summary>Joins a table to the rows so far: the table is put into a hash by its key, then each row looks up its partners.</summary>
internal sealed class HashJoin
{
    private const int MostRows = 100_000;
    private readonly QuerySource _source;
    private readonly JoinPlan _join;
    private readonly Cell[][] _right;
    private readonly HashChains _chains;
    private readonly List<int> _leftRows = [];
    private readonly List<Cell[]> _rightRows = [];

    private HashJoin(QuerySource source, Cell[][] right)
    {
        (_source, _join, _right, _chains) = (source, source.Join!, right, new(right.Length));

        // From the last to the first, so that a chain gives them in their order.
        for (var row = right.Length - 1; row >= 0; row--)
        {
            if (Hash(right[row]) is { } hash)
            {
                _chains.Add(row, hash);
            }
        }
    }

    /// <exception cref="QueryException">There are too many rows.</exception>
    public static Frame Run(Frame left, QuerySource source, Cell[][] right)
    {
        var join = new HashJoin(source, right);
        var nothing = new Cell[source.Table.Columns.Count];
        for (var row = 0; row < left.Count; row++)
        {
            if (!join.AddPartners(left, row) && join._join.IsLeft)
            {
                join.Add(row, nothing);
            }
        }

        var frame = left.Pick(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(join._leftRows));
        frame.Tables[source.Index] = [.. join._rightRows];
        return frame;
    }

    private bool AddPartners(Frame left, int row)
    {
        if (Hash(left, row) is not { } hash)
        {
            return false;
        }

        var found = false;
        for (var partner = _chains.First(hash); partner >= 0; partner = _chains.Next(partner))
        {
            if (IsPartner(left, row, _right[partner]))
            {
                found = true;
                Add(row, _right[partner]);
            }
        }

        return found;
    }

    private void Add(int left, Cell[] right)
    {
        if (_leftRows.Count >= MostRows)
        {
            throw new QueryException(QueryCode.TooExpensive, $"The join gives more than {MostRows} rows.", _source.Place, "Join on more columns, or narrow the tables in where.");
        }

        _leftRows.Add(left);
        _rightRows.Add(right);
    }

    private bool IsPartner(Frame left, int row, Cell[] right)
    {
        foreach (var pair in _join.Equal)
        {
            if (!CellOrder.Same(left[pair.Left, row], right[pair.Right], pair.IsExact))
            {
                return false;
            }
        }

        foreach (var pair in _join.Different)
        {
            if (CellOrder.Same(left[pair.Left, row], right[pair.Right], pair.IsExact))
            {
                return false;
            }
        }

        return true;
    }

    // A missing value has no partner.
    private int? Hash(Cell[] right)
    {
        var hash = 17;
        foreach (var pair in _join.Equal)
        {
            if (right[pair.Right].IsNull)
            {
                return null;
            }

            hash = (hash * 31) + CellOrder.Hash(right[pair.Right], pair.IsExact);
        }

        return Spread(hash);
    }

    private int? Hash(Frame left, int row)
    {
        var hash = 17;
        foreach (var pair in _join.Equal)
        {
            ref readonly var cell = ref left[pair.Left, row];
            if (cell.IsNull)
            {
                return null;
            }

            hash = (hash * 31) + CellOrder.Hash(cell, pair.IsExact);
        }

        return Spread(hash);
    }

    // Hashes of numbers differ in their upper bits only, and buckets are chosen by the lower ones.
    private static int Spread(int hash) => (int)(((uint)hash * 2_654_435_769u) >> 3);
}
