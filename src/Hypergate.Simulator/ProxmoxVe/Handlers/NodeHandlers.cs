using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The list of nodes, and each of them.</summary>
internal static class NodeHandlers
{
    public static void AddTo(HandlerTable table) => table.Add("GET /nodes", List);

    private static JsonArray List(Call call)
    {
        Broadcast.Refresh(call.Cluster);
        return Rows.Array(call.Cluster.Nodes.Select(node => NodeRows.Listed(call, node)));
    }
}
