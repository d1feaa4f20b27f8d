using Hypergate.Inventory;
using Hypergate.Inventory.Proxmox;
using Hypergate.Tools.Fleet.Guests;
using Hypergate.Tools.Fleet.Metrics;
using Hypergate.Tools.Fleet.Storage;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary>What the fleet tools do on Proxmox VE beyond its tables.</summary>
internal static class ProxmoxFleet
{
    public static FleetPlatform Platform { get; } = new()
    {
        HasNumbers = true,
        ClusterOptions = ProxmoxOptions.RunAsync,
        NodeStatus = ProxmoxNodeStatus.RunAsync,
        StorageStates = StorageStatesAsync,
        PoolMembers = PoolMembersAsync,
        Metrics = new MetricsSource(ProxmoxMetrics.NodeAsync, ProxmoxMetrics.GuestAsync),
        Permissions = ProxmoxPermissions.RunAsync,
        Task = ProxmoxTaskReports.ReadAsync,
        IsTaskId = static id => id.StartsWith("UPID:", StringComparison.Ordinal) && id.Split(':').Length == 9,
        GuestConfig = ProxmoxGuestConfig.RunAsync,
        GuestInfo = ProxmoxGuestInfo.RunAsync,
        Guests = new GuestChanges
        {
            State = ProxmoxPower.RunAsync,
            CreateSnapshot = ProxmoxSnapshotChanges.CreateAsync,
            DeleteSnapshot = ProxmoxSnapshotChanges.DeleteAsync,
            RollbackSnapshot = ProxmoxSnapshotChanges.RollbackAsync,
            Migrate = ProxmoxMigration.RunAsync,
            Copy = ProxmoxClone.RunAsync,
            UpdateConfig = ProxmoxConfigChange.RunAsync,
            Backup = ProxmoxBackup.RunAsync,
            RunCommand = ProxmoxCommand.RunAsync,
        },
        Storages = new StorageChanges
        {
            Download = ProxmoxVolumes.DownloadAsync,
            Delete = ProxmoxVolumes.DeleteAsync,
            DeletesBackups = true,
        },
    };

    private static async Task<IReadOnlyDictionary<string, StorageState>> StorageStatesAsync(
        FleetRequest request, FleetBackend backend, string node, CancellationToken cancellationToken)
    {
        var list = await request.Reads(backend).TryGetAsync("/nodes/{node}/storage", [("node", node)], cancellationToken);
        return list.Elements().Where(static item => item.Text("storage") is not null)
            .ToDictionary(static item => item.Text("storage")!, static item => new StorageState(item.Flag("active"), item.Flag("enabled")), StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> PoolMembersAsync(FleetRequest request, FleetBackend backend, string pool, CancellationToken cancellationToken) =>
        [.. (await ProxmoxPools.MembersAsync(request.Reads(backend), pool, cancellationToken)).Select(static member => member.Text("id")).OfType<string>()];
}
