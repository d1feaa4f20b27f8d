namespace Hypergate.Inventory.Tables;

/// <summary>One column of a table.</summary>
/// <param name="Name">In snake_case: <c>cpu_usage_percent</c>.</param>
/// <param name="Type">Of every value that is there; any value may be missing unless it is a <see cref="Key"/>.</param>
/// <param name="Description">For people and models, in few words.</param>
public sealed record ColumnDefinition(string Name, ColumnType Type, string Description)
{
    /// <summary>Whether it helps to name the row; never missing.</summary>
    public bool Key { get; init; }

    /// <summary>The values it can have, where they are few.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Other names that a query may use for it.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The kinds of platform that fill it; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Calls that a reading costs more, for each of what the table's price is for, where this column is looked at.</summary>
    public int ExtraPrice { get; init; }
}
