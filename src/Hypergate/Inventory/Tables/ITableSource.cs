namespace Hypergate.Inventory.Tables;

/// <summary>Reads tables: from the platforms, or from memory in tests.</summary>
public interface ITableSource
{
    /// <summary>
    /// Reads a table over all asked backends, side by side. A backend that fails is a problem beside the rows of the others.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such table, or no such backend.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it; the message is for the caller.</exception>
    Task<TableReading> ReadAsync(TableRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// How many objects of a kind a reading would have to ask the platforms for, to tell what it would cost; an estimate. The backends
    /// and bounds of the request count, and what is at hand costs nothing.
    /// </summary>
    Task<int> CountAsync(TableRequest request, PricePer per, CancellationToken cancellationToken);
}
