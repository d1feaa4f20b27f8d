using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Backups of guests, also of those that are gone.</summary>
internal static class ProxmoxBackups
{
    private static readonly RowMap<Backup> Map = new("backups")
    {
        { "backend", static backup => Cell.Of(backup.Volume.Backend) },
        { "cluster", static backup => Cell.Of(backup.Volume.Cluster) },
        { "volid", static backup => Cell.Of(backup.Volume.Item.Text("volid")) },
        { "vmid", static backup => Cell.Of(backup.Volume.Item.Int("vmid")) },
        { "guest_id", static backup => Cell.Of(backup.GuestId) },
        { "guest_name", static backup => Cell.Of(backup.Guest?.Place.Name) },
        { "guest_exists", static backup => Cell.Of(backup.Guest is not null) },
        { "storage", static backup => Cell.Of(backup.Volume.Storage) },
        { "node", static backup => Cell.Of(backup.Volume.Node) },
        { "created", static backup => Cell.Of(backup.Volume.Created) },
        { "age", static backup => Moments.Between(backup.Volume.Created, backup.Now) },
        { "size", static backup => Cell.Of(backup.Volume.Item.Int("size")) },
        { "format", static backup => Cell.Of(backup.Volume.Item.Text("format")) },
        { "notes", static backup => Cell.Of(ProxmoxContents.FirstLine(backup.Volume.Item.Name("notes"))) },
        { "is_protected", static backup => Cell.Of(backup.Volume.Item.Flag("protected") == true) },
        { "encrypted", static backup => Cell.Of(backup.Volume.Item.Name("encrypted") is not null) },
        { "verified", static backup => backup.VerifyState is { } state ? Cell.Of(state == "ok") : Cell.Null },
        { "verify_state", static backup => Cell.Of(backup.VerifyState) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var guests = (await new ProxmoxWorld(visit.Reads, cancellationToken).GuestPlacesAsync(visit)).ToDictionary(static guest => guest.Id);
        return Map.Rows((await ProxmoxContents.ReadAsync(visit, "backup", cancellationToken))
            .Select(volume => new Backup(volume, guests.GetValueOrDefault(volume.Item.Int("vmid") ?? -1), visit.Now))
            .Where(backup => visit.Admits("vmid", Cell.Of(backup.Volume.Item.Int("vmid")))));
    }

    private sealed record Backup(ProxmoxContents.Volume Volume, ProxmoxGuest? Guest, DateTimeOffset Now)
    {
        public string? VerifyState => Volume.Item.Get("verification").Name("state");

        // A guest that is gone had the id that its backup tells.
        public string? GuestId => Guest?.Place.Id
            ?? (Volume.Item.Int("vmid") is { } id && Volume.Item.Name("subtype") is { } type ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{type}/{id}") : null);
    }
}
