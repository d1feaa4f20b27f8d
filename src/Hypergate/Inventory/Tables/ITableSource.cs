namespace Hypergate.Inventory.Tables;

/// <summary>Reads tables: from the platforms, or from memory in tests.</summary>
public interface ITableSource
{
    /// <summary>
    /// Reads a table over all asked backends, side by side. A backend that fails is a problem beside the rows of the others.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such table, or no such backend.</exception>
    Task<TableReading> ReadAsync(TableRequest request, CancellationToken cancellationToken);

    /// <summary>How many objects of a kind are known to be there, to tell what a reading would cost; an estimate.</summary>
    Task<int> CountAsync(TableRequest request, PricePer per, CancellationToken cancellationToken);
}
