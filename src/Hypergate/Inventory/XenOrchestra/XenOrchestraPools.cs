using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Pools as clusters.</summary>
internal static class XenOrchestraPools
{
    private static readonly RowMap<Pool> Map = new("clusters")
    {
        { "backend", static pool => Cell.Of(pool.Backend) },
        { "cluster", static pool => Cell.Of(pool.Item.Text("name_label")) },
        { "kind", static _ => Cell.Of("xo") },
        { "cluster_id", static pool => Cell.Of(pool.Item.Text("uuid")) },
        { "version", static pool => Cell.Of(pool.Hosts?.Select(static host => host.Text("version")).OfType<string>().MaxBy(VersionKey)) },
        { "ha_enabled", static pool => Cell.Of(pool.Item.Flag("HA_enabled")) },
        { "nodes_total", static pool => Cell.Of((long?)pool.Hosts?.Count) },
        { "nodes_online", static pool => Cell.Of((long?)pool.Hosts?.Count(static host => XenOrchestraHosts.StateOf(host) == "online")) },
        { "guests_total", static pool => Cell.Of((long?)pool.Guests?.Count) },
        { "guests_running", static pool => Cell.Of((long?)pool.Guests?.Count(static guest => guest.Text("power_state") == "Running")) },
        { "cpu_total", static pool => Cell.Of(pool.Item.Get("cpus").Int("cores")) },
        { "memory_total", static pool => Cell.Of((long?)pool.Hosts?.Sum(static host => host.Get("memory").Int("size") ?? 0)) },
        { "memory_usage", static pool => Cell.Of((long?)pool.Hosts?.Sum(static host => host.Get("memory").Int("usage") ?? 0)) },
        { "reachable", static _ => Cell.Of(true) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        await XenOrchestraWorld.TogetherAsync(world.PoolsAsync(), world.HostsAsync());
        var pools = await world.PoolsAsync();
        var hosts = (await world.HostsAsync()).ToLookup(static host => host.Text("$pool"), StringComparer.Ordinal);
        var guests = visit.Wants("guests_total", "guests_running") ? await world.GuestsAsync() : [];
        var guestsOfPool = guests.ToLookup(static guest => guest.Text("$pool"), StringComparer.Ordinal);
        return Map.Rows(pools.Select(pool => new Pool(
            visit.Backend,
            pool,
            world.Offers("/hosts") ? [.. hosts[pool.Text("uuid")]] : null,
            world.Offers("/vms") ? [.. guestsOfPool[pool.Text("uuid")]] : null)));
    }

    // 8.10 is higher than 8.9.
    private static Version VersionKey(string text) => Version.TryParse(text, out var version) ? version : new Version();

    // Null where they do not exist for whoever asks.
    private sealed record Pool(string Backend, JsonElement Item, IReadOnlyList<JsonElement>? Hosts, IReadOnlyList<JsonElement>? Guests);
}
