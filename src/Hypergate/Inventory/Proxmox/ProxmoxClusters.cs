using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>A cluster, or a node that stands alone, as one row.</summary>
internal static class ProxmoxClusters
{
    private static readonly RowMap<Cluster> Map = new("clusters")
    {
        { "backend", static cluster => Cell.Of(cluster.Backend) },
        { "cluster", static cluster => Cell.Of(cluster.Name) },
        { "kind", static _ => Cell.Of("proxmox") },
        { "version", static cluster => Cell.Of(cluster.Version) },
        { "quorate", static cluster => Cell.Of(cluster.Quorate) },
        { "ha_enabled", static cluster => Cell.Of(cluster.Guests.Any(static guest => guest.Name("hastate") is not null)) },
        { "nodes_total", static cluster => Cell.Of((long?)cluster.Nodes.Count) },
        { "nodes_online", static cluster => Cell.Of((long?)cluster.Nodes.Count(static node => node.Text("status") == "online")) },
        { "guests_total", static cluster => Cell.Of((long?)cluster.Guests.Count(static guest => guest.Flag("template") != true)) },
        { "guests_running", static cluster => Cell.Of((long?)cluster.Guests.Count(static guest => guest.Text("status") == "running")) },
        { "cpu_total", static cluster => Sum(cluster.Nodes, "maxcpu") },
        { "memory_total", static cluster => Sum(cluster.Nodes, "maxmem") },
        { "memory_usage", static cluster => Sum(cluster.Nodes, "mem") },
        { "reachable", static _ => Cell.Of(true) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var status = await world.StatusAsync();
        var cluster = status.FirstOrDefault(static row => row.Text("type") == "cluster");
        return [Map.Row(new(visit.Backend, await world.NodesAsync(), await world.GuestsAsync())
        {
            Name = await world.ClusterNameAsync(),
            Version = visit.Reads.Offers("/version") ? (await visit.Reads.GetAsync("/version", [], cancellationToken, TimeSpan.FromSeconds(60))).Name("version") : null,
            Quorate = cluster.ValueKind == JsonValueKind.Object ? cluster.Flag("quorate") : status.Count > 0 ? true : null,
        })];
    }

    // Nodes without Sys.Audit have no numbers; where none has, there is no sum.
    private static Cell Sum(IReadOnlyList<JsonElement> items, string property)
    {
        long? sum = null;
        foreach (var item in items)
        {
            sum = item.Int(property) is { } number ? (sum ?? 0) + number : sum;
        }

        return Cell.Of(sum);
    }

    private sealed record Cluster(string Backend, IReadOnlyList<JsonElement> Nodes, IReadOnlyList<JsonElement> Guests)
    {
        public string? Name { get; init; }

        public string? Version { get; init; }

        public bool? Quorate { get; init; }
    }
}
