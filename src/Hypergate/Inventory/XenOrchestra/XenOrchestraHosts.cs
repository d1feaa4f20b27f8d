using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Hosts as nodes.</summary>
internal static class XenOrchestraHosts
{
    private static readonly RowMap<Host> Map = new("nodes")
    {
        { XenOrchestraWorld.PlaceCells, static host => host.Place },
        { "name", static host => Cell.Of(XenOrchestraWorld.HostName(host.Item)) },
        { "id", static host => Cell.Of(host.Item.Text("uuid")) },
        { "status", static host => Cell.Of(StateOf(host.Item)) },
        { "uptime", static host => host.IsUp ? Moments.Between(Moments.OfSeconds(host.Item.Number("startTime")), host.Now) : Cell.Null },
        { "cpu_count", static host => Cell.Of(host.Item.Get("cpus").Int("cores")) },
        { "memory_total", static host => Cell.Of(host.Item.Get("memory").Int("size")) },
        { "memory_usage", static host => Cell.Of(host.Item.Get("memory").Int("usage")) },
        { "memory_usage_percent", static host => Cell.Share(host.Item.Get("memory").Number("usage"), host.Item.Get("memory").Number("size")) },
        { "guests_total", static host => Cell.Of(host.Residents) },
        { "guests_running", static host => Cell.Of(host.Running) },
        { "version", static host => Cell.Of(VersionOf(host.Item)) },
        { "address", static host => Cell.Of(host.Item.Name("address")) },
        { "level", static host => Cell.Of(host.Item.Get("license_params").Name("sku_type")) },
        { "tags", static host => Cell.Of(host.Item.Texts("tags")) },
        { "reboot_required", static host => Cell.Of(host.Item.Flag("rebootRequired")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        await XenOrchestraWorld.TogetherAsync(world.PoolsAsync(), world.HostsAsync());
        var hosts = await world.HostsAsync();
        var pools = await world.PoolNamesAsync();
        var running = visit.Wants("guests_running") && world.Offers("/vms") ? await RunningAsync(world) : null;
        return Map.Rows(XenOrchestraWorld.InOrder(hosts).Select(host => new Host(host, new(visit.Backend, pools.GetValueOrDefault(host.Text("$pool") ?? "")), visit.Now)
        {
            Running = running?[host.Text("uuid")].Count(),
        }));
    }

    /// <summary>The state of a host in the word of the table.</summary>
    public static string StateOf(JsonElement host) => (host.Text("power_state"), host.Flag("enabled")) switch
    {
        ("Running", not false) => "online",
        ("Running", false) => "maintenance",
        ("Halted", _) => "offline",
        _ => "unknown",
    };

    private static async Task<ILookup<string?, JsonElement>> RunningAsync(XenOrchestraWorld world) => (await world.GuestsAsync())
        .Where(static guest => guest.Text("power_state") == "Running")
        .ToLookup(static guest => guest.Text("$container"), StringComparer.Ordinal);

    private static string? VersionOf(JsonElement host) => (host.Name("version"), host.Name("productBrand")) switch
    {
        (null, _) => null,
        ({ } version, null) => version,
        var (version, brand) => $"{version} ({brand})",
    };

    private sealed record Host(JsonElement Item, PoolPlace Place, DateTimeOffset Now)
    {
        public long? Running { get; init; }

        public bool IsUp => Item.Text("power_state") == "Running";

        /// <summary>Guests on the host, without its control domain.</summary>
        public long? Residents => Item.Texts("residentVms") is { } residents
            ? residents.Count - (Item.Text("controlDomain") is { } control && residents.Contains(control) ? 1 : 0)
            : null;
    }
}
