using Hypergate.Tools.Query.Planning;

namespace Hypergate.Tools.Query.Execution;

/// <summary>Finds the rows of one page in their order, without ordering all others.</summary>
internal sealed class RowSort(Frame frame, OrderKey[] keys) : IComparer<int>
{
    /// <param name="offset">Rows to skip.</param>
    /// <param name="limit">Rows to take at most.</param>
    public static int[] Page(Frame frame, IReadOnlyList<OrderKey> keys, int offset, int limit)
    {
        var wanted = (int)Math.Min((long)offset + limit, frame.Count);
        if (limit == 0 || offset >= frame.Count)
        {
            return [];
        }

        var sort = new RowSort(frame, [.. keys]);
        var rows = wanted < frame.Count / 4 ? sort.First(wanted) : sort.All();
        return rows[offset..wanted];
    }

    /// <summary>Missing values are last in both directions; what is equal stays in the order it came in.</summary>
    public int Compare(int x, int y)
    {
        foreach (var key in keys)
        {
            ref readonly var left = ref frame[key.Slot, x];
            ref readonly var right = ref frame[key.Slot, y];
            if (left.IsNull || right.IsNull)
            {
                if (left.IsNull != right.IsNull)
                {
                    return left.IsNull ? 1 : -1;
                }

                continue;
            }

            var order = CellOrder.Sort(left, right);
            if (order != 0)
            {
                return key.IsDescending ? -order : order;
            }
        }

        return x.CompareTo(y);
    }

    private int[] All()
    {
        int[] rows = [.. Enumerable.Range(0, frame.Count)];
        Array.Sort(rows, this);
        return rows;
    }

    // The last of the first so far is at the top of the heap; most rows are behind it and cost one comparison.
    private int[] First(int wanted)
    {
        var heap = new PriorityQueue<int, int>(wanted + 1, Comparer<int>.Create((x, y) => Compare(y, x)));
        for (var row = 0; row < frame.Count; row++)
        {
            if (heap.Count < wanted)
            {
                heap.Enqueue(row, row);
            }
            else if (Compare(row, heap.Peek()) < 0)
            {
                heap.DequeueEnqueue(row, row);
            }
        }

        int[] rows = [.. heap.UnorderedItems.Select(static item => item.Element)];
        Array.Sort(rows, this);
        return rows;
    }
}
