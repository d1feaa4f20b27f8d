namespace Hypergate.Tools.Query.Tree;

/// <summary>What a value is taken from.</summary>
internal abstract record Expression(Place Place);

/// <summary>A column.</summary>
internal sealed record FieldExpression(FieldName Field) : Expression(Field.Place);

/// <summary>All columns, of one table where it is named.</summary>
internal sealed record AllExpression(string? Table, Place Place) : Expression(Place);

/// <summary>A number made of many rows.</summary>
/// <param name="Field">Null for the rows themselves.</param>
/// <param name="IsDistinct">Whether equal values count once.</param>
internal sealed record AggregateExpression(AggregateFunction Function, FieldName? Field, bool IsDistinct, Place Place) : Expression(Place);

internal enum AggregateFunction
{
    Count,
    Sum,
    Average,
    Min,
    Max,
}

/// <summary>The name of a column, with its table where that is said.</summary>
internal sealed record FieldName(string? Table, string Name, Place Place)
{
    public override string ToString() => Table is null ? Name : $"{Table}.{Name}";

    /// <summary>Reads <c>table.column</c> or <c>column</c>.</summary>
    public static FieldName Parse(string text, Place place) => text.Split('.', 2) is [var table, var name]
        ? new(table.Trim(), name.Trim(), place)
        : new(null, text.Trim(), place);
}
