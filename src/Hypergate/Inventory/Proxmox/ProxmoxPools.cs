using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Resource pools.</summary>
internal static class ProxmoxPools
{
    private static readonly RowMap<Pool> Map = new("pools")
    {
        { "backend", static pool => Cell.Of(pool.Backend) },
        { "cluster", static pool => Cell.Of(pool.Cluster) },
        { "pool", static pool => Cell.Of(pool.Item.Text("poolid")) },
        { "comment", static pool => Cell.Of(pool.Item.Name("comment")) },
        { "guests_total", static pool => Cell.Of((long?)pool.Guests.Count(static guest => guest.Flag("template") != true)) },
        { "guests_running", static pool => Cell.Of((long?)pool.Guests.Count(static guest => guest.Text("status") == "running")) },
        { "storages_total", static pool => Cell.Of(pool.Storages) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var pools = (await visit.Reads.GetAsync("/pools", [], cancellationToken)).Elements().OrderBy(static pool => pool.Text("poolid"), StringComparer.Ordinal).ToList();
        var guests = (await world.GuestsAsync()).ToLookup(static guest => guest.Text("pool"), StringComparer.Ordinal);
        var cluster = await world.ClusterNameAsync(visit);
        var storages = visit.Wants("storages_total")
            ? await Task.WhenAll(pools.Select(pool => StoragesAsync(visit.Reads, pool.Text("poolid") ?? "", cancellationToken)))
            : new long?[pools.Count];
        return Map.Rows(pools.Zip(storages).Select(entry => new Pool(visit.Backend, cluster, entry.First, [.. guests[entry.First.Text("poolid")]], entry.Second)));
    }

    /// <summary>What belongs to a pool: guests and storages, as resources.</summary>
    public static async Task<List<JsonElement>> MembersAsync(PlatformReads reads, string pool, CancellationToken cancellationToken)
    {
        var answer = await reads.TryGetAsync("/pools", [("poolid", pool)], cancellationToken);
        return [.. answer.Elements().FirstOrDefault(item => item.Text("poolid") == pool).Items("members")];
    }

    private static async Task<long?> StoragesAsync(PlatformReads reads, string pool, CancellationToken cancellationToken) =>
        (await MembersAsync(reads, pool, cancellationToken)).Where(static member => member.Text("type") == "storage")
            .DistinctBy(static member => member.Text("storage"), StringComparer.Ordinal).Count();

    private sealed record Pool(string Backend, string? Cluster, JsonElement Item, IReadOnlyList<JsonElement> Guests, long? Storages);
}
