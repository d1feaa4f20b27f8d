using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory;

/// <summary>Whether a value meets a bound.</summary>
internal static class BoundCheck
{
    extension(ColumnBound bound)
    {
        /// <summary>False only where the value certainly fails the bound.</summary>
        public bool Admits(Cell value)
        {
            if (value.IsNull)
            {
                return false;
            }

            return bound.Comparison switch
            {
                BoundComparison.Equal => bound.Values.Any(wanted => Same(wanted, value)),
                BoundComparison.AtLeast => bound.Values.All(least => Order(value, least) is not < 0),
                BoundComparison.AtMost => bound.Values.All(most => Order(value, most) is not > 0),
                _ => true,
            };
        }
    }

    // Texts are compared without case: whoever asks may do the same, and checks again.
    private static bool Same(Cell wanted, Cell value) => (wanted.Kind, value.Kind) switch
    {
        (CellKind.Text, CellKind.Text) => wanted.Text.Equals(value.Text, StringComparison.OrdinalIgnoreCase),
        (CellKind.Text, CellKind.List) => value.List.Contains(wanted.Text, StringComparer.OrdinalIgnoreCase),
        (CellKind.Int or CellKind.Float or CellKind.Bool, CellKind.Int or CellKind.Float or CellKind.Bool) => wanted.Number.Equals(value.Number),
        var (left, right) => left != right || wanted == value,
    };

    private static int? Order(Cell left, Cell right) => (left.Kind, right.Kind) switch
    {
        (CellKind.Int or CellKind.Float, CellKind.Int or CellKind.Float) => left.Number.CompareTo(right.Number),
        (CellKind.Time, CellKind.Time) => left.Time.CompareTo(right.Time),
        _ => null,
    };
}
