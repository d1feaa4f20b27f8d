using System.Text.Json;

namespace Hypergate.Inventory.Proxmox;

/// <summary>
/// The last runs of backup jobs. A task does not name its job, but the first line of its log has the command line, which names storage
/// and guests.
/// </summary>
internal sealed class ProxmoxBackupRuns
{
    private const int MostLogs = 30;

    // Each node runs a job for its own guests: runs that began so close to each other are one.
    private const double SameRunSeconds = 120;

    private static readonly string[] WorstFirst = ["error", "unknown", "warning", "running", "ok"];

    private readonly List<Run> _runs = [];

    private ProxmoxBackupRuns()
    {
    }

    public static async Task<ProxmoxBackupRuns> ReadAsync(ProxmoxWorld world, TableVisit visit, CancellationToken cancellationToken)
    {
        var nodes = (await world.OnlineNodesAsync()).Where(node => !visit.IsSilent(node));
        var lists = await Task.WhenAll(nodes.Select(node => world.Reads.TryGetAsync(
            "/nodes/{node}/tasks", [("node", node), ("source", "all"), ("typefilter", "vzdump"), ("limit", "50")], cancellationToken)));
        var tasks = lists.SelectMany(static list => list.Elements()).OrderByDescending(static task => task.Number("starttime")).Take(MostLogs).ToList();
        var logs = await Task.WhenAll(tasks.Select(task => world.Reads.TryGetAsync(
            "/nodes/{node}/tasks/{upid}/log", [("node", task.Text("node") ?? ""), ("upid", task.Text("upid") ?? ""), ("limit", "1")], cancellationToken)));
        var runs = new ProxmoxBackupRuns();
        foreach (var (task, log) in tasks.Zip(logs))
        {
            if (log.Elements().FirstOrDefault().Text("t") is { } line && line.Contains("vzdump", StringComparison.Ordinal))
            {
                runs._runs.Add(new(line[line.IndexOf("vzdump", StringComparison.Ordinal)..], ProxmoxTasks.StateOf(task), task.Number("starttime") ?? 0));
            }
        }

        return runs;
    }

    /// <summary>How the last run of a job ended, at its worst node; null where none is known.</summary>
    public string? LastOf(JsonElement job)
    {
        var runs = _runs.Where(run => IsOf(job, run.Command)).ToList();
        return runs.Where(run => runs[0].Started - run.Started <= SameRunSeconds).Select(static run => run.State).MinBy(static state => Array.IndexOf(WorstFirst, state));
    }

    private static bool IsOf(JsonElement job, string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? Option(string name) => Array.IndexOf(words, $"--{name}") is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;
        if (Option("job-id") is { } id)
        {
            return id == job.Text("id");
        }

        var guests = words.Skip(1).TakeWhile(static word => !word.StartsWith('-')).Order(StringComparer.Ordinal);
        return (Option("storage") is not { } storage || storage == job.Text("storage"))
            && Option("pool") == job.Name("pool")
            && (Option("all") == "1") == (job.Flag("all") == true)
            && guests.SequenceEqual((job.Name("vmid") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private sealed record Run(string Command, string State, double Started);
}
