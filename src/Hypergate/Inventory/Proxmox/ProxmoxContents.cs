using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Everything on storages.</summary>
internal static class ProxmoxContents
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(15);

    private static readonly RowMap<Volume> Map = new("contents")
    {
        { "backend", static volume => Cell.Of(volume.Backend) },
        { "cluster", static volume => Cell.Of(volume.Cluster) },
        { "volid", static volume => Cell.Of(volume.Item.Text("volid")) },
        { "storage", static volume => Cell.Of(volume.Storage) },
        { "node", static volume => Cell.Of(volume.Node) },
        { "content", static volume => Cell.Of(volume.Item.Text("content")) },
        { "format", static volume => Cell.Of(volume.Item.Text("format")) },
        { "size", static volume => Cell.Of(volume.Item.Int("size")) },
        { "used", static volume => Cell.Of(volume.Item.Int("used")) },
        { "vmid", static volume => Cell.Of(volume.Item.Int("vmid")) },
        { "created", static volume => Cell.Of(volume.Created) },
        { "name", static volume => Cell.Of(NameOf(volume.Item.Text("volid"))) },
        { "parent", static volume => Cell.Of(volume.Item.Name("parent")) },
        { "notes", static volume => Cell.Of(FirstLine(volume.Item.Name("notes"))) },
        { "is_protected", static volume => Cell.Of(volume.Item.Flag("protected") == true) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var kind = visit.Bound("content", BoundComparison.Equal) is { Values: [{ Kind: CellKind.Text } one] } ? one.Text.ToLowerInvariant() : null;
        return Map.Rows(await ReadAsync(visit, kind, cancellationToken));
    }

    /// <summary>The volumes of a kind, each storage read once.</summary>
    public static async Task<List<Volume>> ReadAsync(TableVisit visit, string? kind, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var cluster = await world.ClusterNameAsync(visit);
        var storages = ProxmoxStorages.Readable(await world.StoragesAsync(), kind)
            .Where(storage => visit.Admits("storage", Cell.Of(storage.Text("storage"))))
            .Where(storage => storage.Flag("shared") == true || visit.Admits("node", Cell.Of(storage.Text("node"))))
            .ToList();
        var read = await Task.WhenAll(storages.Select(storage => OfStorageAsync(visit, cluster, storage, kind, cancellationToken)));
        return [.. read.SelectMany(static volumes => volumes)];
    }

    /// <summary>The last part of a volume's id: the name of a file.</summary>
    public static string? NameOf(string? volume) => volume?[(volume.LastIndexOfAny(['/', ':']) + 1)..];

    public static string? FirstLine(string? text) => text?.Split('\n', 2)[0].TrimEnd('\r');

    private static async Task<List<Volume>> OfStorageAsync(
        TableVisit visit, string? cluster, JsonElement storage, string? kind, CancellationToken cancellationToken)
    {
        var (name, node) = (storage.Text("storage") ?? "", storage.Text("node") ?? "");
        if (storage.Text("status") != "available")
        {
            visit.Report($"storage {name} on node {node} is not available; what lies there is missing.");
            return [];
        }

        var arguments = new List<(string, string)> { ("node", node), ("storage", name) };
        if (kind is not null)
        {
            arguments.Add(("content", kind));
        }

        try
        {
            var content = await visit.Reads.GetAsync("/nodes/{node}/storage/{storage}/content", [.. arguments], cancellationToken, Life);
            return [.. content.Elements().Select(item => new Volume(visit.Backend, cluster, name, node, item))];
        }
        catch (PlatformReadException problem) when (problem.Status is not null)
        {
            visit.Report(ProxmoxWorld.IsNodeSilent(problem) ? $"node {node} does not answer; what lies on its storage {name} is missing." : $"storage {name}: {problem.Message}");
            return [];
        }
    }

    /// <summary>One volume.</summary>
    internal sealed record Volume(string Backend, string? Cluster, string Storage, string Node, JsonElement Item)
    {
        public DateTimeOffset? Created => Moments.OfSeconds(Item.Number("ctime"));
    }
}
