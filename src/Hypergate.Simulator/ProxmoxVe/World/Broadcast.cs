using Hypergate.Simulator.ProxmoxVe.Metrics;

namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>The numbers that each node tells the others every ten seconds.</summary>
internal static class Broadcast
{
    // After so long a node that does not answer counts as lost, and its guests as unknown.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    public static void Refresh(Cluster cluster)
    {
        var now = cluster.Now;
        if (cluster.Told is { } told && now - told < cluster.Options.Broadcast)
        {
            return;
        }

        cluster.Told = now;
        foreach (var guest in cluster.Guests.Values)
        {
            guest.Broadcast = IsLost(cluster, cluster.Node(guest.Node)!) ? null
                : cluster.Node(guest.Node)!.UnreachableSince is null || guest.Broadcast is null ? Figures.Of(cluster, guest)
                : guest.Broadcast;
        }
    }

    /// <summary>Whether a node has been silent for too long.</summary>
    public static bool IsLost(Cluster cluster, ClusterNode node) => node.UnreachableSince is { } since && cluster.Now - since >= Memory;
}
