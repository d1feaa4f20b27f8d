using Hypergate.Inventory;
using Hypergate.Inventory.XenOrchestra;
using Hypergate.Tools.Fleet.Tasks;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary>A task of Xen Orchestra; its warnings and infos stand for a log.</summary>
internal static class XenOrchestraTaskReports
{
    public static async Task<TaskReport> ReadAsync(FleetRequest request, FleetBackend backend, string id, int lines, CancellationToken cancellationToken)
    {
        var task = await request.Reads(backend, cached: false).GetAsync("/tasks/{id}", [("id", id)], cancellationToken, TimeSpan.Zero);
        var properties = task.Get("properties");
        return new TaskReport
        {
            Id = id,
            State = XenOrchestraTasks.StateOf(task.Text("status")),
            ExitStatus = XenOrchestraTasks.ResultOf(task),
            Type = properties.Name("name") ?? properties.Name("method") ?? properties.Name("type"),
            Target = properties.Name("objectId"),
            User = properties.Name("userId"),
            Progress = properties.Number("progress"),
            Started = Moments.OfMilliseconds(task.Number("start")),
            Ended = Moments.OfMilliseconds(task.Number("end")),
            Log = [.. task.Items("infos").Concat(task.Items("warnings")).Select(static line => line.Name("message")).OfType<string>().TakeLast(lines)],
        };
    }
}
