using System.Globalization;
using System.Text.Json;

namespace Hypergate.Tools.Fleet.Tasks;

/// <summary>Tools about tasks.</summary>
internal static class TaskTools
{
    private const int MostTasks = 20;

    private static readonly FleetColumns Columns = new("tasks")
    {
        { "upid", "id", true },
        { "node", "node", true },
        { "type", "type", true },
        { "target", "target", true },
        { "status", "status", true },
        { "exit_status", "exit_status", true },
        { "user", "user", true },
        { "start_time", "started", true },
        { "duration_seconds", "duration", true },
        { "end_time", "ended" },
        { "token_id", "token" },
        { "progress_percent", "progress_percent" },
        { "description", "name" },
    };

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("list_tasks", "List tasks", "Tasks under way and recent ones, newest first, with how they ended and who started them.")
        {
            Tables = ["tasks"],
            Parameters =
            [
                new("status", ArgumentType.Choice, "stopped: any that ended") { Values = ["running", "ok", "warning", "error", "stopped"] },
                new("type", ArgumentType.Text, "qmstart, vzdump …"),
                new("vmid", ArgumentType.Guest),
                new("user", ArgumentType.Text),
                new("node", ArgumentType.Text),
                new("since", ArgumentType.Time, "2026-11-01T00:00:00Z or now-24h"),
                new("until", ArgumentType.Time),
                FleetParameter.Detail,
            ],
            Rows = 50,
            Run = ListAsync,
        },
        new("get_task", "Task state and log", "One task by its id: state, how it ended, the end of its log. Can wait for its end.")
        {
            Reads = ["/tasks/{id}", "/nodes/{node}/tasks/{upid}/status"],
            Parameters =
            [
                new("upid", ArgumentType.Text, "From list_tasks or from a tool that changed something") { Required = true },
                new("wait_seconds", ArgumentType.Integer) { Least = 0, Most = 300, Default = "0" },
                new("log_lines", ArgumentType.Integer) { Least = 0, Most = 500, Default = "20" },
            ],
            Run = GetAsync,
        },
        new("wait_for_tasks", "Wait for tasks", "Waits until all of several tasks have ended, or the time is over, and tells how each stands.")
        {
            Reads = ["/tasks/{id}", "/nodes/{node}/tasks/{upid}/status"],
            Parameters =
            [
                new("upids", ArgumentType.Texts) { Required = true, Most = MostTasks },
                new("wait_seconds", ArgumentType.Integer) { Least = 0, Most = 300, Default = "60" },
            ],
            Run = WaitAsync,
        },
    ];

    private static async Task<FleetAnswer> ListAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments;
        var (status, type, user, node) = (arguments.Text("status"), arguments.Text("type"), arguments.Text("user"), arguments.Text("node"));
        var (since, until) = (arguments.Time("since"), arguments.Time("until"));
        var number = long.TryParse(arguments.Text("vmid"), CultureInfo.InvariantCulture, out var parsed) ? parsed : (long?)null;
        var guest = arguments.Has("vmid") && number is null ? await GuestLookup.OneAsync(request, cancellationToken) : null;
        var set = await request.TableAsync(
            "tasks",
            null,
            cancellationToken,
            Bounds.Of(Bounds.Equal("node", node), Bounds.Equal("vmid", number ?? guest?.Vmid), Bounds.AtLeast("started", since), Bounds.AtMost("started", until)));
        return Columns.Answer(set.Rows
            .Where(row => status is null || row.Text("status") == status || (status == "stopped" && row.Text("status") != "running"))
            .Where(row => type is null || type.Equals(row.Text("type"), StringComparison.OrdinalIgnoreCase))
            .Where(row => number is null || row.Int("vmid") == number)
            .Where(row => guest is null || (row.Text("backend") == guest.Backend.Name && (row.Int("vmid") is { } id ? id == guest.Vmid : row.Text("target") == guest.Id)))
            .Where(row => user is null || row.Text("user")?.Contains(user, StringComparison.OrdinalIgnoreCase) == true)
            .Where(row => node is null || row.Text("node") == node)
            .Where(row => (since is null || row.Time("started") >= since) && (until is null || row.Time("started") <= until))
            .OrderByDescending(static row => row.Time("started")));
    }

    private static async Task<FleetAnswer> GetAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var id = request.Arguments.Needed("upid");
        var backend = await BackendAsync(request, id, cancellationToken);
        var lines = (int)(request.Arguments.Int("log_lines") ?? 20);
        var wait = TimeSpan.FromSeconds(request.Arguments.Int("wait_seconds") ?? 0);
        var report = (await TaskWait.ForAsync(request, [(backend, id)], wait, lines, cancellationToken))[0];
        return FleetRequest.Record(backend, writer =>
        {
            writer.WriteString("backend", backend.Name);
            writer.WriteString("state", report.State);
            report.Write(writer);
        });
    }

    private static async Task<FleetAnswer> WaitAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var ids = request.Arguments.Texts("upids").Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
        {
            throw new FleetException("invalid_arguments", "'upids' names no task.");
        }

        var tasks = new List<(FleetBackend Backend, string Id)>();
        foreach (var id in ids)
        {
            tasks.Add((await BackendAsync(request, id, cancellationToken), id));
        }

        var wait = TimeSpan.FromSeconds(request.Arguments.Int("wait_seconds") ?? 60);
        var reports = await TaskWait.ForAsync(request, tasks, wait, 5, cancellationToken);
        return FleetRequest.Record(tasks[0].Backend, writer => Write(writer, tasks, reports));
    }

    private static void Write(Utf8JsonWriter writer, List<(FleetBackend Backend, string Id)> tasks, IReadOnlyList<TaskReport> reports)
    {
        writer.WriteString("state", reports.Any(static report => report.IsRunning) ? "running" : reports.All(static report => report.Word == "done") ? "done" : "failed");
        writer.WriteNumber("running", reports.Count(static report => report.IsRunning));
        writer.WriteStartArray("tasks");
        foreach (var (task, report) in tasks.Zip(reports))
        {
            writer.WriteStartObject();
            writer.WriteString("backend", task.Backend.Name);
            writer.WriteString("state", report.State);
            report.Write(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // The form of an id tells the kind of its platform; where several backends are of it, the one that knows the task.
    private static async Task<FleetBackend> BackendAsync(FleetRequest request, string id, CancellationToken cancellationToken)
    {
        var able = request.Backends.Where(backend => backend.Platform.IsTaskId(id)).ToList();
        if (able is [var only])
        {
            return only;
        }

        if (able.Count == 0)
        {
            throw new FleetException("invalid_arguments", "'upid' is no id of a task of these platforms.", "Copy it whole from list_tasks.");
        }

        var problem = "";
        foreach (var backend in able)
        {
            try
            {
                await backend.Platform.Task(request, backend, id, 0, cancellationToken);
                return backend;
            }
            catch (Inventory.PlatformReadException other)
            {
                problem = other.Message;
            }
        }

        throw new FleetException("not_found", $"No backend knows this task: {problem}", "Name the backend.");
    }
}
