using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet.Cluster;

/// <summary>Tools about clusters as wholes.</summary>
internal static class ClusterTools
{
    private static readonly string[] Columns = ["name", "kind", "description", "reachable", "version", "url_host", "quorate", "nodes", "clusters", "error"];

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("list_clusters", "List clusters", "The configured platforms, whether each answers, and its version. Full: address, quorum, nodes.")
        {
            Tables = ["clusters"],
            Parameters = [FleetParameter.Detail],
            Rows = 100,
            Run = ListAsync,
        },
        new("get_cluster_status", "Cluster health", "Health in one look: quorum, nodes online, guests by state, storages that are full or away, failed tasks of 24 hours.")
        {
            Tables = ["clusters", "nodes", "guests", "storages", "tasks"],
            Run = ClusterStatus.RunAsync,
        },
        new("get_cluster_options", "Cluster options", "Settings of the datacenter: migration, bandwidth limits, HA, console, tags.")
        {
            Reads = ["/cluster/options"],
            Run = static (request, cancellationToken) => request.Backend is var backend && backend.Platform.ClusterOptions is { } options
                ? options(request, backend, cancellationToken)
                : throw FleetException.Unsupported(backend, "settings of a cluster that its API shows"),
        },
    ];

    private static async Task<FleetAnswer> ListAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var set = await request.TableAsync("clusters", ["backend", "cluster", "version", "quorate", "nodes_total", "reachable", "error"], cancellationToken);
        var clusters = set.Rows.ToLookup(static row => row.Text("backend"), StringComparer.Ordinal);
        return new FleetAnswer.Table(Columns[..5], Columns, [.. request.Backends.Where(backend => request.HasTable(backend, "clusters")).Select(backend => Row(backend, [.. clusters[backend.Name]]))]);
    }

    private static Cell[] Row(FleetBackend backend, List<RowSet.Row> clusters)
    {
        var names = clusters.Select(static cluster => cluster.Text("cluster")).OfType<string>().ToList();
        var reachable = clusters.Exists(static cluster => cluster.Flag("reachable"));
        return
        [
            Cell.Of(backend.Name),
            Cell.Of(backend.Backend.Kind.Name),
            Cell.Of(names.Count == 0 ? backend.Title : $"{backend.Title}: {string.Join(", ", names)}"),
            Cell.Of(reachable),
            Cell.Of(clusters.Select(static cluster => cluster.Text("version")).OfType<string>().Order(StringComparer.Ordinal).LastOrDefault()),
            Cell.Of(backend.Backend.Options.Http.Address.Host),
            clusters is [var only] ? only["quorate"] : Cell.Null,
            Cell.Of(reachable ? clusters.Sum(static cluster => cluster.Int("nodes_total") ?? 0) : null),
            Cell.Of((IReadOnlyList<string>)names),
            Cell.Of(clusters.Select(static cluster => cluster.Text("error")).OfType<string>().FirstOrDefault()),
        ];
    }
}
