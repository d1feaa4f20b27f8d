using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Tasks of Xen Orchestra, newest first.</summary>
internal static class XenOrchestraTasks
{
    private const int Most = 1_000;

    private static readonly RowMap<Job> Map = new("tasks")
    {
        { "backend", static task => Cell.Of(task.Backend) },
        { "id", static task => Cell.Of(task.Item.Text("id")) },
        { "type", static task => Cell.Of(task.Properties.Name("method") ?? task.Properties.Name("type")) },
        { "target", static task => Cell.Of(task.Properties.Name("objectId")) },
        { "user", static task => Cell.Of(task.User) },
        { "status", static task => Cell.Of(StateOf(task.Item.Text("status"))) },
        { "exit_status", static task => Cell.Of(ResultOf(task.Item)) },
        { "progress_percent", static task => Cell.Of(task.Properties.Number("progress")) },
        { "started", static task => Cell.Of(task.Started) },
        { "ended", static task => Cell.Of(task.Ended) },
        { "duration", static task => Moments.Between(task.Started, task.Ended ?? task.Now) },
        { "name", static task => Cell.Of(task.Properties.Name("name")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        var tasks = await visit.Reads.GetAsync("/tasks", [("fields", "id,status,properties,start,end,updatedAt,result")], cancellationToken, TimeSpan.Zero);
        var users = visit.Wants("user") ? await UsersAsync(world) : [];
        return Map.Rows(tasks.Elements()
            .Select(task => new Job(visit.Backend, task, visit.Now) { User = UserOf(task, users) })
            .Where(task => visit.Admits("started", Cell.Of(task.Started)))
            .OrderByDescending(static task => task.Started)
            .Take(Most));
    }

    /// <summary>The state of a task in the word of the table.</summary>
    public static string StateOf(string? status) => status switch
    {
        "pending" => "running",
        "success" => "ok",
        "failure" or "interrupted" => "error",
        _ => "unknown",
    };

    /// <summary>What a task says of its end: the message of an error, or the word of the platform.</summary>
    public static string? ResultOf(JsonElement task) =>
        task.Text("status") switch
        {
            "failure" or "interrupted" => task.Get("result").Name("message") ?? task.Get("result").Name("code") ?? task.Text("status"),
            "success" => "success",
            _ => null,
        };

    // Only administrators may read them all; without them the id has to do.
    private static async Task<Dictionary<string, string>> UsersAsync(XenOrchestraWorld world) =>
        (await world.TryListAsync("/users", "id,name,email"))
            .Where(static user => user.Text("id") is not null)
            .ToDictionary(static user => user.Text("id")!, static user => user.Name("name") ?? user.Name("email") ?? user.Text("id")!, StringComparer.Ordinal);

    private static string? UserOf(JsonElement task, Dictionary<string, string> users) =>
        task.Get("properties").Name("userId") is { } id ? users.GetValueOrDefault(id, id) : null;

    private sealed record Job(string Backend, JsonElement Item, DateTimeOffset Now)
    {
        public string? User { get; init; }

        public JsonElement Properties => Item.Get("properties");

        public DateTimeOffset? Started => Moments.OfMilliseconds(Item.Number("start"));

        public DateTimeOffset? Ended => Moments.OfMilliseconds(Item.Number("end"));
    }
}
