using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Nodes.</summary>
internal static class ProxmoxNodes
{
    private static readonly RowMap<Node> Map = new("nodes")
    {
        { "backend", static node => Cell.Of(node.Backend) },
        { "cluster", static node => Cell.Of(node.Cluster) },
        { "name", static node => Cell.Of(node.Item.Text("node")) },
        { "id", static node => Cell.Of(node.Item.Text("id")) },
        { "status", static node => Cell.Of(StateOf(node.Item)) },
        { "uptime", static node => Cell.Of(node.Item.Int("uptime")) },
        { "cpu_count", static node => Cell.Of(node.Item.Int("maxcpu")) },
        { "cpu_usage_percent", static node => Cell.Share(node.Item.Number("cpu"), 1) },
        { "memory_total", static node => Cell.Of(node.Item.Int("maxmem")) },
        { "memory_usage", static node => Cell.Of(node.Item.Int("mem")) },
        { "memory_usage_percent", static node => Cell.Share(node.Item.Number("mem"), node.Item.Number("maxmem")) },
        { "disk_total", static node => Cell.Of(node.Item.Int("maxdisk")) },
        { "disk_usage", static node => Cell.Of(node.Item.Int("disk")) },
        { "disk_usage_percent", static node => Cell.Share(node.Item.Number("disk"), node.Item.Number("maxdisk")) },
        { "guests_total", static node => Cell.Of((long?)node.Guests.Count(static guest => guest.Flag("template") != true)) },
        { "guests_running", static node => Cell.Of((long?)node.Guests.Count(static guest => guest.Text("status") == "running")) },
        { "version", static node => Cell.Of(node.Version) },
        { "address", static node => Cell.Of(node.Address) },
        { "level", static node => Cell.Of(node.Item.Name("level")) },
        { "ha_state", static node => Cell.Of(node.Item.Name("hastate")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var nodes = await world.NodesAsync();
        var guests = (await world.GuestsAsync()).ToLookup(static guest => guest.Text("node"), StringComparer.Ordinal);
        var status = visit.Wants("address", "cluster") ? await world.StatusAsync() : [];
        var cluster = await world.ClusterNameAsync(visit);
        var versions = await VersionsAsync(visit, nodes, cancellationToken);
        return Map.Rows(nodes.OrderBy(static node => node.Text("node"), StringComparer.Ordinal).Select(node => new Node(visit.Backend, cluster, node, [.. guests[node.Text("node")]])
        {
            Address = status.FirstOrDefault(row => row.Text("type") == "node" && row.Text("name") == node.Text("node")).Name("ip"),
            Version = versions.GetValueOrDefault(node.Text("node") ?? ""),
        }));
    }

    /// <summary>The state of a node in the word of the table.</summary>
    public static string StateOf(JsonElement node) => (node.Text("status"), node.Text("hastate")) switch
    {
        ("online", "maintenance") => "maintenance",
        ("online", _) => "online",
        ("offline", _) => "offline",
        _ => "unknown",
    };

    /// <summary>The version in <c>pve-manager/9.2.11/1a2b3c</c>.</summary>
    public static string? VersionOf(string? text) => text?.Split('/') is [_, var version, ..] ? version : text;

    private static async Task<Dictionary<string, string>> VersionsAsync(TableVisit visit, List<JsonElement> nodes, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!visit.Wants("version"))
        {
            return versions;
        }

        var online = nodes.Where(static node => node.Text("status") == "online").Select(static node => node.Text("node")).OfType<string>().ToList();
        var answers = await Task.WhenAll(online.Select(node => visit.Reads.TryGetAsync("/nodes/{node}/status", [("node", node)], cancellationToken)));
        foreach (var (node, answer) in online.Zip(answers))
        {
            if (VersionOf(answer.Name("pveversion")) is { } version)
            {
                versions[node] = version;
            }
        }

        return versions;
    }

    private sealed record Node(string Backend, string? Cluster, JsonElement Item, IReadOnlyList<JsonElement> Guests)
    {
        public string? Address { get; init; }

        public string? Version { get; init; }
    }
}
