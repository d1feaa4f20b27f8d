using Hypergate.Tools.Query.Planning;

namespace Hypergate.Tools.Query.Execution;

/// <summary>A condition ready to run.</summary>
/// <param name="Test">Bound to its columns and constants.</param>
/// <param name="Slots">The columns it looks at.</param>
/// <param name="Negated">Those of them that a <c>!=</c> or <c>NOT</c> looks at.</param>
internal sealed record Filter(Predicate Test, IReadOnlyList<Slot> Slots, IReadOnlyList<Slot> Negated)
{
    /// <summary>The rows that meet it.</summary>
    /// <param name="dropped">Grows by those that do not only because a value is missing to a <c>!=</c> or <c>NOT</c>.</param>
    public Frame Run(Frame frame, ref int dropped)
    {
        var rows = new int[frame.Count];
        var count = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            var truth = Test(frame, row);
            if (truth == Truth.True)
            {
                rows[count++] = row;
            }
            else if (truth == Truth.Unknown && IsMissing(frame, row))
            {
                dropped++;
            }
        }

        return count == rows.Length ? frame : frame.Pick(rows.AsSpan(0, count));
    }

    private bool IsMissing(Frame frame, int row)
    {
        for (var index = 0; index < Negated.Count; index++)
        {
            if (frame[Negated[index], row].IsNull)
            {
                return true;
            }
        }

        return false;
    }
}
