using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet.Storage;

/// <summary>Tools that look at storages, pools and what lies on storages.</summary>
internal static class StorageTools
{
    private static readonly FleetColumns PoolColumns = new("pools")
    {
        { "pool", "pool", true },
        { "comment", "comment", true },
        { "guests", "guests_total", true },
        { "storages", "storages_total", true },
        { "guests_running", "guests_running" },
    };

    private static readonly FleetColumns ContentColumns = new("contents")
    {
        { "volid", "volid", true },
        { "content", "content", true },
        { "format", "format", true },
        { "size", "size", true },
        { "vmid", "vmid", true },
        { "creation", "created", true },
        { "storage", "storage" },
        { "node", "node" },
        { "name", "name" },
        { "notes", "notes" },
        { "protected", "is_protected" },
        { "parent", "parent" },
        { "used", "used" },
    };

    private static readonly FleetColumns ImageColumns = new("contents")
    {
        { "volid", "volid", true },
        { "name", "name", true },
        { "size", "size", true },
        { "creation", "created", true },
        { "storage", "storage", true },
        { "format", "format" },
        { "node", "node" },
    };

    private static readonly FleetParameter Node = new("node", ArgumentType.Text);
    private static readonly FleetParameter Storage = new("storage", ArgumentType.Text);
    private static readonly FleetParameter OlderThan = new("older_than", ArgumentType.Span, "Age such as 30d, or a time");

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        StorageList.Tool,
        new("list_pools", "List pools", "Resource pools with their comments and what is in them.")
        {
            Tables = ["pools"],
            Parameters = [new("members", ArgumentType.Flag, "Also tell the members") { Default = "false" }],
            Rows = 100,
            Run = PoolsAsync,
        },
        new("list_storage_content", "List storage content", "What lies on a storage: disk images, ISO images, templates, backups, snippets.")
        {
            Tables = ["contents"],
            Parameters =
            [
                Storage with { Required = true },
                Node,
                new("content_type", ArgumentType.Choice) { Values = ["iso", "vztmpl", "backup", "images", "rootdir", "snippets", "import"] },
                new("vmid", ArgumentType.Integer),
                FleetParameter.Detail,
            ],
            Rows = 100,
            Run = ContentAsync,
        },
        new("list_isos", "List ISO images", "ISO images on storages.")
        {
            Tables = ["contents"],
            Parameters = [Storage, Node, OlderThan, FleetParameter.Detail],
            Rows = 100,
            Run = static (request, cancellationToken) => ImagesAsync(request, "iso", cancellationToken),
        },
        new("list_templates", "List container templates", "Container templates on storages. For VM templates: list_vms with include_templates.")
        {
            Tables = ["contents"],
            Parameters = [Storage, Node, OlderThan, FleetParameter.Detail],
            Rows = 100,
            Run = static (request, cancellationToken) => ImagesAsync(request, "vztmpl", cancellationToken),
        },
    ];

    private static async Task<FleetAnswer> PoolsAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        foreach (var backend in request.Backends.Where(static backend => backend.Platform.PoolMembers is null))
        {
            request.Warn($"{backend.Title} has no resource pools that its API shows (backend {backend.Name}).");
        }

        var set = await request.TableAsync("pools", null, cancellationToken);
        var table = PoolColumns.Answer(set.Rows);
        if (request.Arguments.Flag("members") != true)
        {
            return table;
        }

        var members = await Task.WhenAll(set.Rows.Select(row => request.Find(row.Text("backend")!) is var backend
            ? backend.Platform.PoolMembers!(request, backend, row.Text("pool") ?? "", cancellationToken)
            : Task.FromResult<IReadOnlyList<string>>([])));
        return table with
        {
            Minimal = [.. table.Minimal, "members"],
            Columns = [.. table.Columns, "members"],
            Rows = [.. table.Rows.Zip(members).Select(static entry => (Cell[])[.. entry.First, Cell.Of(entry.Second)])],
        };
    }

    private static async Task<FleetAnswer> ContentAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments;
        var (storage, node, content, vmid) = (arguments.Needed("storage"), arguments.Text("node"), arguments.Text("content_type"), arguments.Int("vmid"));
        await StorageLookup.CheckAsync(request, storage, cancellationToken);
        var set = await request.TableAsync(
            "contents", null, cancellationToken, Bounds.Of(Bounds.Equal("storage", storage), Bounds.Equal("content", content), Bounds.Equal("node", node)));
        return ContentColumns.Answer(set.Rows.Where(row => row.Text("storage") == storage)
            .Where(row => content is null || row.Text("content") == content)
            .Where(row => vmid is null || row.Int("vmid") == vmid)
            .OrderBy(static row => row.Text("content"), StringComparer.Ordinal).ThenBy(static row => row.Text("volid"), StringComparer.Ordinal));
    }

    private static async Task<FleetAnswer> ImagesAsync(FleetRequest request, string content, CancellationToken cancellationToken)
    {
        var (storage, node, before) = (request.Arguments.Text("storage"), request.Arguments.Text("node"), request.Arguments.Before("older_than"));
        if (content == "vztmpl")
        {
            foreach (var backend in request.Backends.Where(static backend => !backend.Platform.HasNumbers))
            {
                request.Warn($"{backend.Title} has no container templates (backend {backend.Name}).");
            }
        }

        if (storage is not null)
        {
            await StorageLookup.CheckAsync(request, storage, cancellationToken);
        }

        var set = await request.TableAsync(
            "contents", null, cancellationToken, Bounds.Of(Bounds.Equal("content", content), Bounds.Equal("storage", storage), Bounds.Equal("node", node)));
        return ImageColumns.Answer(set.Rows.Where(row => row.Text("content") == content)
            .Where(row => storage is null || row.Text("storage") == storage)
            .Where(row => before is null || row.Time("created") < before)
            .OrderBy(static row => row.Text("name"), StringComparer.OrdinalIgnoreCase));
    }
}
