namespace Hypergate.Inventory.Tables;

/// <summary>The rows of a table at one moment, and what could not be read.</summary>
/// <param name="Table">What the cells of a row mean, in this order.</param>
/// <param name="Rows">One cell for each column.</param>
/// <param name="Problems">The backends whose rows are missing or incomplete, and why.</param>
public sealed record TableReading(TableDefinition Table, IReadOnlyList<Cell[]> Rows, IReadOnlyList<TableProblem> Problems);

/// <summary>Why rows of a backend are missing or incomplete.</summary>
/// <param name="Backend">Its configured name.</param>
/// <param name="Text">What happened and what to do; clean and without secrets.</param>
public sealed record TableProblem(string Backend, string Text)
{
    /// <summary>What the platform answered where nothing of it could be read; null where only some rows are missing.</summary>
    internal PlatformReadException? Cause { get; init; }
}
