using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet.Storage;

/// <summary><c>list_storage</c>: one row for each storage; a shared one is one, whatever the number of its nodes.</summary>
internal static class StorageList
{
    private static readonly string[] Columns =
        ["backend", "storage", "node", "type", "status", "usage_percent", "content", "shared", "active", "enabled", "used", "total", "available", "id", "cluster"];

    public static FleetTool Tool { get; } = new("list_storage", "List storages", "Storages with kind, state and use. A shared storage is one row.")
    {
        Tables = ["storages"],
        Parameters =
        [
            new("type", ArgumentType.Text, "Plugin: dir, lvmthin, zfspool, nfs, rbd, pbs, ext, iso …"),
            new("node", ArgumentType.Text),
            new("content", ArgumentType.Text, "images, iso, backup, vztmpl …"),
            FleetParameter.Detail,
        ],
        Rows = 100,
        Run = RunAsync,
    };

    private static async Task<FleetAnswer> RunAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments;
        var (type, node, content) = (arguments.Text("type"), arguments.Text("node"), arguments.Text("content"));
        var set = await request.TableAsync("storages", null, cancellationToken);
        var groups = set.Rows
            .Where(row => type is null || type.Equals(row.Text("type"), StringComparison.OrdinalIgnoreCase))
            .Where(row => content is null || row.List("content").Contains(content, StringComparer.OrdinalIgnoreCase))
            .GroupBy(static row => (row.Text("backend"), row.Text("name"), row.Flag("is_shared") ? row.Text("cluster") : row.Text("id")))
            .Where(group => node is null || group.Any(row => row.Text("node") is null || row.Text("node") == node))
            .Select(static group => group.ToList())
            .ToList();
        var states = await StatesAsync(request, groups, cancellationToken);
        return new FleetAnswer.Table(Columns[1..6], Columns, [.. groups.Select(group => Cells(group, states))]);
    }

    private static Cell[] Cells(List<RowSet.Row> group, Dictionary<(string, string), IReadOnlyDictionary<string, StorageState>> states)
    {
        var counted = group.FirstOrDefault(static row => row.Flag("counted"), group[0]);
        var nodes = group.Select(static row => row.Text("node")).OfType<string>().Order(StringComparer.Ordinal).ToList();
        var state = states.GetValueOrDefault((counted.Text("backend")!, counted.Text("node") ?? ""))?.GetValueOrDefault(counted.Text("name")!);
        return
        [
            counted["backend"],
            counted["name"],
            counted.Flag("is_shared") && nodes.Count > 0 ? Cell.Of((IReadOnlyList<string>)nodes) : counted["node"],
            counted["type"],
            counted["status"],
            counted["usage_percent"],
            counted["content"],
            counted["is_shared"],
            Cell.Of(state?.Active ?? counted.Text("status") is "available" or "degraded"),
            Cell.Of(state?.Enabled),
            counted["usage"],
            counted["total"],
            counted["available"],
            counted["id"],
            counted["cluster"],
        ];
    }

    // Only nodes tell active from enabled; asked where these are shown.
    private static async Task<Dictionary<(string, string), IReadOnlyDictionary<string, StorageState>>> StatesAsync(
        FleetRequest request, List<List<RowSet.Row>> groups, CancellationToken cancellationToken)
    {
        var fields = request.Arguments.Texts("fields");
        if (fields.Count > 0 ? !fields.Contains("active") && !fields.Contains("enabled") : !request.Arguments.IsFull)
        {
            return [];
        }

        var asked = groups
            .Select(static group => group.FirstOrDefault(static row => row.Flag("counted"), group[0]))
            .Where(static row => row.Text("status") == "available" && row.Text("node") is not null)
            .Select(row => (Backend: request.Find(row.Text("backend")!), Node: row.Text("node")!))
            .Where(static place => place.Backend.Platform.StorageStates is not null)
            .Distinct().ToList();
        var read = await Task.WhenAll(asked.Select(place => place.Backend.Platform.StorageStates!(request, place.Backend, place.Node, cancellationToken)));
        return asked.Zip(read).ToDictionary(static entry => (entry.First.Backend.Name, entry.First.Node), static entry => entry.Second);
    }
}
