using Hypergate.Inventory.Tables;
using Hypergate.Inventory.Tables.Definitions;

namespace Hypergate.Host.Mcp.Resources;

/// <summary>A type of objects that have addresses: a table of the inventory, and the ways to name a row of it.</summary>
/// <param name="Table">Its columns are what an object tells.</param>
/// <param name="Ways">Columns whose values, joined by slashes, name an object; the first is its id, and each must fit one alone.</param>
internal sealed record ObjectType(TableDefinition Table, IReadOnlyList<IReadOnlyList<string>> Ways)
{
    /// <summary>In the order in which they are listed.</summary>
    public static IReadOnlyList<ObjectType> All { get; } =
    [
        new(GuestTables.Guests, [["id"], ["vmid"], ["name"]]),
        new(NodeTables.Nodes, [["id"], ["name"]]),
        new(StorageTables.Storages, [["id"], ["node", "name"], ["name"]]),
        new(NodeTables.Networks, [["node", "name"], ["name"]]),
        new(ClusterTables.Clusters, [["cluster_id"], ["cluster"]]),
        new(ClusterTables.Pools, [["pool"]]),
        new(JobTables.BackupJobs, [["id"], ["name"]]),
        new(NodeTables.Tasks, [["id"]]),
    ];

    public string Name => Table.Name;

    /// <summary>The type of that name, or by another word for it; null where there is none.</summary>
    public static ObjectType? Find(string name) => All.FirstOrDefault(type => type.Name == name || type.Table.Also.Contains(name, StringComparer.Ordinal));

    /// <summary>The first way that every object can be named by; null for a row that has none.</summary>
    public string? IdOf(Cell[] row) => Ways.Select(way => NameBy(way, row)).FirstOrDefault(static name => name is not null);

    /// <summary>What people call it; null where it has no name.</summary>
    public string? TitleOf(Cell[] row) => NameBy(Ways[^1], row);

    /// <summary>The one row of that name; null where none or several have it.</summary>
    public Cell[]? Find(IReadOnlyList<Cell[]> rows, string name)
    {
        foreach (var way in Ways)
        {
            var found = rows.Where(row => NameBy(way, row) == name).Take(2).ToList();
            if (found.Count > 0)
            {
                return found is [var only] ? only : null;
            }
        }

        return null;
    }

    private string? NameBy(IReadOnlyList<string> way, Cell[] row)
    {
        var parts = way.Select(column => Table.IndexOf(column) is var index && index >= 0 ? row[index] : Cell.Null).Select(TextOf).ToList();
        return parts.Contains(null) ? null : string.Join('/', parts);
    }

    private static string? TextOf(Cell cell) => cell.Kind switch
    {
        CellKind.Text when cell.Text.Length > 0 => cell.Text,
        CellKind.Int => cell.Int.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
