using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Disks and drives in the configurations of guests.</summary>
internal static class ProxmoxDisks
{
    private static readonly RowMap<Disk> Map = new("disks")
    {
        { GuestPlace.Cells, static disk => disk.Guest.Place },
        { "key", static disk => Cell.Of(disk.Key) },
        { "volume", static disk => Cell.Of(disk.Volume) },
        { "storage", static disk => Cell.Of(ProxmoxConfig.StorageOf(disk.Volume)) },
        { "size", static disk => Cell.Of(PropertyString.Bytes(disk.Options.Text("size"))) },
        { "format", static disk => Cell.Of(ProxmoxConfig.FormatOf(disk.Options)) },
        { "is_cdrom", static disk => Cell.Of(disk.Options.Text("media") == "cdrom") },
        { "is_unused", static disk => Cell.Of(disk.Key.StartsWith("unused", StringComparison.Ordinal)) },
        { "read_only", static disk => Cell.Of(disk.Options.Flag("ro") ?? (disk.Options.Text("media") == "cdrom")) },
        { "cache", static disk => Cell.Of(disk.Options.Text("cache")) },
        { "discard", static disk => Cell.Of(disk.Options.Text("discard") is { } discard ? discard is "on" : null) },
        { "ssd", static disk => Cell.Of(disk.Options.Flag("ssd")) },
        { "iothread", static disk => Cell.Of(disk.Options.Flag("iothread")) },
        { "replicate", static disk => Cell.Of(disk.Options.Flag("replicate")) },
        { "backup", static disk => Cell.Of(disk.Options.Flag("backup")) },
        { "mount_point", static disk => Cell.Of(disk.Key == "rootfs" ? "/" : disk.Options.Text("mp")) },
    };

    public static Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken) =>
        new ProxmoxWorld(visit.Reads, cancellationToken).OfEachGuestAsync(visit, async guest =>
        {
            var config = new ProxmoxConfig(await visit.Reads.GetAsync(guest.Path("/config"), guest.Arguments, cancellationToken));
            return Map.Rows(config.Disks.Select(disk => new Disk(guest, disk.Key, disk.Value)));
        });

    private sealed record Disk(ProxmoxGuest Guest, string Key, PropertyString Options)
    {
        public string? Volume => Options.Unnamed ?? Options.Text("file") ?? Options.Text("volume");
    }
}
