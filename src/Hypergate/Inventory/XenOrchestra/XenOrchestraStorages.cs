using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Storage repositories as storages.</summary>
internal static class XenOrchestraStorages
{
    private static readonly RowMap<Storage> Map = new("storages")
    {
        { XenOrchestraWorld.PlaceCells, static storage => storage.Place },
        { "name", static storage => Cell.Of(storage.Item.Text("name_label")) },
        { "id", static storage => Cell.Of(storage.Item.Text("uuid")) },
        { "node", static storage => Cell.Of(storage.Node) },
        { "type", static storage => Cell.Of(storage.Item.Text("SR_type")) },
        { "content", static storage => Cell.Of(ContentOf(storage.Item)) },
        { "status", static storage => Cell.Of(StateOf(storage.Links)) },
        { "is_shared", static storage => Cell.Of(storage.Item.Flag("shared")) },
        { "total", static storage => Cell.Of(storage.Size) },
        { "usage", static storage => Cell.Of(storage.Item.Int("physical_usage")) },
        { "available", static storage => storage.Size is { } size && storage.Item.Int("physical_usage") is { } used ? Cell.Of((long?)Math.Max(0, size - used)) : Cell.Null },
        { "allocated", static storage => Cell.Of(storage.Item.Int("usage")) },
        { "usage_percent", static storage => Cell.Share(storage.Item.Number("physical_usage"), storage.Size) },
        { "counted", static _ => Cell.Of(true) },
        { "tags", static storage => Cell.Of(storage.Item.Texts("tags")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        await XenOrchestraWorld.TogetherAsync(world.StoragesAsync(), world.PoolsAsync(), world.HostsAsync());
        var storages = await world.StoragesAsync();
        var pools = await world.PoolNamesAsync();
        var hosts = await world.HostsByIdAsync();
        var links = (await world.ListAsync("/pbds", "uuid,SR,host,attached")).ToLookup(static link => link.Text("SR"), StringComparer.Ordinal);
        return Map.Rows(XenOrchestraWorld.InOrder(storages).Select(storage => new Storage(storage, new(visit.Backend, pools.GetValueOrDefault(storage.Text("$pool") ?? "")), [.. links[storage.Text("uuid")]])
        {
            Node = NodeOf(storage, [.. links[storage.Text("uuid")]], hosts),
        }));
    }

    /// <summary>What may lie on a repository, in the words of the table.</summary>
    public static IReadOnlyList<string> ContentOf(JsonElement storage) => storage.Text("content_type") switch
    {
        "user" or "" or null => ["images"],
        var other => [other],
    };

    // A repository that hangs on one host alone lies there, unless it is made to be shared.
    private static string? NodeOf(JsonElement storage, IReadOnlyList<JsonElement> links, Dictionary<string, JsonElement> hosts) =>
        storage.Flag("shared") != true && links is [var only] && hosts.TryGetValue(only.Text("host") ?? "", out var host) ? XenOrchestraWorld.HostName(host) : null;

    private static string StateOf(IReadOnlyList<JsonElement> links) => links.Count(static link => link.Flag("attached") == true) switch
    {
        0 => "unknown",
        var attached when attached == links.Count => "available",
        _ => "degraded",
    };

    private sealed record Storage(JsonElement Item, PoolPlace Place, IReadOnlyList<JsonElement> Links)
    {
        public string? Node { get; init; }

        // A repository without a size of its own says 0 or less.
        public long? Size => Item.Int("size") is > 0 and var size ? size : null;
    }
}
