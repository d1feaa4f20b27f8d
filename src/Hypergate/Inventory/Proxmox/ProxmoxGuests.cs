using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>VMs and containers.</summary>
internal static class ProxmoxGuests
{
    private static readonly RowMap<Guest> Map = new("guests")
    {
        { GuestPlace.Cells, static guest => guest.Of.Place },
        { "id", static guest => Cell.Of(guest.Of.Place.Id) },
        { "name", static guest => Cell.Of(guest.Of.Place.Name) },
        { "pool", static guest => Cell.Of(guest.Of.Item.Name("pool")) },
        { "status", static guest => Cell.Of(StateOf(guest.Of.Item.Text("status"))) },
        { "status_raw", static guest => Cell.Of(guest.Of.Item.Text("status")) },
        { "is_template", static guest => Cell.Of(guest.Of.Item.Flag("template") == true) },
        { "tags", static guest => Cell.Of(TagsOf(guest.Of.Item.Name("tags"))) },
        { "lock", static guest => Cell.Of(guest.Of.Item.Name("lock")) },
        { "is_locked", static guest => Cell.Of(guest.Of.Item.Name("lock") is not null) },
        { "uptime", static guest => guest.Of.Item.Int("uptime") is > 0 and var uptime ? Cell.Of((long?)uptime) : Cell.Null },
        { "cpu_count", static guest => Cell.Of(guest.Of.Item.Int("maxcpu")) },
        { "cpu_usage_percent", static guest => Cell.Share(guest.Of.Item.Number("cpu"), 1) },
        { "memory_max", static guest => Cell.Of(guest.Of.Item.Int("maxmem")) },
        { "memory_usage", static guest => Cell.Of(guest.Of.Item.Int("mem")) },
        { "memory_host", static guest => Cell.Of(guest.HostMemory) },
        { "memory_usage_percent", static guest => Cell.Share(guest.Of.Item.Number("mem"), guest.Of.Item.Number("maxmem")) },
        { "node_memory_percent", static guest => Cell.Share(guest.HostMemory ?? guest.Of.Item.Number("mem"), guest.NodeMemory) },
        { "disk_max", static guest => Cell.Of(guest.Of.Item.Int("maxdisk")) },
        { "disk_usage", static guest => Cell.Of(guest.DiskUsage) },
        { "disk_usage_percent", static guest => Cell.Share(guest.DiskUsage, guest.Of.Item.Number("maxdisk")) },
        { "network_in", static guest => Cell.Of(guest.Of.Item.Int("netin")) },
        { "network_out", static guest => Cell.Of(guest.Of.Item.Int("netout")) },
        { "disk_read", static guest => Cell.Of(guest.Of.Item.Int("diskread")) },
        { "disk_write", static guest => Cell.Of(guest.Of.Item.Int("diskwrite")) },
        { "ha_state", static guest => Cell.Of(guest.Of.Item.Name("hastate")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var guests = await world.GuestPlacesAsync(visit);
        var memory = (await world.NodesAsync()).ToDictionary(static node => node.Text("node") ?? "", static node => node.Number("maxmem"), StringComparer.Ordinal);
        return Map.Rows(guests.Select(guest => new Guest(guest, memory.GetValueOrDefault(guest.Node))));
    }

    /// <summary>A run state in the word of the table.</summary>
    public static string StateOf(string? state) => state switch
    {
        "running" or "stopped" or "paused" or "suspended" or "unknown" => state,
        null or "" => "unknown",
        _ => "other",
    };

    /// <summary>The tags in <c>prod;web</c>; none where there are none.</summary>
    public static IReadOnlyList<string> TagsOf(string? tags) =>
        tags?.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private sealed record Guest(ProxmoxGuest Of, double? NodeMemory)
    {
        // Only a VM has a view of its own beside that of its host.
        public long? HostMemory => Of.IsContainer ? null : Of.Item.Int("memhost");

        // The host cannot see into the disks of a VM and says 0.
        public long? DiskUsage => Of.Item.Int("disk") is { } disk && (disk > 0 || Of.IsContainer) ? disk : null;
    }
}
