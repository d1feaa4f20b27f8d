using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Planning;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Execution;

/// <summary>One aggregate of one group while it grows.</summary>
internal struct Accumulator
{
    private long _count;
    private Int128 _whole;
    private double _fraction;
    private bool _hasFraction;
    private Cell _best;
    private HashSet<Cell>? _seen;

    /// <summary>Counts a row.</summary>
    public void Add() => _count++;

    /// <summary>Takes a value that is there.</summary>
    public void Add(AggregatePlan plan, in Cell cell)
    {
        if (plan.IsDistinct)
        {
            (_seen ??= []).Add(cell);
            return;
        }

        _count++;
        switch (plan.Function)
        {
            case AggregateFunction.Sum or AggregateFunction.Average when cell.Kind == CellKind.Float:
                _fraction += cell.Number;
                _hasFraction = true;
                break;
            case AggregateFunction.Sum or AggregateFunction.Average:
                _whole += cell.Int;
                break;
            case AggregateFunction.Min when _best.IsNull || CellOrder.Sort(cell, _best) < 0:
            case AggregateFunction.Max when _best.IsNull || CellOrder.Sort(cell, _best) > 0:
                _best = cell;
                break;
        }
    }

    /// <exception cref="QueryException">A sum is too large.</exception>
    public readonly Cell Result(AggregatePlan plan) => plan.Function switch
    {
        AggregateFunction.Count => Cell.Of(_seen?.Count ?? _count),
        AggregateFunction.Min or AggregateFunction.Max => _best,
        _ when _count == 0 => Cell.Null,
        AggregateFunction.Average => Number(plan, ((double)_whole + _fraction) / _count),
        _ when _hasFraction => Number(plan, (double)_whole + _fraction),
        _ => Whole(plan, _whole),
    };

    private static Cell Number(AggregatePlan plan, double number) =>
        Cell.Of(plan.Type == ColumnType.Percent ? Math.Round(number, 1, MidpointRounding.AwayFromZero) : number);

    private static Cell Whole(AggregatePlan plan, Int128 sum) => sum <= long.MaxValue && sum >= long.MinValue
        ? Cell.Of((long)sum)
        : throw new QueryException(QueryCode.BadAggregate, "A sum exceeds 9223372036854775807.", plan.Place, "Use AVERAGE, or narrow the rows.");
}
