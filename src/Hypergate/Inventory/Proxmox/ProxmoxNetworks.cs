using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Network interfaces of nodes.</summary>
internal static class ProxmoxNetworks
{
    private static readonly RowMap<Network> Map = new("networks")
    {
        { "backend", static network => Cell.Of(network.Backend) },
        { "cluster", static network => Cell.Of(network.Cluster) },
        { "name", static network => Cell.Of(network.Item.Text("iface")) },
        { "node", static network => Cell.Of(network.Node) },
        { "type", static network => Cell.Of(network.Item.Text("type")) },
        { "active", static network => Cell.Of(network.Item.Flag("active") == true) },
        { "autostart", static network => Cell.Of(network.Item.Flag("autostart") == true) },
        { "address", static network => Cell.Of(network.Item.Name("cidr") ?? network.Item.Name("address")) },
        { "gateway", static network => Cell.Of(network.Item.Name("gateway")) },
        { "ports", static network => Cell.Of((network.Item.Name("bridge_ports") ?? network.Item.Name("slaves"))?.Split(' ', StringSplitOptions.RemoveEmptyEntries)) },
        { "vlan", static network => Cell.Of(network.Item.Int("vlan-id")) },
        { "mtu", static network => Cell.Of(network.Item.Int("mtu")) },
        { "bridge", static network => Cell.Of(network.Item.Text("iface")) },
        { "comment", static network => Cell.Of(network.Item.Name("comments")?.Trim()) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var cluster = await world.ClusterNameAsync(visit);
        return await world.OfEachNodeAsync(visit, async node =>
        {
            var list = await visit.Reads.GetAsync("/nodes/{node}/network", [("node", node)], cancellationToken);
            return Map.Rows(list.Elements().OrderBy(static item => item.Text("iface"), StringComparer.Ordinal).Select(item => new Network(visit.Backend, cluster, node, item)));
        });
    }

    private sealed record Network(string Backend, string? Cluster, string Node, JsonElement Item);
}
