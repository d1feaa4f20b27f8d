using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The log of one run of a backup job: a tree of what was done for each VM.</summary>
internal static class BackupLogRecord
{
    /// <summary>How much each VM adds to its repository.</summary>
    public const long TransferredBytes = 1L << 20;

    /// <summary>A run that saved every VM.</summary>
    /// <param name="start">In milliseconds; also the log's id.</param>
    public static JsonObject Create(DataCentre world, JsonObject job, JsonObject schedule, IReadOnlyList<JsonObject> vms, long start)
    {
        var repository = job["remotes"]!.Text("id");
        var steps = vms.Select((vm, index) => VmStep(world, vm, repository, start + 500 + (index * 400)));
        var log = Head(job, schedule, start);
        log["data"]!["mode"] = job.Text("mode");
        log["status"] = "success";
        log["tasks"] = new JsonArray([.. steps]);
        log["infos"] = new JsonArray(new JsonObject
        {
            ["data"] = new JsonObject { ["vms"] = XapiRecord.Texts(vms.Select(vm => vm.Id())) },
            ["message"] = "vms",
        });
        log["end"] = start + 1000 + (vms.Count * 400);
        return log;
    }

    /// <summary>A run that saved the server's own data, and failed at the pools, which have no such export here.</summary>
    public static JsonObject CreateMetadata(DataCentre world, JsonObject job, JsonObject schedule, long start)
    {
        var own = Step(world, "Starting XO metadata backup.", start + 10, 20);
        own["data"] = new JsonObject { ["type"] = "xo" };
        var steps = new List<JsonNode> { own };
        foreach (var pool in job["pools"]!["id"]!.Ids("__or"))
        {
            var step = Step(world, $"Starting metadata backup for the pool ({pool}).", start + 20, 20);
            step["status"] = "failure";
            step["result"] = Failure("unexpected 404");
            step["data"] = new JsonObject { ["id"] = pool, ["type"] = "pool" };
            steps.Add(step);
        }

        var log = Head(job, schedule, start);
        log["status"] = "failure";
        log["tasks"] = new JsonArray([.. steps]);
        log["end"] = start + 90;
        log["result"] = Failure("backup task failed with undefined error");
        return log;
    }

    /// <summary>The task that such a run is while it lasts, and afterwards.</summary>
    public static JsonObject TaskOf(JsonObject log)
    {
        var task = TaskRecord(log);
        if (log["infos"] is { } infos)
        {
            task["infos"] = infos.DeepClone();
        }

        return task;
    }

    private static JsonObject TaskRecord(JsonObject log) => new()
    {
        ["id"] = log["tasks"]!.AsArray() is [JsonObject first, ..] ? $"{first.Id()}0" : log.Id(),
        ["properties"] = new JsonObject
        {
            ["name"] = "backup run",
            ["data"] = log["data"]!.DeepClone(),
            ["event"] = "job.start",
            ["jobId"] = log.Text("jobId"),
            ["jobName"] = log.Text("jobName"),
            ["scheduleId"] = log.Text("scheduleId"),
            ["type"] = "backup",
            ["runJobId"] = log.Id(),
        },
        ["start"] = log.Number("start"),
        ["status"] = log.Text("status"),
        ["updatedAt"] = log.Number("end"),
        ["tasks"] = log["tasks"]!.DeepClone(),
        ["end"] = log.Number("end"),
    };

    public static JsonObject Failure(string message) => new()
    {
        ["message"] = message,
        ["name"] = "Error",
        ["stack"] = $"Error: {message}\n    at runJob (file:///opt/xo/simulator/jobs.mjs:1:1)",
    };

    private static JsonObject Head(JsonObject job, JsonObject schedule, long start) => new()
    {
        ["data"] = new JsonObject { ["reportWhen"] = "failure" },
        ["id"] = start.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["jobId"] = job.Id(),
        ["jobName"] = job.Text("name"),
        ["message"] = "backup",
        ["scheduleId"] = schedule.Id(),
        ["start"] = start,
    };

    private static JsonObject VmStep(DataCentre world, JsonObject vm, string repository, long start)
    {
        var transfer = Step(world, "transfer", start + 60, 20);
        transfer["result"] = new JsonObject { ["size"] = TransferredBytes };
        transfer["data"] = new JsonObject { ["progress"] = 100 };
        var export = Step(world, "export", start + 50, 40);
        export["tasks"] = new JsonArray(transfer);
        export["data"] = new JsonObject { ["id"] = repository, ["type"] = "remote", ["isFull"] = true };
        var clean = Step(world, "clean-vm", start + 100, 20);
        clean["result"] = new JsonObject { ["merge"] = false, ["size"] = 0 };
        var step = Step(world, "backup VM", start, 130);
        step["tasks"] = new JsonArray(export, clean);
        step["data"] = new JsonObject
        {
            ["id"] = vm.Id(),
            ["type"] = "VM",
            ["name_label"] = vm.Text("name_label"),
            ["progress"] = 0,
        };
        return step;
    }

    private static JsonObject Step(DataCentre world, string message, long start, long duration) => new()
    {
        ["id"] = TaskId.Next(world, start),
        ["start"] = start,
        ["status"] = "success",
        ["end"] = start + duration,
        ["message"] = message,
    };
}
