namespace Hypergate.Inventory.XenOrchestra;

/// <summary>The objects of Xen Orchestra as tables: a pool is a cluster, a host a node, a storage repository a storage.</summary>
internal static class XenOrchestraInventory
{
    public static InventoryPlatform Platform { get; } = new()
    {
        Word = "xo",

        // Whole collections, at most this many of them for one table.
        MostCalls = 6,
        Tables = new Dictionary<string, TableReader>(StringComparer.Ordinal)
        {
            ["clusters"] = XenOrchestraPools.ReadAsync,
            ["nodes"] = XenOrchestraHosts.ReadAsync,
            ["guests"] = XenOrchestraGuests.ReadAsync,
            ["storages"] = XenOrchestraStorages.ReadAsync,
            ["snapshots"] = XenOrchestraSnapshots.ReadAsync,
            ["backups"] = XenOrchestraBackups.ReadAsync,
            ["contents"] = XenOrchestraContents.ReadAsync,
            ["disks"] = XenOrchestraDisks.ReadAsync,
            ["nics"] = XenOrchestraNics.ReadAsync,
            ["networks"] = XenOrchestraNetworks.ReadAsync,
            ["tasks"] = XenOrchestraTasks.ReadAsync,
            ["backup_jobs"] = XenOrchestraBackupJobs.ReadAsync,
            ["guest_configs"] = XenOrchestraConfigs.ReadAsync,
        },
        Sources = new Dictionary<string, string[][]>(StringComparer.Ordinal)
        {
            ["clusters"] = [["/pools"]],
            ["nodes"] = [["/hosts"]],
            ["guests"] = [["/vms"]],
            ["storages"] = [["/srs"]],
            ["snapshots"] = [["/vm-snapshots"]],
            ["backups"] = [["/backup-archives"]],
            ["contents"] = [["/vdis"]],
            ["disks"] = [["/vbds"], ["/vms", "/vm-templates"]],
            ["nics"] = [["/vifs"], ["/vms"]],
            ["networks"] = [["/networks"]],
            ["tasks"] = [["/tasks"]],
            ["backup_jobs"] = [["/backup-jobs"]],
            ["guest_configs"] = [["/vms", "/vm-templates"]],
        },
        WhyEmpty = WhyEmptyAsync,
    };

    private static async Task<string?> WhyEmptyAsync(string table, PlatformReads reads, CancellationToken cancellationToken)
    {
        var user = await reads.TryGetAsync("/users/{id}", [("id", "me")], cancellationToken, TimeSpan.FromSeconds(60));
        return user.Text("permission") is { } permission and not "admin"
            ? $"this connection is no administrator of Xen Orchestra (permission {permission}) and sees only what its roles allow: there may be {table} that it cannot see."
            : null;
    }
}
