using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Virtual block devices with their disk images as disks of guests.</summary>
internal static class XenOrchestraDisks
{
    private static readonly RowMap<Drive> Map = new("disks")
    {
        { GuestPlace.Cells, static drive => drive.Guest },
        { "key", static drive => Cell.Of(drive.Item.Name("device") ?? drive.Item.Name("position") ?? drive.Item.Text("uuid")) },
        { "volume", static drive => Cell.Of(drive.Image.Text("uuid")) },
        { "storage", static drive => Cell.Of(drive.Storage) },
        { "name", static drive => Cell.Of(drive.Image.Text("name_label")) },
        { "size", static drive => Cell.Of(drive.Image.Int("size")) },
        { "usage", static drive => Cell.Of(drive.Image.Int("usage")) },
        { "format", static drive => Cell.Of(drive.Image.Name("image_format")) },
        { "is_cdrom", static drive => Cell.Of(drive.Item.Flag("is_cd_drive")) },
        { "is_attached", static drive => Cell.Of(drive.Item.Flag("attached")) },
        { "read_only", static drive => Cell.Of(drive.Item.Flag("read_only")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        await XenOrchestraWorld.TogetherAsync(world.DrivesAsync(), world.ImagesAsync(), world.StoragesAsync(), world.GuestsAsync(), world.TemplatesAsync());
        var guests = await world.GuestPlacesAsync();
        var drives = await world.DrivesAsync();
        var images = XenOrchestraWorld.ById(await world.ImagesAsync());
        var storages = XenOrchestraWorld.Names(await world.StoragesAsync());
        var rows = new List<Cell[]>();
        foreach (var drive in drives)
        {
            if (guests.TryGetValue(drive.Text("VM") ?? "", out var guest) && guest.IsAdmitted(visit))
            {
                var image = images.GetValueOrDefault(drive.Text("VDI") ?? "");
                rows.Add(Map.Row(new(drive, guest, image, storages.GetValueOrDefault(image.Text("$SR") ?? ""))));
            }
        }

        return rows;
    }

    /// <summary>What the disks of each guest sum up to, without CDs.</summary>
    public static async Task<Dictionary<string, DiskSums>> SumsAsync(XenOrchestraWorld world)
    {
        var images = XenOrchestraWorld.ById(await world.ImagesAsync());
        var sums = new Dictionary<string, DiskSums>(StringComparer.Ordinal);
        foreach (var drive in await world.DrivesAsync())
        {
            if (drive.Flag("is_cd_drive") != true && drive.Text("VM") is { } guest && images.TryGetValue(drive.Text("VDI") ?? "", out var image))
            {
                var sum = sums.GetValueOrDefault(guest);
                sums[guest] = new((sum?.Size ?? 0) + (image.Int("size") ?? 0), (sum?.Usage ?? 0) + (image.Int("usage") ?? 0));
            }
        }

        return sums;
    }

    private sealed record Drive(JsonElement Item, GuestPlace Guest, JsonElement Image, string? Storage);
}

/// <summary>The disks of a guest together, in bytes.</summary>
internal sealed record DiskSums(long Size, long Usage);
