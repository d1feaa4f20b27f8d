using Hypergate.Tools.Fleet.Cluster;
using Hypergate.Tools.Fleet.Guests;
using Hypergate.Tools.Fleet.Metrics;
using Hypergate.Tools.Fleet.Nodes;
using Hypergate.Tools.Fleet.Storage;
using Hypergate.Tools.Fleet.Tasks;

namespace Hypergate.Tools.Fleet;

/// <summary>Every fleet tool.</summary>
internal static class FleetTools
{
    public static IReadOnlyList<FleetTool> All { get; } =
    [
        .. ClusterTools.All, .. PermissionTools.All, .. NodeTools.All, .. GuestLists.All, .. GuestTools.All, .. StorageTools.All, .. BackupTools.All,
        .. StorageChangeTools.All, .. TaskTools.All, .. MetricsTools.All,
    ];
}
