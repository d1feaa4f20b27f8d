using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>One repository, three jobs with a schedule each, and what became of their last runs.</summary>
internal static class BackupSeed
{
    public static void Add(SeedRun run)
    {
        var world = run.World;
        var repository = new JsonObject { ["enabled"] = true, ["name"] = "local-repo", ["url"] = "file:///mnt/backups" }
            .AddTo(world, "backup-repositories").Id();
        var critical = world["vms"].All.Take(5).Select(vm => vm.Id());
        var (metadata, daily) = AddJob(run, MetadataJob(run), repository, new() { ["cron"] = "0 4 * * *", ["name"] = "metadata" });
        metadata["settings"] = new JsonObject
        {
            [daily.Id()] = new JsonObject { ["retentionPoolMetadata"] = 3, ["retentionXoMetadata"] = 3 },
        };
        var (full, weekly) = AddJob(run, FullJob(critical), repository, new() { ["cron"] = "0 3 * * 0", ["name"] = "weekly" });
        full["settings"] = new JsonObject
        {
            [""] = new JsonObject(),
            [weekly.Id()] = new JsonObject { ["exportRetention"] = 4 },
        };
        weekly["enabled"] = false;
        weekly["timezone"] = "Europe/Paris";
        var (delta, nightly) = AddJob(run, DeltaJob(), repository, new() { ["cron"] = "0 2 * * *", ["name"] = "nightly" });
        delta["settings"] = new JsonObject
        {
            [""] = new JsonObject { ["reportWhen"] = "failure" },
            [nightly.Id()] = new JsonObject { ["exportRetention"] = 7 },
        };
        nightly["timezone"] = "Europe/Paris";
        BackupLogSeed.Add(run, metadata, daily, full, weekly);
        MoveToEnd(world, weekly.Id());
    }

    private static (JsonObject Job, JsonObject Schedule) AddJob(SeedRun run, JsonObject job, string repository, JsonObject schedule)
    {
        job["remotes"] = new JsonObject { ["id"] = repository };
        job["settings"] = null;
        job.AddTo(run.World, "backup-jobs");
        schedule.Insert(1, "enabled", true);
        schedule.Insert(2, "jobId", job.Id());
        return (job, schedule.AddTo(run.World, "schedules"));
    }

    private static JsonObject MetadataJob(SeedRun run) => new()
    {
        ["name"] = "Pool metadata",
        ["pools"] = new JsonObject
        {
            ["id"] = new JsonObject { ["__or"] = XapiRecord.Texts(run.Pools.Select(pool => pool.Id)) },
        },
        ["xoMetadata"] = true,
        ["userId"] = run.World["users"].All.First().Id(),
        ["type"] = "metadataBackup",
    };

    private static JsonObject FullJob(IEnumerable<string> vms) => new()
    {
        ["name"] = "Weekly full critical",
        ["mode"] = "full",
        ["vms"] = new JsonObject { ["id"] = new JsonObject { ["__or"] = XapiRecord.Texts(vms) } },
        ["type"] = "backup",
    };

    private static JsonObject DeltaJob() => new()
    {
        ["name"] = "Nightly delta (tag backup)",
        ["mode"] = "delta",
        ["vms"] = new JsonObject { ["tags"] = new JsonObject { ["__or"] = new JsonArray(new JsonArray("backup")) } },
        ["type"] = "backup",
    };

    private static void MoveToEnd(DataCentre world, string schedule) => world["schedules"].Change(schedule, _ => { });
}
