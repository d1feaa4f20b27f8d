using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Proxmox;
using Hypergate.Tools.Fleet.Tasks;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary>A task of Proxmox VE: its state, and the end of its log.</summary>
internal static class ProxmoxTaskReports
{
    private const int MostLines = 5_000;

    public static async Task<TaskReport> ReadAsync(FleetRequest request, FleetBackend backend, string id, int lines, CancellationToken cancellationToken)
    {
        var reads = request.Reads(backend, cached: false);
        (string, string)[] task = [("node", id.Split(':')[1]), ("upid", id)];
        var status = await reads.GetAsync("/nodes/{node}/tasks/{upid}/status", task, cancellationToken, TimeSpan.Zero);
        var log = lines > 0
            ? await reads.TryGetAsync("/nodes/{node}/tasks/{upid}/log", [.. task, ("limit", MostLines.ToString(CultureInfo.InvariantCulture))], cancellationToken, TimeSpan.Zero)
            : default;
        var running = status.Text("status") == "running";
        var texts = log.Elements().OrderBy(static line => line.Number("n")).Select(static line => line.Text("t")).OfType<string>().ToList();
        return new TaskReport
        {
            Id = id,
            State = running ? "running" : ProxmoxTasks.StateOf(status.Text("exitstatus")),
            ExitStatus = running ? null : status.Name("exitstatus"),
            Type = status.Text("type"),
            Target = status.Name("id"),
            User = status.Text("user") + (status.Name("tokenid") is { } token ? $"!{token}" : ""),
            Started = Moments.OfSeconds(status.Number("starttime")),
            Ended = running ? null : await EndAsync(reads, status, id, cancellationToken),
            Log = [.. texts.TakeLast(lines)],
        };
    }

    // Only the list of tasks tells when one ended.
    private static async Task<DateTimeOffset?> EndAsync(PlatformReads reads, JsonElement status, string id, CancellationToken cancellationToken)
    {
        if (status.Number("starttime") is not { } started || status.Text("type") is not { } type)
        {
            return null;
        }

        var second = started.ToString("0", CultureInfo.InvariantCulture);
        var list = await reads.TryGetAsync(
            "/nodes/{node}/tasks",
            [("node", id.Split(':')[1]), ("source", "archive"), ("typefilter", type), ("since", second), ("until", second)],
            cancellationToken,
            TimeSpan.Zero);
        return list.Elements().Where(task => task.Text("upid") == id).Select(static task => Moments.OfSeconds(task.Number("endtime"))).FirstOrDefault();
    }
}
