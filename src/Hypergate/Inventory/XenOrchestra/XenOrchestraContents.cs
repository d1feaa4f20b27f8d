using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Disk images as contents of storages; those of an ISO repository are ISO images.</summary>
internal static class XenOrchestraContents
{
    private static readonly RowMap<Content> Map = new("contents")
    {
        { XenOrchestraWorld.PlaceCells, static content => content.Place },
        { "volid", static content => Cell.Of(content.Item.Text("uuid")) },
        { "storage", static content => Cell.Of(content.Storage.Text("name_label")) },
        { "content", static content => Cell.Of(content.Kind) },
        { "format", static content => Cell.Of(content.Item.Name("image_format")) },
        { "size", static content => Cell.Of(content.Item.Int("size")) },
        { "used", static content => Cell.Of(content.Item.Int("usage")) },
        { "name", static content => Cell.Of(content.Item.Text("name_label")) },
        { "parent", static content => Cell.Of(content.Item.Name("parent")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        await XenOrchestraWorld.TogetherAsync(world.ImagesAsync(), world.StoragesAsync(), world.PoolsAsync());
        var images = await world.ImagesAsync();
        var storages = XenOrchestraWorld.ById(await world.StoragesAsync());
        var pools = await world.PoolNamesAsync();
        return Map.Rows(images
            .Select(image => new Content(image, storages.GetValueOrDefault(image.Text("$SR") ?? ""), new(visit.Backend, pools.GetValueOrDefault(image.Text("$pool") ?? ""))))
            .Where(content => visit.Admits("content", Cell.Of(content.Kind)) && visit.Admits("storage", Cell.Of(content.Storage.Text("name_label")))));
    }

    private sealed record Content(JsonElement Item, JsonElement Storage, PoolPlace Place)
    {
        public string Kind => Storage.Text("content_type") == "iso" ? "iso" : "images";
    }
}
