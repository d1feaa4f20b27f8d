using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Planning;

namespace Hypergate.Tools.Query.Execution;

/// <summary>Makes one row of each group: its keys, then its aggregates.</summary>
internal sealed class Grouping
{
    private readonly Frame _frame;
    private readonly GroupPlan _plan;
    private readonly HashChains _chains;
    private readonly List<int> _firstRows = [];
    private Accumulator[] _states;

    private Grouping(Frame frame, GroupPlan plan) =>
        (_frame, _plan, _chains, _states) = (frame, plan, new(Math.Max(1, frame.Count)), new Accumulator[16 * Math.Max(1, plan.Aggregates.Count)]);

    public static Frame Run(Frame frame, GroupPlan plan)
    {
        var grouping = new Grouping(frame, plan);
        AggregatePlan[] aggregates = [.. plan.Aggregates];
        Slot[] keys = [.. plan.Keys];
        for (var row = 0; row < frame.Count; row++)
        {
            grouping.Add(row, grouping.GroupOf(keys, row), aggregates);
        }

        // Aggregates without keys are one row, also over nothing.
        var count = keys.Length == 0 ? 1 : grouping._firstRows.Count;
        return Frame.Of([.. Enumerable.Range(0, count).Select(group => grouping.Row(group, keys, aggregates))]);
    }

    private int GroupOf(Slot[] keys, int row)
    {
        if (keys.Length == 0)
        {
            return 0;
        }

        var hash = 17;
        foreach (var key in keys)
        {
            hash = (hash * 31) + CellOrder.Hash(_frame[key, row], isExact: true);
        }

        hash = (int)(((uint)hash * 2_654_435_769u) >> 3);
        for (var group = _chains.First(hash); group >= 0; group = _chains.Next(group))
        {
            if (IsSame(keys, row, _firstRows[group]))
            {
                return group;
            }
        }

        _chains.Add(_firstRows.Count, hash);
        _firstRows.Add(row);
        if (_firstRows.Count * _plan.Aggregates.Count > _states.Length)
        {
            Array.Resize(ref _states, _states.Length * 2);
        }

        return _firstRows.Count - 1;
    }

    private bool IsSame(Slot[] keys, int row, int other)
    {
        foreach (var key in keys)
        {
            if (!_frame[key, row].Equals(_frame[key, other]))
            {
                return false;
            }
        }

        return true;
    }

    private void Add(int row, int group, AggregatePlan[] aggregates)
    {
        for (var index = 0; index < aggregates.Length; index++)
        {
            ref var state = ref _states[(group * aggregates.Length) + index];
            if (aggregates[index].Slot is not { } slot)
            {
                state.Add();
                continue;
            }

            ref readonly var cell = ref _frame[slot, row];
            if (!cell.IsNull)
            {
                state.Add(aggregates[index], cell);
            }
        }
    }

    private Cell[] Row(int group, Slot[] keys, AggregatePlan[] aggregates)
    {
        var cells = new Cell[keys.Length + aggregates.Length];
        for (var index = 0; index < keys.Length; index++)
        {
            cells[index] = _frame[keys[index], _firstRows[group]];
        }

        for (var index = 0; index < aggregates.Length; index++)
        {
            cells[keys.Length + index] = _states[(group * aggregates.Length) + index].Result(aggregates[index]);
        }

        return cells;
    }
}
