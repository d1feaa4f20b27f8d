using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Metrics;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Nodes as rows: without the right to see them closer, without numbers.</summary>
internal static class NodeRows
{
    public static JsonObject Resource(Call call, ClusterNode node)
    {
        var lost = Broadcast.IsLost(call.Cluster, node);
        var row = Row(
            ("id", $"node/{node.Name}"), ("node", node.Name), ("type", "node"), ("status", lost ? "offline" : "online"), ("level", ""),
            ("hastate", HaRows.NodeState(call.Cluster, node)));
        if (!call.May($"/nodes/{node.Name}", "Sys.Audit"))
        {
            return row;
        }

        row["maxcpu"] = node.Cores;
        row["maxmem"] = node.MaxMemory;
        row["maxdisk"] = node.MaxDisk;
        if (!lost)
        {
            var told = call.Cluster.Told ?? call.Cluster.Now;
            row["cpu"] = Figures.NodeCpu(call.Cluster, node, told);
            row["mem"] = Figures.NodeMemory(call.Cluster, node, told);
            row["disk"] = Figures.NodeDisk(call.Cluster, node);
            row["uptime"] = Figures.NodeUptime(call.Cluster, node);
        }

        return row;
    }

    /// <summary>A row of <c>GET /nodes</c>: the same with the certificate's fingerprint, where it is known.</summary>
    public static JsonObject Listed(Call call, ClusterNode node)
    {
        var row = Resource(call, node);
        row.Remove("hastate");
        row["ssl_fingerprint"] = node.FingerprintKnown ? node.SslFingerprint : null;
        return row;
    }
}
