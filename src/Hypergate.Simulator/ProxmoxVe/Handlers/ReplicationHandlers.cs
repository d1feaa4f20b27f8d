using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Replication jobs, and how each last went.</summary>
internal static class ReplicationHandlers
{
    private const string Jobs = "replication";
    private const int Period = 900;

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /cluster/replication", static call => Rows.Array(Visible(call).Select(static job => job.DeepClone())));
        table.Add("POST /cluster/replication", Create);
        table.Add("GET /cluster/replication/{id}", static call => Known(call).DeepClone());
        table.Add("PUT /cluster/replication/{id}", Update);
        table.Add("DELETE /cluster/replication/{id}", static call =>
        {
            call.Cluster.List(Jobs).Remove(Known(call));
            return null;
        });
        table.Add("GET /nodes/{node}/replication", static call => Rows.Array(Visible(call)
            .Where(job => job["source"]!.GetValue<string>() == call.Node && (call.Parameters.Integer("guest") ?? job["guest"]!.GetValue<int>()) == job["guest"]!.GetValue<int>())
            .Select(job => Status(call, job))));
        table.Add("GET /nodes/{node}/replication/{id}/status", static call => Status(call, Known(call)));
        table.Add("GET /nodes/{node}/replication/{id}/log", static call => new JsonArray(Row(("n", 1), ("t", $"{call["id"]}: end replication job"))));
        table.Add("POST /nodes/{node}/replication/{id}/schedule_now", static call =>
        {
            Known(call)["_last"] = call.Cluster.Seconds;
            return null;
        });
    }

    private static IEnumerable<JsonObject> Visible(Call call) =>
        call.Cluster.List(Jobs).Where(job => call.May($"/vms/{job["guest"]}", "VM.Audit"));

    private static JsonObject Known(Call call) =>
        call.Cluster.List(Jobs).Find(job => job["id"]!.GetValue<string>() == call["id"]) ?? throw new PveError($"no such replication job '{call["id"]}'");

    private static JsonObject Status(Call call, JsonObject job)
    {
        var now = call.Cluster.Seconds;
        var row = (JsonObject)job.DeepClone();
        row.Remove("_last");
        row["vmtype"] = call.Cluster.Guests.GetValueOrDefault(job["guest"]!.GetValue<int>())?.Type ?? "qemu";
        row["last_sync"] = job["_last"]?.DeepClone() ?? now / Period * Period;
        row["last_try"] = row["last_sync"]!.DeepClone();
        row["next_sync"] = ((now / Period) + 1) * Period;
        row["duration"] = 4.2;
        row["fail_count"] = 0;
        return row;
    }

    private static JsonNode? Create(Call call)
    {
        var id = call.Parameters.Required("id");
        var guest = call.Cluster.Guests.GetValueOrDefault(int.Parse(id.Split('-')[0], CultureInfo.InvariantCulture)) ?? throw new PveError($"no such guest '{id.Split('-')[0]}'");
        if (call.Cluster.List(Jobs).Exists(job => job["id"]!.GetValue<string>() == id))
        {
            throw new PveError($"replication job '{id}' already exists");
        }

        if (call.Cluster.Node(call.Parameters.Required("target")) is null)
        {
            throw new PveError($"no such cluster node '{call["target"]}'");
        }

        var job = Row(
            ("id", id), ("type", "local"), ("guest", guest.VmId), ("jobnum", int.Parse(id.Split('-')[1], CultureInfo.InvariantCulture)), ("source", guest.Node),
            ("schedule", "*/15"));
        Apply(call, job);
        call.Cluster.List(Jobs).Add(job);
        return null;
    }

    private static JsonNode? Update(Call call)
    {
        var job = Known(call);
        foreach (var name in call.Parameters.List("delete"))
        {
            job.Remove(name);
        }

        Apply(call, job);
        return null;
    }

    private static void Apply(Call call, JsonObject job)
    {
        foreach (var name in ((string[])["target", "schedule", "rate", "comment", "disable"]).Where(call.Parameters.Has))
        {
            job[name] = name is "rate" or "disable" ? Number(call[name]!) : call[name];
        }
    }
}
