using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Model;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Storage;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary>Downloads to storages, and deletes what lies on them.</summary>
internal static class ProxmoxVolumes
{
    public static async Task<FleetAnswer> DownloadAsync(FleetRequest request, IReadOnlyList<StorageLookup.Place> places, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments;
        var (content, asked) = (arguments.Text("content") ?? "iso", arguments.Text("node"));
        var place = places.FirstOrDefault(place => place.IsAvailable && (asked is null || place.Node == asked))
            ?? throw new FleetException("not_found", asked is null ? $"No online node has storage '{places[0].Name}' available." : $"Storage '{places[0].Name}' is not available on node '{request.Room.Words(asked)}'.");
        if (!place.Content.Contains(content))
        {
            throw new FleetException("invalid_arguments", $"Storage '{place.Name}' does not take {content}: it is for {string.Join(", ", place.Content)}.");
        }

        var name = arguments.Text("filename") ?? Uri.UnescapeDataString(new Uri(arguments.Needed("url")).Segments[^1]);
        var volume = $"{place.Name}:{content}/{name}";
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(place.Backend, "POST", "/nodes/{node}/storage/{storage}/download-url",
            [
                ("node", Cell.Of(place.Node)),
                ("storage", Cell.Of(place.Name)),
                ("content", Cell.Of(content)),
                ("filename", Cell.Of(name)),
                ("url", Cell.Of(arguments.Needed("url"))),
                ("checksum", Cell.Of(arguments.Text("checksum"))),
                ("checksum-algorithm", Cell.Of(arguments.Text("checksum_algorithm"))),
                ("verify-certificates", arguments.Flag("verify_certificates") == false ? Cell.Of(false) : Cell.Null),
            ])
            {
                Subject = new CallSubject($"storage '{request.Room.Words(place.Name)}' (node {request.Room.Words(place.Node ?? "")})", place.Name, [$"The node fetches {request.Room.Words(name)} from {new Uri(arguments.Needed("url")).Host}."]),
                After = async end => [("volid", Cell.Of(volume)), ("size", end.IsDone ? Cell.Of(await SizeAsync(request, place, volume, cancellationToken)) : Cell.Null)],
            },
            cancellationToken);
    }

    public static Task<FleetAnswer> DeleteAsync(FleetRequest request, FleetBackend backend, RowSet.Row volume, CancellationToken cancellationToken)
    {
        var (id, size) = (volume.Text("volid")!, volume.Int("size"));
        var words = request.Room.Words;
        var owner = volume.Int("vmid") is { } vmid ? [$"It belongs to guest {vmid}."] : Array.Empty<string>();
        return ChangeRunner.RunAsync(
            request,
            new PlannedChange(backend, "DELETE", "/nodes/{node}/storage/{storage}/content/{volume}",
            [
                ("node", volume["node"]),
                ("storage", volume["storage"]),
                ("volume", Cell.Of(id)),
            ])
            {
                Subject = new CallSubject($"{volume.Text("content")} '{words(id)}' ({size} bytes, storage {words(volume.Text("storage")!)}, node {words(volume.Text("node")!)})", words(volume.Text("name") ?? id), ["It is deleted for good.", .. owner]),
                After = end => Task.FromResult<IReadOnlyList<(string, Cell)>>([("volid", Cell.Of(id)), ("freed_bytes", end.IsDone ? Cell.Of(size) : Cell.Null)]),
            },
            cancellationToken);
    }

    private static async Task<long?> SizeAsync(FleetRequest request, StorageLookup.Place place, string volume, CancellationToken cancellationToken)
    {
        var content = await request.Reads(place.Backend, cached: false).TryGetAsync(
            "/nodes/{node}/storage/{storage}/content", [("node", place.Node!), ("storage", place.Name)], cancellationToken, TimeSpan.Zero);
        return content.Elements().FirstOrDefault(item => item.Text("volid") == volume).Int("size");
    }
}
