namespace Hypergate.Results.Rows;

/// <summary>How rows of a table, already selected and in their order, are shown.</summary>
public sealed record RowsShape
{
    private const int SmallestBudget = 2_000;

    /// <summary>What the cells of a row mean, in this order; each name once.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>How many rows there are in all.</summary>
    public required int Total { get; init; }

    /// <summary>The place of the first given row among them.</summary>
    public int Offset { get; init; }

    /// <summary>Makes the cursor that goes on at a place; null where pages are not offered.</summary>
    public Func<int, string>? Cursor { get; init; }

    public IResultFormat Format { get; init; } = ResultFormats.JsonCompact;

    /// <summary>The most characters of the text, and of the structured content.</summary>
    public int Budget
    {
        get;
        init => field = Math.Max(value, SmallestBudget);
    } = 25_000;

    /// <summary>What the reader must know beside the rows.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
