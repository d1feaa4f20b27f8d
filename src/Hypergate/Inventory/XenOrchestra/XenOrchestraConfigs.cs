using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Configurations of VMs and templates.</summary>
internal static class XenOrchestraConfigs
{
    private static readonly RowMap<Config> Map = new("guest_configs")
    {
        { GuestPlace.Cells, static config => config.Guest },
        { "cores", static config => Cell.Of(config.Item.Int("coresPerSocket") ?? config.Item.Get("CPUs").Int("number")) },
        { "sockets", static config => Cell.Of(Sockets(config.Item)) },
        { "memory_max", static config => Cell.Of(Limit(config.Item, "static", 1)) },
        { "balloon", static config => Cell.Of(Limit(config.Item, "dynamic", 0)) },
        { "bios", static config => Cell.Of(config.Item.Get("boot").Name("firmware")) },
        { "os_type", static config => Cell.Of(config.Item.Get("os_version").Name("name")) },
        { "agent_enabled", static config => Cell.Of(config.Item.Flag("managementAgentDetected")) },
        { "on_boot", static config => Cell.Of(config.Item.Flag("auto_poweron")) },
        { "protection", static config => Cell.Of(config.Item.Get("blockedOperations").Get("destroy").ValueKind != JsonValueKind.Undefined) },
        { "created", static config => Cell.Of(XenOrchestraGuests.CreatedAt(config.Item)) },
        { "description", static config => Cell.Of(config.Item.Text("name_description")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        var places = await world.GuestPlacesAsync();
        return Map.Rows((await world.GuestsAsync()).Concat(await world.TemplatesAsync())
            .Where(item => places.TryGetValue(item.Text("uuid") ?? "", out var place) && place.IsAdmitted(visit))
            .Select(item => new Config(item, places[item.Text("uuid")!])));
    }

    private static long? Sockets(JsonElement guest) =>
        guest.Get("CPUs").Int("number") is { } cpus && guest.Int("coresPerSocket") is > 0 and var cores ? Math.Max(1, cpus / cores) : null;

    private static long? Limit(JsonElement guest, string kind, int index) =>
        guest.Get("memory").Items(kind).ElementAtOrDefault(index).AsNumber() is { } bytes ? (long)bytes : null;

    private sealed record Config(JsonElement Item, GuestPlace Guest);
}
