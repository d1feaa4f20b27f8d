namespace Hypergate.Inventory.Proxmox;

/// <summary>The objects of Proxmox VE as tables.</summary>
internal static class ProxmoxInventory
{
    public static InventoryPlatform Platform { get; } = new()
    {
        Word = "proxmox",
        Tables = new Dictionary<string, TableReader>(StringComparer.Ordinal)
        {
            ["clusters"] = ProxmoxClusters.ReadAsync,
            ["nodes"] = ProxmoxNodes.ReadAsync,
            ["guests"] = ProxmoxGuests.ReadAsync,
            ["storages"] = ProxmoxStorages.ReadAsync,
            ["snapshots"] = ProxmoxSnapshots.ReadAsync,
            ["backups"] = ProxmoxBackups.ReadAsync,
            ["contents"] = ProxmoxContents.ReadAsync,
            ["disks"] = ProxmoxDisks.ReadAsync,
            ["nics"] = ProxmoxNics.ReadAsync,
            ["networks"] = ProxmoxNetworks.ReadAsync,
            ["tasks"] = ProxmoxTasks.ReadAsync,
            ["pools"] = ProxmoxPools.ReadAsync,
            ["replications"] = ProxmoxReplications.ReadAsync,
            ["backup_jobs"] = ProxmoxBackupJobs.ReadAsync,
            ["guest_configs"] = ProxmoxConfigs.ReadAsync,
        },
        WhyEmpty = ProxmoxRights.WhyEmptyAsync,
    };
}
