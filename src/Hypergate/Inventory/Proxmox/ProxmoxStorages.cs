using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Storages, one row for each node that has one.</summary>
internal static class ProxmoxStorages
{
    private static readonly RowMap<Storage> Map = new("storages")
    {
        { "backend", static storage => Cell.Of(storage.Backend) },
        { "cluster", static storage => Cell.Of(storage.Cluster) },
        { "name", static storage => Cell.Of(storage.Item.Text("storage")) },
        { "id", static storage => Cell.Of(storage.Item.Text("id")) },
        { "node", static storage => Cell.Of(storage.Item.Text("node")) },
        { "type", static storage => Cell.Of(storage.Item.Text("plugintype")) },
        { "content", static storage => Cell.Of(ContentOf(storage.Item)) },
        { "status", static storage => Cell.Of(storage.Item.Text("status") == "available" ? "available" : "unknown") },
        { "is_shared", static storage => Cell.Of(storage.Item.Flag("shared")) },
        { "total", static storage => Cell.Of(storage.Total) },
        { "usage", static storage => Cell.Of(storage.Total is null ? null : storage.Item.Int("disk")) },
        { "available", static storage => storage is { Total: { } total } && storage.Item.Int("disk") is { } used ? Cell.Of((long?)Math.Max(0, total - used)) : Cell.Null },
        { "usage_percent", static storage => Cell.Share(storage.Item.Number("disk"), storage.Total) },
        { "counted", static storage => Cell.Of(storage.Counted) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var cluster = await world.ClusterNameAsync(visit);
        return Map.Rows(Counted(await world.StoragesAsync()).Select(storage => new Storage(visit.Backend, cluster, storage.Item, storage.Counted)));
    }

    /// <summary>Where a kind of content can be read: each storage once, a shared one through a node that has it available.</summary>
    /// <param name="storages">As <c>/cluster/resources</c> tells of them.</param>
    /// <param name="content">The kind; null for any.</param>
    public static IEnumerable<JsonElement> Readable(List<JsonElement> storages, string? content) => Counted(storages)
        .Where(static storage => storage.Counted)
        .Select(static storage => storage.Item)
        .Where(storage => content is null || ContentOf(storage).Contains(content));

    public static IReadOnlyList<string> ContentOf(JsonElement storage) =>
        storage.Text("content")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    // Each node tells of a shared storage the same: it counts once, where it is available.
    private static IEnumerable<(JsonElement Item, bool Counted)> Counted(List<JsonElement> storages)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return storages
            .OrderBy(static storage => storage.Text("storage"), StringComparer.Ordinal)
            .ThenBy(static storage => storage.Text("status") == "available" ? 0 : 1)
            .ThenBy(static storage => storage.Text("node"), StringComparer.Ordinal)
            .Select(storage => (storage, storage.Flag("shared") != true || seen.Add(storage.Text("storage") ?? "")));
    }

    private sealed record Storage(string Backend, string? Cluster, JsonElement Item, bool Counted)
    {
        // Without statistics there are no numbers.
        public long? Total => Item.Int("maxdisk") is > 0 and var total ? total : null;
    }
}
