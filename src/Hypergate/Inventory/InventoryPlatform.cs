using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory;

/// <summary>How the objects of one kind of platform become tables.</summary>
internal sealed record InventoryPlatform
{
    private static readonly TimeSpan ContentLife = TimeSpan.FromSeconds(15);

    /// <summary>A reader for each table that the platform has; the others have no rows of it.</summary>
    public required IReadOnlyDictionary<string, TableReader> Tables { get; init; }

    /// <summary>
    /// The reads without which there are no rows of a table: one path of each entry. Whatever else a table reads only fills columns.
    /// </summary>
    public required IReadOnlyDictionary<string, string[][]> Sources { get; init; }

    /// <summary>The first reads without which a table has no rows, and which do not exist for whoever asks; null where it can be read.</summary>
    public string? Missing(string table, Func<string, bool> offers) =>
        Sources.TryGetValue(table, out var sources) && Array.Find(sources, paths => !Array.Exists(paths, path => offers(path))) is { } missing ? missing[0] : null;

    /// <summary>Why a table without rows may only look empty: the right that is missing. Null where nothing speaks for it.</summary>
    public Func<string, PlatformReads, CancellationToken, Task<string?>> WhyEmpty { get; init; } = static (_, _, _) => Task.FromResult<string?>(null);

    /// <summary>The most calls that a table takes, however many objects there are; without limit where each object is asked for.</summary>
    public int MostCalls { get; init; } = int.MaxValue;

    /// <summary>The word for the platform in <c>clusters.kind</c>.</summary>
    public required string Word { get; init; }

    /// <summary>How long the rows of a table may be kept.</summary>
    public static TimeSpan LifeOf(string table) => table switch
    {
        "tasks" => TimeSpan.Zero,
        "contents" or "backups" => ContentLife,
        _ => PlatformReads.Fresh,
    };

    /// <summary>The row of a cluster that cannot be reached, which is itself worth knowing; null for other tables.</summary>
    public Cell[]? Unreachable(TableDefinition table, string backend, PlatformReadException problem)
    {
        if (table.Name != "clusters")
        {
            return null;
        }

        var row = new Cell[table.Columns.Count];
        row[table.IndexOf("backend")] = Cell.Of(backend);
        row[table.IndexOf("kind")] = Cell.Of(Word);
        row[table.IndexOf("reachable")] = Cell.Of(false);
        row[table.IndexOf("error")] = Cell.Of(problem.Message);
        return row;
    }
}
