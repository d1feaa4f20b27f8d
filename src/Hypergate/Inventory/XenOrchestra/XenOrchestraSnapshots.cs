using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>VM snapshots. Those of guests that are gone keep their row, without a guest.</summary>
internal static class XenOrchestraSnapshots
{
    private static readonly RowMap<Snapshot> Map = new("snapshots")
    {
        { GuestPlace.Cells, static snapshot => snapshot.Guest },
        { "name", static snapshot => Cell.Of(snapshot.Item.Text("name_label")) },
        { "id", static snapshot => Cell.Of(snapshot.Item.Text("uuid")) },
        { "description", static snapshot => Cell.Of(snapshot.Item.Text("name_description")) },
        { "parent", static snapshot => Cell.Of(snapshot.Parent) },
        { "includes_memory", static snapshot => Cell.Of(snapshot.Item.Name("suspendVdi") is { } image && !image.EndsWith("NULL", StringComparison.Ordinal)) },
        { "created", static snapshot => Cell.Of(snapshot.Created) },
        { "age", static snapshot => Moments.Between(snapshot.Created, snapshot.Now) },
        { "size", static snapshot => Cell.Of(snapshot.Size) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        var snapshots = await world.ListAsync("/vm-snapshots", "uuid,name_label,name_description,snapshot_time,$snapshot_of,$pool,parent,suspendVdi");
        var guests = await world.GuestPlacesAsync();
        var names = XenOrchestraWorld.Names(snapshots);
        var pools = await world.PoolNamesAsync();
        var sizes = visit.Wants("size") && world.Offers("/vdi-snapshots") && world.Offers("/vbds") ? await SizesAsync(world) : null;
        return Map.Rows(snapshots
            .Select(snapshot => new Snapshot(snapshot, GuestOf(visit.Backend, snapshot, guests, pools), visit.Now)
            {
                Parent = names.GetValueOrDefault(snapshot.Text("parent") ?? ""),
                Size = sizes is null ? null : sizes.GetValueOrDefault(snapshot.Text("uuid") ?? "", 0),
            })
            .Where(snapshot => snapshot.Guest.IsAdmitted(visit)));
    }

    private static GuestPlace GuestOf(string backend, JsonElement snapshot, Dictionary<string, GuestPlace> guests, Dictionary<string, string> pools)
    {
        var id = snapshot.Text("$snapshot_of") ?? "";
        return guests.GetValueOrDefault(id)
            ?? new GuestPlace { Backend = backend, Cluster = pools.GetValueOrDefault(snapshot.Text("$pool") ?? ""), Id = id, Type = "vm" };
    }

    // A snapshot's own block devices lead to its disk snapshots.
    private static async Task<Dictionary<string, long>> SizesAsync(XenOrchestraWorld world)
    {
        var images = XenOrchestraWorld.ById(await world.ListAsync("/vdi-snapshots", "uuid,usage,$SR,$VBDs"));
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var drive in await world.DrivesAsync())
        {
            if (drive.Text("VM") is { } owner && images.TryGetValue(drive.Text("VDI") ?? "", out var image))
            {
                sizes[owner] = sizes.GetValueOrDefault(owner) + (image.Int("usage") ?? 0);
            }
        }

        return sizes;
    }

    private sealed record Snapshot(JsonElement Item, GuestPlace Guest, DateTimeOffset Now)
    {
        public string? Parent { get; init; }

        public long? Size { get; init; }

        public DateTimeOffset? Created => Moments.OfSeconds(Item.Number("snapshot_time"));
    }
}
