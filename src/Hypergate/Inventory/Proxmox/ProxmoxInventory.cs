namespace Hypergate.Inventory.Proxmox;

/// <summary>The objects of Proxmox VE as tables.</summary>
internal static class ProxmoxInventory
{
    private static readonly string[] World = ["/cluster/resources"];
    private static readonly string[] Configs = ["/nodes/{node}/qemu/{vmid}/config", "/nodes/{node}/lxc/{vmid}/config"];

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
        Sources = new Dictionary<string, string[][]>(StringComparer.Ordinal)
        {
            ["clusters"] = [World],
            ["nodes"] = [World],
            ["guests"] = [World],
            ["storages"] = [World],
            ["snapshots"] = [World, ["/nodes/{node}/qemu/{vmid}/snapshot", "/nodes/{node}/lxc/{vmid}/snapshot"]],
            ["backups"] = [World, ["/nodes/{node}/storage/{storage}/content"]],
            ["contents"] = [World, ["/nodes/{node}/storage/{storage}/content"]],
            ["disks"] = [World, Configs],
            ["nics"] = [World, Configs],
            ["networks"] = [World, ["/nodes/{node}/network"]],
            ["tasks"] = [World, ["/nodes/{node}/tasks"]],
            ["pools"] = [["/pools"]],
            ["replications"] = [World, ["/nodes/{node}/replication"]],
            ["backup_jobs"] = [["/cluster/backup"]],
            ["guest_configs"] = [World, Configs],
        },
        WhyEmpty = ProxmoxRights.WhyEmptyAsync,
    };
}
