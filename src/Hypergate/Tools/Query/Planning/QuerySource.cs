using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Planning;

/// <summary>One table of a query.</summary>
/// <param name="Index">Its place among them; the first is what the query reads from.</param>
/// <param name="Name">What the query calls it.</param>
internal sealed record QuerySource(int Index, string Name, TableDefinition Table)
{
    /// <summary>The columns that are looked at, by their names; fills while the query is planned.</summary>
    public HashSet<string> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the query names it.</summary>
    public required Place Place { get; init; }

    /// <summary>How it is joined; null for the first.</summary>
    public JoinPlan? Join { get; init; }

    public Slot Use(int column)
    {
        Columns.Add(Table.Columns[column].Name);
        return new(Index, column);
    }
}

/// <summary>How a table is joined to those before it.</summary>
/// <param name="Equal">Columns that must be equal.</param>
/// <param name="Different">Columns that must differ.</param>
internal sealed record JoinPlan(bool IsLeft, IReadOnlyList<KeyPair> Equal, IReadOnlyList<KeyPair> Different);

/// <summary>A column of the tables before, and the joined table's column that it is compared with.</summary>
/// <param name="IsExact">Whether texts are compared with case.</param>
internal readonly record struct KeyPair(Slot Left, int Right, bool IsExact);
