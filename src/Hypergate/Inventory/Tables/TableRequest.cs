using Hypergate.Model;

namespace Hypergate.Inventory.Tables;

/// <summary>A wish to read a table.</summary>
public sealed record TableRequest
{
    /// <summary>The table's name.</summary>
    public required string Table { get; init; }

    /// <summary>Who asks: each call to a platform is made in this name.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The way back to the caller while the reading lasts.</summary>
    public Conversation Conversation { get; init; } = Conversation.Silent;

    /// <summary>The backends to read, by their configured names; null for all.</summary>
    public IReadOnlyList<string>? Backends { get; init; }

    /// <summary>The columns that are looked at; null for all. The others may be left empty where they cost extra.</summary>
    public IReadOnlySet<string>? Columns { get; init; }

    /// <summary>Conditions that every wanted row meets: a source may use them to read less, and whoever asks checks again.</summary>
    public IReadOnlyList<ColumnBound> Bounds { get; init; } = [];
}

/// <summary>One condition that every wanted row meets. Texts are compared without case; a missing value meets none.</summary>
/// <param name="Column">By its name.</param>
/// <param name="Comparison">How the value must stand to <paramref name="Values"/>.</param>
/// <param name="Values">One value, or several of which one must match where the comparison is <see cref="BoundComparison.Equal"/>.</param>
public sealed record ColumnBound(string Column, BoundComparison Comparison, IReadOnlyList<Cell> Values);

/// <summary>How a value stands to a bound.</summary>
public enum BoundComparison
{
    Equal,
    AtLeast,
    AtMost,
}
