using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Storages as rows.</summary>
internal static class StorageRows
{
    /// <summary>A storage of a node as the whole cluster sees it: without numbers where the node tells none.</summary>
    public static JsonObject Resource(Cluster cluster, Storage storage, ClusterNode node)
    {
        var row = Row(
            ("id", $"storage/{node.Name}/{storage.Id}"), ("storage", storage.Id), ("node", node.Name), ("type", "storage"),
            ("plugintype", storage.Type), ("status", "unknown"), ("shared", storage.Shared ? 1 : 0), ("content", string.Join(',', storage.Content)));
        if (!storage.SilentOn.Contains(node.Name) && !storage.InactiveOn.Contains(node.Name) && !Broadcast.IsLost(cluster, node))
        {
            row["status"] = "available";
            row["maxdisk"] = storage.Total;
            row["disk"] = storage.Used(node.Name);
        }

        return row;
    }

    /// <summary>A storage as its node sees it.</summary>
    public static JsonObject OfNode(Storage storage, string node)
    {
        var active = !storage.Disabled && !storage.InactiveOn.Contains(node);
        var used = storage.Used(node);
        var row = Row(
            ("storage", storage.Id), ("type", storage.Type), ("content", string.Join(',', storage.Content)), ("shared", storage.Shared ? 1 : 0),
            ("enabled", storage.Disabled ? 0 : 1), ("active", active ? 1 : 0), ("total", active ? storage.Total : 0), ("used", active ? used : 0),
            ("avail", active ? storage.Total - used : 0));
        if (active && storage.Total > 0)
        {
            row["used_fraction"] = (double)used / storage.Total;
        }

        return row;
    }
}
