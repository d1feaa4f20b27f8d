using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>VMs and templates as guests.</summary>
internal static class XenOrchestraGuests
{
    private static readonly RowMap<Guest> Map = new("guests")
    {
        { GuestPlace.Cells, static guest => guest.Place },
        { "id", static guest => Cell.Of(guest.Place.Id) },
        { "name", static guest => Cell.Of(guest.Place.Name) },
        { "pool", static guest => Cell.Of(guest.Item.Name("resourceSet")) },
        { "status", static guest => Cell.Of(StateOf(guest.Item.Text("power_state"))) },
        { "status_raw", static guest => Cell.Of(guest.Item.Text("power_state")) },
        { "is_template", static guest => Cell.Of(guest.IsTemplate) },
        { "tags", static guest => Cell.Of(guest.Item.Texts("tags")) },
        { "lock", static guest => Cell.Of(OperationOf(guest.Item)) },
        { "is_locked", static guest => Cell.Of(OperationOf(guest.Item) is not null) },
        { "uptime", static guest => guest.IsUp ? Moments.Between(Moments.OfSeconds(guest.Item.Number("startTime")), guest.Now) : Cell.Null },
        { "cpu_count", static guest => Cell.Of(guest.Item.Get("CPUs").Int("number")) },
        { "memory_max", static guest => Cell.Of(guest.Item.Get("memory").Int("size")) },
        { "memory_host", static guest => guest.IsUp ? Cell.Of(guest.Item.Get("memory").Int("size")) : Cell.Null },
        { "node_memory_percent", static guest => guest.IsUp ? Cell.Share(guest.Item.Get("memory").Number("size"), guest.HostMemory) : Cell.Null },
        { "disk_max", static guest => Cell.Of(guest.Disks?.Size) },
        { "disk_usage", static guest => Cell.Of(guest.Disks?.Usage) },
        { "disk_usage_percent", static guest => Cell.Share(guest.Disks?.Usage, guest.Disks?.Size) },
        { "ha_state", static guest => Cell.Of(guest.Item.Name("high_availability")) },
        { "os", static guest => Cell.Of(guest.Item.Get("os_version").Name("name")) },
        { "ip", static guest => Cell.Of(guest.Item.Name("mainIpAddress")) },
        { "description", static guest => Cell.Of(guest.Item.Text("name_description")) },
        { "created", static guest => Cell.Of(CreatedAt(guest.Item)) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        await XenOrchestraWorld.TogetherAsync(world.PoolsAsync(), world.HostsAsync(), world.GuestsAsync());
        var guests = await world.GuestsAsync();
        var templates = visit.Admits("is_template", Cell.Of(true)) ? await world.TemplatesAsync() : [];
        var (pools, hosts) = (await world.PoolNamesAsync(), await world.HostsByIdAsync());
        var disks = visit.Wants("disk_max", "disk_usage", "disk_usage_percent") && world.Offers("/vdis") && world.Offers("/vbds") ? await XenOrchestraDisks.SumsAsync(world) : null;
        return Map.Rows(XenOrchestraWorld.InOrder(guests).Select(static guest => (Item: guest, IsTemplate: false))
            .Concat(XenOrchestraWorld.InOrder(templates).Select(static template => (Item: template, IsTemplate: true)))
            .Where(static guest => guest.Item.Text("uuid") is not null)
            .Select(guest => new Guest(guest.Item, XenOrchestraWorld.Place(visit.Backend, guest.Item, guest.Item.Text("uuid")!, pools, hosts), visit.Now)
            {
                IsTemplate = guest.IsTemplate,
                Disks = disks is null ? null : disks.GetValueOrDefault(guest.Item.Text("uuid")!),
                HostMemory = hosts.GetValueOrDefault(guest.Item.Text("$container") ?? "").Get("memory").Number("size"),
            }));
    }

    /// <summary>A power state in the word of the table.</summary>
    public static string StateOf(string? power) => power switch
    {
        "Running" => "running",
        "Halted" => "stopped",
        "Paused" => "paused",
        "Suspended" => "suspended",
        null or "" => "unknown",
        _ => "other",
    };

    /// <summary>When a guest was made; XO tells it in seconds, in milliseconds, or as text.</summary>
    public static DateTimeOffset? CreatedAt(JsonElement guest) =>
        Moments.OfSeconds(guest.Number("installTime"))
        ?? (DateTimeOffset.TryParse(guest.Get("creation").Text("date"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var date) ? date : null);

    // An object of references to operations: {"OpaqueRef:…": "clean_shutdown"}.
    private static string? OperationOf(JsonElement guest)
    {
        var operations = guest.Get("current_operations");
        if (operations.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var operation in operations.EnumerateObject())
        {
            return operation.Value.AsText();
        }

        return null;
    }

    private sealed record Guest(JsonElement Item, GuestPlace Place, DateTimeOffset Now)
    {
        public bool IsTemplate { get; init; }

        public DiskSums? Disks { get; init; }

        public double? HostMemory { get; init; }

        public bool IsUp => Item.Text("power_state") is "Running" or "Paused";
    }
}
