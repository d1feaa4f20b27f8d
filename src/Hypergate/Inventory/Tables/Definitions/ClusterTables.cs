using static Hypergate.Inventory.Tables.ColumnType;
using static Hypergate.Inventory.Tables.Definitions.Common;

namespace Hypergate.Inventory.Tables.Definitions;

/// <summary>Clusters and what divides them.</summary>
internal static class ClusterTables
{
    public static TableDefinition Clusters { get; } = new("clusters", "one cluster or pool", 2, PricePer.Backend,
    [
        new("backend", Text, "Configured name of the connection") { Key = true },
        new("cluster", Text, "Cluster or pool name; the node's name where it stands alone") { Also = ["name"] },
        new("kind", Text, "Platform") { Values = ["proxmox", "xo"] },
        new("cluster_id", Text, "Id of the pool") { Kinds = Xo },
        new("version", Text, "Version of the platform"),
        new("quorate", Bool, "Whether the cluster has a majority of its nodes") { Kinds = Pve },
        new("ha_enabled", Bool, "Whether high availability is in use"),
        new("nodes_total", Int, "Nodes"),
        new("nodes_online", Int, "Nodes that are online"),
        new("guests_total", Int, "Guests, without templates"),
        new("guests_running", Int, "Guests that run"),
        new("cpu_total", Int, "CPU threads or cores of all nodes"),
        new("memory_total", Bytes, "Memory of all nodes"),
        new("memory_usage", Bytes, "Memory in use on all nodes"),
        new("reachable", Bool, "Whether the last reading succeeded"),
        new("error", Text, "Why it did not"),
    ])
    {
        Defaults = ["backend", "cluster", "kind", "version", "quorate", "nodes_total", "nodes_online", "guests_total", "guests_running", "reachable"],
        Example = "SELECT backend, cluster, version, nodes_online, nodes_total FROM clusters WHERE quorate = false OR reachable = false",
    };

    public static TableDefinition Pools { get; } = new("pools", "one resource pool", 2, PricePer.Backend,
    [
        .. Place,
        new("pool", Text, "Name") { Key = true, Also = ["name", "id"], Kinds = Pve },
        new("comment", Text, "Comment") { Kinds = Pve },
        new("guests_total", Int, "Guests in it") { Kinds = Pve },
        new("guests_running", Int, "Guests in it that run") { Kinds = Pve },
        new("storages_total", Int, "Storages in it") { Kinds = Pve },
    ])
    {
        Note = "Resource pools of Proxmox VE; other platforms have no rows here.",
        Example = "SELECT backend, pool, guests_running, guests_total FROM pools ORDER BY guests_total DESC",
    };
}
