using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Backup jobs, and the guests that they cover.</summary>
internal static class BackupJobHandlers
{
    /// <summary>When a job was made; never shown.</summary>
    public const string Since = "hypergate-since";

    private const string Jobs = "backup";

    // The scheduler looks for new jobs once a minute; only then does it know when they run.
    private const int SchedulerSeconds = 60;

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /cluster/backup", static call => Rows.Array(call.Cluster.List(Jobs).Select(job => Shown(call.Cluster, job))));
        table.Add("POST /cluster/backup", Create);
        table.Add("GET /cluster/backup/{id}", static call => Shown(call.Cluster, Job(call)));
        table.Add("PUT /cluster/backup/{id}", Update);
        table.Add("DELETE /cluster/backup/{id}", static call =>
        {
            call.Cluster.List(Jobs).Remove(Job(call));
            return null;
        });
        table.Add("GET /cluster/backup/{id}/included_volumes", Included);
        table.Add("GET /cluster/backup-info/not-backed-up", NotCovered);
        table.Add("GET /cluster/backup-info", static _ => Directory("subdir", ["not-backed-up"]));
    }

    private static JsonNode? Create(Call call)
    {
        if (!call.Parameters.Has("schedule") && !call.Parameters.Has("starttime"))
        {
            throw PveError.Parameter("schedule", "neither 'starttime' nor 'schedule' were set");
        }

        if (call["storage"] is { } storage)
        {
            call.Cluster.Volumes.Storage(storage);
        }

        var id = call["id"] ?? Guid.NewGuid().ToString();
        if (call.Cluster.List(Jobs).Exists(job => job["id"]!.GetValue<string>() == id))
        {
            throw new PveError($"Job '{id}' already exists");
        }

        var job = Row(("id", id), ("type", "vzdump"), ("enabled", 1));
        Apply(call, job);
        job[Since] = call.Cluster.Now.ToUnixTimeSeconds();
        call.Cluster.List(Jobs).Add(job);
        return null;
    }

    private static JsonNode? Update(Call call)
    {
        var job = Find(call) ?? throw new PveError("no such vzdump job");
        foreach (var name in call.Parameters.List("delete"))
        {
            job.Remove(name);
        }

        Apply(call, job);
        return null;
    }

    private static JsonObject Shown(Cluster cluster, JsonObject job)
    {
        var shown = job.DeepClone().AsObject();
        var isKnown = shown[Since] is not { } since || cluster.Now.ToUnixTimeSeconds() - since.GetValue<long>() >= SchedulerSeconds;
        shown.Remove(Since);
        if (isKnown && job["enabled"]?.ToString() != "0" && Schedule.Next(job["schedule"]?.ToString() ?? "", cluster.Now) is { } next)
        {
            shown["next-run"] = next.ToUnixTimeSeconds();
        }

        return shown;
    }

    // Numbers and booleans become numbers; a retention becomes an object of texts.
    private static void Apply(Call call, JsonObject job)
    {
        foreach (var name in call.Parameters.Names.Where(name => name is not ("delete" or "id") && call.Parameters.Has(name)))
        {
            job[name] = name switch
            {
                "prune-backups" => Retention(call[name]!),
                "starttime" => call[name],
                _ => call.Route.Parameters[name].Type is "boolean" or "integer" ? Number(call[name]!) : call[name],
            };
        }
    }

    private static JsonObject Retention(string text) => new(text.Split(',').Select(static part => part.Split('=', 2))
        .Where(static part => part.Length == 2)
        .Select(static part => KeyValuePair.Create(part[0], (JsonNode?)part[1])));

    private static JsonObject? Find(Call call) => call.Cluster.List(Jobs).Find(job => job["id"]!.GetValue<string>() == call["id"]);

    private static JsonObject Job(Call call) => Find(call) ?? throw PveError.Parameter("id", $"No such job '{call["id"]}'");

    private static IEnumerable<Guest> Guests(Cluster cluster, JsonObject job)
    {
        var excluded = Parameters.Split(job["exclude"]?.GetValue<string>() ?? "");
        return cluster.Guests.Values.Where(guest =>
            !excluded.Contains($"{guest.VmId}")
            && (job["node"]?.GetValue<string>() ?? guest.Node) == guest.Node
            && (job["all"]?.ToString() == "1"
                || (job["pool"]?.GetValue<string>() is { } pool && cluster.Pools.GetValueOrDefault(pool)?.Guests.Contains(guest.VmId) == true)
                || Parameters.Split(job["vmid"]?.ToString() ?? "").Contains($"{guest.VmId}")));
    }

    private static JsonObject Included(Call call) => Row(("children", Rows.Array(Guests(call.Cluster, Job(call)).Select(static guest => Row(
        ("id", guest.VmId), ("name", guest.Name), ("type", guest.Type),
        ("children", Rows.Array(Disk.Of(guest.Config.Values).Where(static disk => !disk.IsCdrom).Select(disk => Row(
            ("id", $"{guest.VmId}:{disk.Key}"), ("name", $"{disk.Key} - {disk.Volume}"), ("included", disk.Option("backup") != "0"), ("reason", "enabled"))))))))));

    private static JsonArray NotCovered(Call call)
    {
        var covered = call.Cluster.List(Jobs).SelectMany(job => Guests(call.Cluster, job)).Select(static guest => guest.VmId).ToHashSet();
        return Rows.Array(call.Cluster.Guests.Values
            .Where(guest => !covered.Contains(guest.VmId) && call.May($"/vms/{guest.VmId}", "VM.Audit"))
            .Select(static guest => Row(("vmid", guest.VmId), ("name", guest.Name), ("type", guest.Type))));
    }
}
