using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The filters of a node's task list.</summary>
internal sealed class TaskFilter(Parameters parameters)
{
    private const int Usual = 50;
    private readonly IReadOnlyList<string> _statuses = parameters.List("statusfilter");

    public bool Fits(PveTask task) => FitsSource(task) && FitsWho(task) && FitsWhen(task) && FitsEnd(task);

    public IEnumerable<PveTask> Page(IReadOnlyList<PveTask> tasks) =>
        tasks.Skip((int)(parameters.Integer("start") ?? 0)).Take((int)(parameters.Integer("limit") ?? Usual));

    private bool FitsSource(PveTask task) => (parameters.Text("source") ?? "archive") switch
    {
        "archive" => !task.Running,
        "active" => task.Running,
        _ => true,
    };

    private bool FitsWho(PveTask task) =>
        (parameters.Text("typefilter") ?? task.Upid.Type) == task.Upid.Type
        && (parameters.Text("vmid") ?? task.Upid.Id) == task.Upid.Id
        && task.Upid.User.Contains(parameters.Text("userfilter") ?? "", StringComparison.OrdinalIgnoreCase);

    private bool FitsWhen(PveTask task) =>
        task.Upid.Start >= (parameters.Integer("since") ?? 0) && task.Upid.Start <= (parameters.Integer("until") ?? long.MaxValue);

    private bool FitsEnd(PveTask task)
    {
        var kind = Kind(task.ExitStatus);
        return (!parameters.Flag("errors") || kind is "error" or "unknown") && (_statuses.Count == 0 || _statuses.Contains(kind));
    }

    private static string Kind(string? exitStatus) => exitStatus switch
    {
        "OK" => "ok",
        null or "unexpected status" => "unknown",
        _ when exitStatus.StartsWith("WARNINGS: ", StringComparison.Ordinal) => "warning",
        _ => "error",
    };
}
