using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Backup repositories, and schedules run on demand.</summary>
internal static class BackupRules
{
    private const long BytesEachSecond = 180L << 20;

    public static IEnumerable<OperationRule> All =>
    [
        new OperationRule("POST /schedules/{id}/actions/run", RunSchedule).Taking(0.8),
        new("POST /backup-repositories", Create),
        new("PATCH /backup-repositories/{id}", Update),
        new("POST /backup-repositories/{id}/actions/forget", Forget),
        new OperationRule("POST /backup-repositories/{id}/actions/benchmark", Benchmark).Taking(0.5),
        new("GET /backup-repositories/{id}/health", Health),
    ];

    /// <summary>A run leaves a log, a task, and an archive of each VM. The pools here lack the export of metadata, so such jobs fail.</summary>
    private static JsonNode? RunSchedule(OperationContext context)
    {
        var (world, schedule) = (context.World, context.Target("schedules"));
        var job = world.Require("backup-jobs", schedule.Text("jobId"));
        var start = world.Milliseconds;
        while (world["backup-logs"].Find(start.ToString(System.Globalization.CultureInfo.InvariantCulture)) is not null)
        {
            start++;
        }

        JsonObject[] vms = job.Text("type") == "metadataBackup" ? [] : [.. BackupScope.VmsOf(world, job)];
        var log = job.Text("type") == "metadataBackup"
            ? BackupLogRecord.CreateMetadata(world, job, schedule, start)
            : BackupLogRecord.Create(world, job, schedule, vms, start);
        BackupArchives.Keep(world, job, log, vms);
        world["backup-logs"].Add(log);
        world["tasks"].Add(BackupLogRecord.TaskOf(log));
        return log.Text("status") == "success" ? null : throw new XoError(500, log["result"]!.Text("message"));
    }

    private static JsonObject Create(OperationContext context)
    {
        var repository = new JsonObject { ["enabled"] = true };
        Apply(repository, context.Body!);
        return RuleContext.Made(repository.AddTo(context.World, "backup-repositories").Id());
    }

    private static JsonNode? Update(OperationContext context)
    {
        context.World["backup-repositories"].Change(context.Target("backup-repositories").Id(), item => Apply(item, context.Body!));
        return null;
    }

    private static void Apply(JsonObject repository, JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            if (value is null)
            {
                repository.Remove(name);
                continue;
            }

            repository[name] = value.DeepClone();
        }
    }

    private static JsonNode? Forget(OperationContext context)
    {
        var (world, repository) = (context.World, context.Target("backup-repositories"));
        if (world["backup-jobs"].All.FirstOrDefault(job => Uses(job, repository.Id())) is { } user)
        {
            throw XoErrors.Forbidden("forget backup repository", $"it is used by the backup job {user.Id()}");
        }

        world["backup-repositories"].Remove(repository.Id());
        return null;
    }

    private static bool Uses(JsonObject job, string repository) =>
        job["remotes"]?["id"] switch
        {
            JsonValue id => id.GetValue<string>() == repository,
            JsonObject several => several.Ids("__or").Contains(repository, StringComparer.Ordinal),
            _ => false,
        };

    private static JsonObject Benchmark(OperationContext context)
    {
        var (world, repository) = (context.World, context.Target("backup-repositories"));
        if (!IsReachable(repository))
        {
            throw new XoError(502, "the backup repository cannot be reached");
        }

        world["backup-repositories"].Change(repository.Id(), item =>
        {
            var benchmarks = item["benchmarks"] as JsonArray ?? [];
            item["benchmarks"] = benchmarks;
            benchmarks.Add(new JsonObject
            {
                ["readRate"] = BytesEachSecond * 2,
                ["timestamp"] = world.Milliseconds,
                ["writeRate"] = BytesEachSecond,
            });
        });
        return new() { ["success"] = true, ["readRate"] = BytesEachSecond * 2, ["writeRate"] = BytesEachSecond };
    }

    private static JsonObject Health(OperationContext context) => IsReachable(context.Target("backup-repositories"))
        ? new() { ["success"] = true }
        : throw new XoError(500, "remote is disabled");

    private static bool IsReachable(JsonObject repository) => repository.Flag("enabled");
}
