using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Replications: how they stand, from the nodes they come from; those of silent nodes as they are planned.</summary>
internal static class ProxmoxReplications
{
    private static readonly RowMap<Replication> Map = new("replications")
    {
        { "backend", static job => Cell.Of(job.Backend) },
        { "cluster", static job => Cell.Of(job.Cluster) },
        { "id", static job => Cell.Of(job.Item.Text("id")) },
        { "vmid", static job => Cell.Of(job.Item.Int("guest")) },
        { "guest_name", static job => Cell.Of(job.GuestName) },
        { "job_number", static job => Cell.Of(job.Item.Int("jobnum")) },
        { "source", static job => Cell.Of(job.Item.Name("source")) },
        { "target", static job => Cell.Of(job.Item.Name("target")) },
        { "schedule", static job => Cell.Of(job.Item.Name("schedule") ?? "*/15") },
        { "type", static job => Cell.Of(job.Item.Name("type")) },
        { "disabled", static job => Cell.Of(job.Item.Flag("disable") == true) },
        { "rate_mb", static job => Cell.Of(job.Item.Number("rate")) },
        { "fail_count", static job => Cell.Of(job.Item.Int("fail_count")) },
        { "last_sync", static job => Cell.Of(Moments.OfSeconds(job.Item.Number("last_sync"))) },
        { "last_try", static job => Cell.Of(Moments.OfSeconds(job.Item.Number("last_try"))) },
        { "next_sync", static job => Cell.Of(Moments.OfSeconds(job.Item.Number("next_sync"))) },
        { "duration", static job => Cell.Of(job.Item.Int("duration")) },
        { "error", static job => Cell.Of(job.Item.Name("error")) },
        { "comment", static job => Cell.Of(job.Item.Name("comment")) },
        { "is_ok", static job => job.IsPlan ? Cell.Null : Cell.Of(job.Item.Name("error") is null && job.Item.Int("fail_count") is null or 0) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var cluster = await world.ClusterNameAsync(visit);
        var names = (await world.GuestPlacesAsync(visit)).ToDictionary(static guest => guest.Id, static guest => guest.Place.Name);
        var read = new HashSet<string>(StringComparer.Ordinal);
        Replication Make(JsonElement item, bool isPlan) => new(visit.Backend, cluster, item, isPlan) { GuestName = names.GetValueOrDefault(item.Int("guest") ?? -1) };
        var rows = await world.OfEachNodeAsync(visit, async node =>
        {
            var list = (await visit.Reads.GetAsync("/nodes/{node}/replication", [("node", node)], cancellationToken)).Elements().ToList();
            lock (read)
            {
                read.UnionWith(list.Select(static item => item.Text("id")).OfType<string>());
            }

            return Map.Rows(list.Select(item => Make(item, isPlan: false)));
        });
        var planned = await visit.Reads.TryGetAsync("/cluster/replication", [], cancellationToken);
        return [.. rows, .. Map.Rows(planned.Elements().Where(item => !read.Contains(item.Text("id") ?? "")).Select(item => Make(item, isPlan: true)))];
    }

    private sealed record Replication(string Backend, string? Cluster, JsonElement Item, bool IsPlan)
    {
        public string? GuestName { get; init; }
    }
}
