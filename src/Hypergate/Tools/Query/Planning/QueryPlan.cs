using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Execution;

namespace Hypergate.Tools.Query.Planning;

/// <summary>A query whose names and values are known: what is read, and what happens to it in which order.</summary>
internal sealed record QueryPlan
{
    public required IReadOnlyList<QuerySource> Sources { get; init; }

    /// <summary>For each table what its rows must meet before they are joined.</summary>
    public required IReadOnlyList<SourceFilter> Before { get; init; }

    /// <summary>What joined rows must meet.</summary>
    public required IReadOnlyList<Filter> After { get; init; }

    /// <summary>Null where rows stay as they are.</summary>
    public GroupPlan? Group { get; init; }

    public Filter? Having { get; init; }

    public bool IsDistinct { get; init; }

    /// <summary>The columns of the answer, taken from the joined rows, or from the groups.</summary>
    public required IReadOnlyList<OutputColumn> Output { get; init; }

    /// <summary>The keys of the order; of distinct rows they are columns of the answer.</summary>
    public required IReadOnlyList<OrderKey> Order { get; init; }

    public required int Limit { get; init; }

    public required int Offset { get; init; }
}

/// <summary>What is known of a table's rows before they are read.</summary>
/// <param name="Filters">What they must meet.</param>
/// <param name="Bounds">The same, as far as a source can use it.</param>
internal sealed record SourceFilter(IReadOnlyList<Filter> Filters, IReadOnlyList<ColumnBound> Bounds);

/// <summary>A column of the answer.</summary>
internal sealed record OutputColumn(string Name, ColumnType Type, Slot Slot);

internal readonly record struct OrderKey(Slot Slot, bool IsDescending);
