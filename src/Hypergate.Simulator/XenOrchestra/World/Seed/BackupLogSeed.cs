using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The last runs of the jobs (one failed, one succeeded) and the tasks that led to today's state.</summary>
internal static class BackupLogSeed
{
    public static void Add(SeedRun run, JsonObject metadata, JsonObject daily, JsonObject full, JsonObject weekly)
    {
        var start = run.Now.AddMinutes(-5).ToUnixTimeMilliseconds();
        var user = run.World["users"].All.First().Id();
        foreach (var server in run.World["servers"].All)
        {
            run.World["tasks"].Add(Connected(run, server, user, start));
        }

        run.World["backup-logs"].Add(BackupLogRecord.CreateMetadata(run.World, metadata, daily, start + 1000));
        run.World["tasks"].Add(FailedCall(run, metadata, daily, user, start + 1000));
        JsonObject[] vms = [.. full["vms"]!["id"]!.Ids("__or").Select(id => run.World["vms"].Find(id)!)];
        var log = BackupLogRecord.Create(run.World, full, weekly, vms, start + 2000);
        run.World["backup-logs"].Add(log);
        run.World["tasks"].Add(BackupLogRecord.TaskOf(log));
    }

    private static JsonObject Connected(SeedRun run, JsonObject server, string user, long start) => new()
    {
        ["id"] = TaskId.Next(run.World, start),
        ["properties"] = new JsonObject
        {
            ["objectType"] = "server",
            ["name"] = "REST API: connect server",
            ["objectId"] = server.Id(),
            ["userId"] = user,
            ["type"] = "xo:rest-api:action",
        },
        ["start"] = start,
        ["status"] = "success",
        ["updatedAt"] = start + 41,
        ["end"] = start + 41,
    };

    private static JsonObject FailedCall(SeedRun run, JsonObject job, JsonObject schedule, string user, long start) => new()
    {
        ["id"] = TaskId.Next(run.World, start),
        ["properties"] = new JsonObject
        {
            ["method"] = "metadataBackup.runJob",
            ["params"] = new JsonObject { ["id"] = job.Id(), ["schedule"] = schedule.Id() },
            ["name"] = "API call: metadataBackup.runJob",
            ["userId"] = user,
            ["type"] = "api.call",
        },
        ["start"] = start,
        ["status"] = "failure",
        ["updatedAt"] = start + 90,
        ["end"] = start + 90,
        ["result"] = BackupLogRecord.Failure("backup task failed with undefined error"),
    };
}
