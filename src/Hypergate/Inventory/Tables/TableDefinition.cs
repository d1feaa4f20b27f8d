namespace Hypergate.Inventory.Tables;

/// <summary>One table over the objects of all platforms.</summary>
/// <param name="Name">In snake_case, plural: <c>guests</c>.</param>
/// <param name="Row">What one row is.</param>
/// <param name="Price">What a reading costs, in calls to a platform, for each <paramref name="Per"/>.</param>
/// <param name="Per">What the price is for.</param>
/// <param name="Columns">In the order in which they are shown; <c>backend</c> and <c>cluster</c> first.</param>
public sealed record TableDefinition(string Name, string Row, int Price, PricePer Per, IReadOnlyList<ColumnDefinition> Columns)
{
    /// <summary>What a reader must know before anything else; empty where there is nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Other names that a query may use for it.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The columns that are shown where none are asked for; empty for all.</summary>
    public IReadOnlyList<string> Defaults { get; init; } = [];

    /// <summary>A query that people ask of it, as text.</summary>
    public string Example { get; init; } = "";

    /// <summary>The place of a column by its name; −1 where there is none.</summary>
    public int IndexOf(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index].Name == column)
            {
                return index;
            }
        }

        return -1;
    }
}

/// <summary>What the price of a table is for.</summary>
public enum PricePer
{
    Backend,
    Node,
    Guest,
    Storage,
}
