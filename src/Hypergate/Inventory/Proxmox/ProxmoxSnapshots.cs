using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Snapshots of guests, without the entry that stands for the present state.</summary>
internal static class ProxmoxSnapshots
{
    /// <summary>What the list of snapshots calls the present state.</summary>
    public const string Present = "current";

    private static readonly RowMap<Snapshot> Map = new("snapshots")
    {
        { GuestPlace.Cells, static snapshot => snapshot.Guest.Place },
        { "name", static snapshot => Cell.Of(snapshot.Item.Text("name")) },
        { "id", static snapshot => Cell.Of($"{snapshot.Guest.Place.Id}/{snapshot.Item.Text("name")}") },
        { "description", static snapshot => Cell.Of(snapshot.Item.Text("description")) },
        { "parent", static snapshot => Cell.Of(snapshot.Item.Name("parent")) },
        { "is_current_parent", static snapshot => Cell.Of(snapshot.Item.Text("name") == snapshot.CurrentParent) },
        { "includes_memory", static snapshot => Cell.Of(snapshot.Item.Flag("vmstate") == true) },
        { "created", static snapshot => Cell.Of(snapshot.Created) },
        { "age", static snapshot => Moments.Between(snapshot.Created, snapshot.Now) },
    };

    public static Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken) =>
        new ProxmoxWorld(visit.Reads, cancellationToken).OfEachGuestAsync(visit, guest => OfAsync(visit, guest, cancellationToken));

    private static async Task<IReadOnlyList<Cell[]>> OfAsync(TableVisit visit, ProxmoxGuest guest, CancellationToken cancellationToken)
    {
        var list = await visit.Reads.GetAsync(guest.Path("/snapshot"), guest.Arguments, cancellationToken);
        var parent = list.Elements().FirstOrDefault(static item => item.Text("name") == Present).Name("parent");
        return Map.Rows(list.Elements()
            .Where(static item => item.Text("name") != Present)
            .Select(item => new Snapshot(guest, item, parent, visit.Now)));
    }

    private sealed record Snapshot(ProxmoxGuest Guest, JsonElement Item, string? CurrentParent, DateTimeOffset Now)
    {
        public DateTimeOffset? Created => Moments.OfSeconds(Item.Number("snaptime"));
    }
}
