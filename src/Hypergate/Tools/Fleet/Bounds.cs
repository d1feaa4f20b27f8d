using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet;

/// <summary>Bounds of the arguments that a table can use to read less; those that are not given are none.</summary>
internal static class Bounds
{
    public static IReadOnlyList<ColumnBound> Of(params IReadOnlyList<ColumnBound?> bounds) => [.. bounds.OfType<ColumnBound>()];

    public static ColumnBound? Equal(string column, string? value) => value is null ? null : new(column, BoundComparison.Equal, [Cell.Of(value)]);

    public static ColumnBound? Equal(string column, long? value) => value is null ? null : new(column, BoundComparison.Equal, [Cell.Of(value)]);

    public static ColumnBound? AtLeast(string column, DateTimeOffset? value) => value is null ? null : new(column, BoundComparison.AtLeast, [Cell.Of(value)]);

    public static ColumnBound? AtMost(string column, DateTimeOffset? value) => value is null ? null : new(column, BoundComparison.AtMost, [Cell.Of(value)]);
}
