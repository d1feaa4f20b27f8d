using Hypergate.Inventory.Tables.Definitions;

namespace Hypergate.Inventory.Tables;

/// <summary>Every table. A new one is a file in Definitions and a line here.</summary>
public static class InventoryTables
{
    public static IReadOnlyList<TableDefinition> All { get; } =
    [
        ClusterTables.Clusters, NodeTables.Nodes, GuestTables.Guests, StorageTables.Storages, GuestTables.Snapshots, StorageTables.Backups,
        StorageTables.Contents, HardwareTables.Disks, HardwareTables.Nics, NodeTables.Networks, NodeTables.Tasks, ClusterTables.Pools,
        JobTables.Replications, JobTables.BackupJobs, HardwareTables.GuestConfigs,
    ];

    /// <summary>The table of that name; null where there is none.</summary>
    public static TableDefinition? Find(string name) => All.FirstOrDefault(table => table.Name == name);
}
