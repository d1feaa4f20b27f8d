using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Tasks: lists, status, log, stop.</summary>
internal static class TaskHandlers
{
    private const int MostOfCluster = 25;

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /cluster/tasks", OfCluster);
        table.Add("GET /nodes/{node}/tasks", OfNode);
        table.Add("GET /nodes/{node}/tasks/{upid}", static call =>
        {
            Parsed(call);
            return Directory("name", ["log", "status"]);
        });
        table.Add("GET /nodes/{node}/tasks/{upid}/status", Status);
        table.Add("GET /nodes/{node}/tasks/{upid}/log", Log);
        table.Add("DELETE /nodes/{node}/tasks/{upid}", Stop);
    }

    private static JsonArray OfCluster(Call call)
    {
        var all = call.May("/", "Sys.Audit");
        var tasks = call.Cluster.Tasks.All
            .Where(task => all || (task.Token is null && task.User == call.Identity))
            .Reverse();
        return Rows.Array(tasks.Take(MostOfCluster).Select(static task =>
        {
            var row = Fields(task);
            row["saved"] = task.Running ? "0" : "1";
            if (!task.Running)
            {
                row["endtime"] = task.EndedAt!.Value.ToUnixTimeSeconds();
                row["status"] = task.ExitStatus;
            }

            return row;
        }));
    }

    private static JsonArray OfNode(Call call)
    {
        var all = call.May($"/nodes/{call.Node}", "Sys.Audit");
        var filter = new TaskFilter(call.Parameters);
        var matching = call.Cluster.Tasks.All
            .Where(task => task.Upid.Node == call.Node && (all || IsOwn(call, task)) && filter.Fits(task))
            .Reverse()
            .OrderByDescending(static task => task.Running)
            .ThenByDescending(static task => task.Upid.Start)
            .ToList();
        call.Total = matching.Count;
        return Rows.Array(filter.Page(matching).Select(Listed));
    }

    private static JsonObject Listed(PveTask task)
    {
        var row = Fields(task);
        row["status"] = task.ExitStatus ?? "RUNNING";
        if (task.EndedAt is { } end)
        {
            row["endtime"] = end.ToUnixTimeSeconds();
        }

        return row;
    }

    private static JsonObject Status(Call call)
    {
        var upid = Parsed(call);
        var task = call.Cluster.Tasks.Find(upid.ToString());
        DemandOwn(call, upid, "Sys.Audit");
        if (task is null)
        {
            throw PveError.Parameter("upid", "no such task");
        }

        var row = Fields(task);
        row["status"] = task.Running ? "running" : "stopped";
        if (task.ExitStatus is { } exit)
        {
            row["exitstatus"] = exit;
        }

        return row;
    }

    private static JsonArray Log(Call call)
    {
        var upid = Parsed(call);
        DemandOwn(call, upid, "Sys.Audit");
        var lines = call.Cluster.Tasks.Find(upid.ToString())?.LogLines ?? ["unable to open file - No such file or directory"];
        call.Total = lines.Count;
        var start = (int)(call.Parameters.Integer("start") ?? 0);
        var limit = (int)(call.Parameters.Integer("limit") ?? 50);
        return Rows.Array(lines.Skip(start).Take(limit == 0 ? int.MaxValue : limit).Select((line, index) => Row(("n", start + index + 1), ("t", line))));
    }

    private static JsonNode? Stop(Call call)
    {
        var upid = Parsed(call);
        DemandOwn(call, upid, "Sys.Modify");
        if (call.Cluster.Tasks.Find(upid.ToString()) is { } task)
        {
            call.Cluster.Tasks.Interrupt(task);
        }

        return null;
    }

    private static Upid Parsed(Call call) =>
        Upid.Parse(call.Parameters.Required("upid")) is { } upid && upid.Node == call.Node
            ? upid
            : throw PveError.Parameter("upid", "unable to parse worker upid");

    // A user owns the tasks of his tokens too, a token only its own.
    private static bool IsOwn(Call call, PveTask task) => IsOwn(call, task.Upid);

    private static bool IsOwn(Call call, Upid upid) => upid.User == call.Identity || Access.TokenId.User(upid.User) == call.Identity;

    private static void DemandOwn(Call call, Upid upid, string otherwise)
    {
        if (!IsOwn(call, upid))
        {
            call.Need($"/nodes/{call.Node}", otherwise);
        }
    }

    private static JsonObject Fields(PveTask task) => Row(
        ("upid", task.Text), ("node", task.Upid.Node), ("pid", task.Upid.ProcessId), ("pstart", task.Upid.ProcessStart),
        ("starttime", task.Upid.Start), ("type", task.Upid.Type), ("id", task.Upid.Id), ("user", task.User), ("tokenid", task.Token));
}
