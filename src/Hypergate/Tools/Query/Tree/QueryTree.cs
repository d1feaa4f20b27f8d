namespace Hypergate.Tools.Query.Tree;

/// <summary>A query as it was written, whatever its form: names and values are not yet looked up.</summary>
internal sealed record QueryTree
{
    public const int DefaultLimit = 100;
    public const int LargestLimit = 1_000;

    public required TableName From { get; init; }

    /// <summary>The backends to ask, with where they stand; null for all.</summary>
    public IReadOnlyList<RawValue>? Backends { get; init; }

    public IReadOnlyList<JoinNode> Joins { get; init; } = [];

    /// <summary>Empty for the columns that the table shows by default.</summary>
    public IReadOnlyList<SelectItem> Select { get; init; } = [];

    public Condition? Where { get; init; }

    public IReadOnlyList<FieldName> GroupBy { get; init; } = [];

    public Condition? Having { get; init; }

    public IReadOnlyList<OrderItem> OrderBy { get; init; } = [];

    public bool Distinct { get; init; }

    /// <summary>0 only counts.</summary>
    public int Limit { get; init; } = DefaultLimit;

    public int Offset { get; init; }

    public string? Format { get; init; }
}

/// <summary>A table, and the name by which the rest of the query calls it.</summary>
internal sealed record TableName(string Name, string? Alias, Place Place);

/// <summary>A table to join. All of <paramref name="On"/> must hold.</summary>
/// <param name="IsLeft">Whether rows without a partner stay.</param>
internal sealed record JoinNode(TableName Table, bool IsLeft, IReadOnlyList<JoinPair> On, Place Place);

/// <summary>Two columns that must be equal; or must differ, which only backends may.</summary>
internal sealed record JoinPair(FieldName Left, FieldName Right, bool Differs, Place Place);

/// <summary>One column of the answer.</summary>
internal sealed record SelectItem(Expression Expression, string? Alias, Place Place);

/// <summary>One key of the order.</summary>
internal sealed record OrderItem(Expression Expression, bool IsDescending);
