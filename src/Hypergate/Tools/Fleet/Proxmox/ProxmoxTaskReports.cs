using System.Globalization;
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
            Ended = running ? null : Moments.OfSeconds(status.Number("endtime")),
            Log = [.. texts.TakeLast(lines)],
        };
    }
}
