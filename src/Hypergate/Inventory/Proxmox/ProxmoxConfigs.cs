using System.Globalization;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Configurations of guests.</summary>
internal static class ProxmoxConfigs
{
    private static readonly RowMap<Guest> Map = new("guest_configs")
    {
        { GuestPlace.Cells, static guest => guest.Of.Place },
        { "cores", static guest => Cell.Of(guest.Config.Item.Int("cores") ?? (guest.Of.IsContainer ? null : 1)) },
        { "sockets", static guest => guest.Of.IsContainer ? Cell.Null : Cell.Of((long?)(guest.Config.Item.Int("sockets") ?? 1)) },
        { "cpu_type", static guest => Cell.Of(guest.Config.Of("cpu") is var cpu ? cpu.Unnamed ?? cpu.Text("cputype") : null) },
        { "arch", static guest => Cell.Of(guest.Config.Item.Text("arch")) },
        { "memory_max", static guest => Cell.Of(guest.Config.MemoryBytes) },
        { "balloon", static guest => Cell.Of(guest.Config.BalloonBytes) },
        { "swap", static guest => Cell.Of(guest.Config.SwapBytes) },
        { "bios", static guest => Cell.Of(guest.Config.Item.Text("bios")) },
        { "machine", static guest => Cell.Of(guest.Config.Item.Text("machine")) },
        { "os_type", static guest => Cell.Of(guest.Config.Item.Text("ostype")) },
        { "kvm", static guest => guest.Of.IsContainer ? Cell.Null : Cell.Of(guest.Config.Item.Flag("kvm") ?? true) },
        { "acpi", static guest => guest.Of.IsContainer ? Cell.Null : Cell.Of(guest.Config.Item.Flag("acpi") ?? true) },
        { "agent_enabled", static guest => guest.Of.IsContainer ? Cell.Null : Cell.Of(guest.Config.AgentEnabled) },
        { "on_boot", static guest => Cell.Of(guest.Config.Item.Flag("onboot") == true) },
        { "startup_order", static guest => Cell.Of(guest.Config.Of("startup") is var startup ? startup.Int("order") ?? (long.TryParse(startup.Unnamed, CultureInfo.InvariantCulture, out var order) ? order : null) : null) },
        { "protection", static guest => Cell.Of(guest.Config.Item.Flag("protection") == true) },
        { "snapshot_parent", static guest => Cell.Of(guest.Config.Item.Name("parent")) },
        { "unprivileged", static guest => guest.Of.IsContainer ? Cell.Of(guest.Config.Item.Flag("unprivileged") == true) : Cell.Null },
        { "created", static guest => Cell.Of(Moments.OfSeconds(guest.Config.Of("meta").Number("ctime"))) },
        { "description", static guest => Cell.Of(guest.Config.Item.Text("description")) },
    };

    public static Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken) =>
        new ProxmoxWorld(visit.Reads, cancellationToken).OfEachGuestAsync(visit, async guest =>
            [Map.Row(new(guest, new ProxmoxConfig(await visit.Reads.GetAsync(guest.Path("/config"), guest.Arguments, cancellationToken))))]);

    private sealed record Guest(ProxmoxGuest Of, ProxmoxConfig Config);
}
