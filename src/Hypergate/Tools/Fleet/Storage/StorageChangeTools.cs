namespace Hypergate.Tools.Fleet.Storage;

/// <summary>Tools that change what lies on storages. Each delete tool deletes its own kind only, and looks first whether it is there.</summary>
internal static class StorageChangeTools
{
    private static readonly IReadOnlyList<(string Method, string Path)> Deletes =
        [("DELETE", "/nodes/{node}/storage/{storage}/content/{volume}"), ("DELETE", "/vdis/{id}")];

    private static readonly ToolHints Deleting = new(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false);

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("download_iso", "Download image", "Lets a node fetch an ISO image or template from an address to a storage.")
        {
            Parameters =
            [
                new("url", ArgumentType.Text, "HTTPS; http only with a checksum") { Required = true },
                new("storage", ArgumentType.Text) { Required = true },
                new("node", ArgumentType.Text, "Default: any that has the storage"),
                new("filename", ArgumentType.Text, "Default: the last part of the address"),
                new("content", ArgumentType.Choice) { Values = ["iso", "vztmpl", "import"], Default = "\"iso\"" },
                new("checksum", ArgumentType.Text),
                new("checksum_algorithm", ArgumentType.Choice) { Values = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] },
                new("verify_certificates", ArgumentType.Flag) { Default = "true" },
            ],
            Changes = [("POST", "/nodes/{node}/storage/{storage}/download-url")],
            Hints = new(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
            Run = DownloadAsync,
        },
        Delete("delete_backup", "Delete backup", "Deletes a backup for good. list_backups tells its volid.", static content => content == "backup"),
        Delete("delete_iso", "Delete ISO image", "Deletes an ISO image. list_isos tells its volid.", static content => content == "iso"),
        Delete("delete_storage_content", "Delete storage content", "Deletes an ISO image, template, disk image, backup or snippet for good. list_storage_content tells its volid.", static _ => true),
    ];

    private static FleetTool Delete(string name, string title, string description, Func<string?, bool> isMeant) => new(name, title, description)
    {
        Parameters =
        [
            new("volid", ArgumentType.Text, "Id of the volume: local:iso/x.iso, or a uuid") { Required = true },
            new("node", ArgumentType.Text),
        ],
        Changes = Deletes,
        Hints = Deleting,
        Run = (request, cancellationToken) => DeleteAsync(request, isMeant, cancellationToken),
    };

    private static async Task<FleetAnswer> DownloadAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        DownloadAddress.Check(request);
        var places = await StorageLookup.FindAsync(request, request.Arguments.Needed("storage"), cancellationToken);
        return places[0].Backend.Platform.Storages?.Download is { } download
            ? await download(request, places, cancellationToken)
            : throw FleetException.Unsupported(places[0].Backend, "download of images to a storage by its API");
    }

    private static async Task<FleetAnswer> DeleteAsync(FleetRequest request, Func<string?, bool> isMeant, CancellationToken cancellationToken)
    {
        var (volume, node) = (request.Arguments.Needed("volid"), request.Arguments.Text("node"));
        var storage = volume.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? volume[..colon] : null;
        var set = await request.TableAsync("contents", null, cancellationToken, Bounds.Of(Bounds.Equal("storage", storage), Bounds.Equal("node", node)), cached: false);
        var found = set.Rows.Where(row => row.Text("volid") == volume && (node is null || row.Text("node") is null || row.Text("node") == node)).ToList();
        var row = found switch
        {
            [var only] => only,
            [] => throw new FleetException("not_found", $"There is no '{request.Room.Words(volume)}' that this connection can see.{string.Concat(request.Warnings.Select(static warning => $" {warning}"))}", "Copy the volid from the list."),
            _ => throw new FleetException("ambiguous", $"'{request.Room.Words(volume)}' is on {string.Join(", ", found.Select(static row => $"{row.Text("backend")}/{row.Text("node")}"))}.", "Name the backend and the node."),
        };
        var backend = request.Find(row.Text("backend")!);
        if (!isMeant(row.Text("content")))
        {
            throw new FleetException("invalid_arguments", $"'{request.Room.Words(volume)}' is no {request.Tool.Name["delete_".Length..].Replace('_', ' ')} but of kind {row.Text("content")}.", "delete_storage_content deletes any kind.");
        }

        if (row.Flag("is_protected"))
        {
            throw new FleetException("protected", $"'{request.Room.Words(volume)}' is protected.", "Somebody must take the protection away first.");
        }

        return backend.Platform.Storages is { } storages && (row.Text("content") != "backup" || storages.DeletesBackups)
            ? await storages.Delete(request, backend, row, cancellationToken)
            : throw FleetException.Unsupported(backend, "way to delete this by its API");
    }
}
