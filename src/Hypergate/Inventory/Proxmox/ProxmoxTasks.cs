using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Tasks of all nodes, those under way and those that ended, newest first.</summary>
internal static class ProxmoxTasks
{
    private const string Most = "1000";

    private static readonly RowMap<Job> Map = new("tasks")
    {
        { "backend", static task => Cell.Of(task.Backend) },
        { "cluster", static task => Cell.Of(task.Cluster) },
        { "id", static task => Cell.Of(task.Item.Text("upid")) },
        { "node", static task => Cell.Of(task.Item.Text("node")) },
        { "type", static task => Cell.Of(task.Item.Text("type")) },
        { "target", static task => Cell.Of(task.Item.Name("id")) },
        { "vmid", static task => Cell.Of(VmidOf(task.Item)) },
        { "user", static task => Cell.Of(task.Item.Text("user")) },
        { "token", static task => Cell.Of(task.Item.Name("tokenid")) },
        { "status", static task => Cell.Of(StateOf(task.Item)) },
        { "exit_status", static task => Cell.Of(IsRunning(task.Item) ? null : task.Item.Name("status")) },
        { "started", static task => Cell.Of(task.Started) },
        { "ended", static task => Cell.Of(task.Ended) },
        { "duration", static task => Moments.Between(task.Started, task.Ended ?? (IsRunning(task.Item) ? task.Now : null)) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var cluster = await world.ClusterNameAsync(visit);
        Job Make(JsonElement item) => new(visit.Backend, cluster, item, visit.Now);
        var filters = Filters(visit);
        var rows = await world.OfEachNodeAsync(visit, async node =>
        {
            var list = await visit.Reads.GetAsync("/nodes/{node}/tasks", [("node", node), .. filters], cancellationToken, TimeSpan.Zero);
            return Map.Rows(list.Elements().Select(Make));
        });
        var silent = await OfSilentNodesAsync(visit, cancellationToken);
        var started = InventoryTables.Find("tasks")!.IndexOf("started");
        return [.. rows.Concat(Map.Rows(silent.Select(Make))).OrderByDescending(row => row[started].IsNull ? 0 : row[started].Time.UtcTicks)];
    }

    /// <summary>How a task stands, from what lists say of its end.</summary>
    public static string StateOf(JsonElement task) => IsRunning(task) ? "running" : StateOf(task.Name("status"));

    /// <summary>How a task stands, from its exit text.</summary>
    public static string StateOf(string? exit) => exit switch
    {
        "OK" => "ok",
        null or "" or "unexpected status" => "unknown",
        _ when exit.StartsWith("WARNINGS: ", StringComparison.Ordinal) => "warning",
        _ => "error",
    };

    private static bool IsRunning(JsonElement task) =>
        task.Text("status") is "RUNNING" or "running" || (task.Name("status") is null && task.Int("endtime") is null);

    private static long? VmidOf(JsonElement task) =>
        long.TryParse(task.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id >= 100 ? id : null;

    private static List<(string Name, string Value)> Filters(TableVisit visit)
    {
        List<(string, string)> filters = [("source", "all"), ("limit", Most)];
        if (visit.Bound("started", BoundComparison.AtLeast) is { Values: [{ Kind: CellKind.Time } since, ..] })
        {
            filters.Add(("since", since.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        }

        if (visit.Bound("started", BoundComparison.AtMost) is { Values: [{ Kind: CellKind.Time } until, ..] })
        {
            filters.Add(("until", (until.Time.ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture)));
        }

        if (visit.Bound("vmid", BoundComparison.Equal) is { Values: [{ Kind: CellKind.Int } vmid] })
        {
            filters.Add(("vmid", vmid.Int.ToString(CultureInfo.InvariantCulture)));
        }

        return filters;
    }

    // The cluster remembers the last tasks of nodes that are away.
    private static async Task<List<JsonElement>> OfSilentNodesAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        if (visit.Problems.Count == 0)
        {
            return [];
        }

        var last = await visit.Reads.TryGetAsync("/cluster/tasks", [], cancellationToken, TimeSpan.Zero);
        return [.. last.Elements().Where(task => task.Text("node") is { } node && visit.IsSilent(node))];
    }

    private sealed record Job(string Backend, string? Cluster, JsonElement Item, DateTimeOffset Now)
    {
        public DateTimeOffset? Started => Moments.OfSeconds(Item.Number("starttime"));

        public DateTimeOffset? Ended => Moments.OfSeconds(Item.Number("endtime"));
    }
}
