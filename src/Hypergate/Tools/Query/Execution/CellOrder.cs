using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Query.Execution;

/// <summary>How cells of the same type compare.</summary>
internal static class CellOrder
{
    /// <summary>For conditions: texts without case.</summary>
    public static int Compare(in Cell left, in Cell right) => (left.Kind, right.Kind) switch
    {
        (CellKind.Text, CellKind.Text) => string.Compare(left.Text, right.Text, StringComparison.OrdinalIgnoreCase),
        (CellKind.Float, _) or (_, CellKind.Float) => left.Number.CompareTo(right.Number),
        (CellKind.Time, CellKind.Time) => left.Time.CompareTo(right.Time),
        (CellKind.List, CellKind.List) => string.Compare(Joined(left), Joined(right), StringComparison.OrdinalIgnoreCase),
        _ => left.Int.CompareTo(right.Int),
    };

    /// <summary>For orders: the same, and texts that differ in case only are not equal.</summary>
    public static int Sort(in Cell left, in Cell right)
    {
        var order = Compare(left, right);
        return order != 0 || left.Kind is not (CellKind.Text or CellKind.List) ? order : string.CompareOrdinal(Joined(left), Joined(right));
    }

    public static int Hash(in Cell cell, bool isExact) => cell.Kind == CellKind.Text && !isExact
        ? string.GetHashCode(cell.Text, StringComparison.OrdinalIgnoreCase)
        : cell.GetHashCode();

    public static bool Same(in Cell left, in Cell right, bool isExact) => left.Kind == CellKind.Text && right.Kind == CellKind.Text && !isExact
        ? string.Equals(left.Text, right.Text, StringComparison.OrdinalIgnoreCase)
        : left.Equals(right);

    private static string Joined(in Cell cell) => cell.Kind == CellKind.List ? string.Join(';', cell.List) : cell.Text;
}
