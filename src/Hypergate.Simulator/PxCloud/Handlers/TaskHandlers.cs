using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.Tasks;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>What is answered with a task, and the tasks themselves.</summary>
internal static class TaskHandlers
{
    private static readonly Dictionary<string, Func<PxCall, PxTask>> Starts = new(StringComparer.Ordinal)
    {
        ["power"] = static call => PowerWork.Start(call, call.World.Get("vms", call.Last), call.Entry.Rule.Count > 2 ? call.Entry.Rule[2] : call.Text("action")!),
        ["create-vm"] = VmWork.Create,
        ["delete-vm"] = VmWork.Delete,
        ["clone"] = VmWork.Clone,
        ["migrate"] = MoveWork.Migrate,
        ["evacuate"] = MoveWork.Evacuate,
        ["snapshot"] = SavedWork.Snapshot,
        ["rollback"] = SavedWork.Rollback,
        ["delete-snapshot"] = SavedWork.DeleteSnapshot,
        ["backup"] = SavedWork.Backup,
        ["restore"] = SavedWork.Restore,
        ["reboot-node"] = static call => PowerWork.OfNode(call, "reboot"),
        ["server-power"] = PowerWork.OfServer,
        ["bmc-reset"] = static call => call.World.Tasks.Start(call, "server.bmc-reset", call.World.Get("servers", call.Last), (15, static () => { })),
        ["sync"] = static call => call.World.Tasks.Start(call, "cluster.sync", call.World.Get("clusters", call.Last), (8, call.World.Recount)),
    };

    public static void Add(Dictionary<string, Func<PxCall, JsonNode?>> handlers)
    {
        handlers["task"] = static call => Accepted(Starts[call.Entry.Rule[1]](call));
        handlers["tasks"] = List;
        handlers["task-one"] = static call => call.World.Tasks.Get(call.Last).Shown(call.World.Time.GetUtcNow());
        handlers["task-log"] = Log;
        handlers["task-cancel"] = Cancel;
    }

    public static JsonObject Accepted(PxTask task) => new() { ["task_id"] = task.Id, ["message"] = $"{task.Type} of {task.Target} was accepted." };

    private static JsonArray List(PxCall call)
    {
        var now = call.World.Time.GetUtcNow();
        return Records.Page(call, [.. call.World.Tasks.All.Reverse()
            .Where(task => (call.QueryText("status") ?? task.Status) == task.Status && (call.QueryText("type") ?? task.Type) == task.Type)
            .Select(task => (JsonNode)task.Shown(now))]);
    }

    private static JsonArray Log(PxCall call)
    {
        var task = call.World.Tasks.Get(call.Last);
        string[] lines = [$"{task.Type} of {task.Target} for {task.User}", $"{task.Progress(call.World.Time.GetUtcNow())}% done", .. task.Error is { } error ? [$"failed: {error}"] : Array.Empty<string>()];
        return [.. lines.Select(static (line, index) => (JsonNode)new JsonObject { ["n"] = index + 1, ["t"] = line })];
    }

    private static JsonObject Cancel(PxCall call)
    {
        var task = call.World.Tasks.Get(call.Last);
        call.World.Tasks.Cancel(task);
        return task.Shown(call.World.Time.GetUtcNow());
    }
}
