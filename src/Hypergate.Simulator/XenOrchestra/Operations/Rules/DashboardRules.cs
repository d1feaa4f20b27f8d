using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>What the whole installation looks like, in numbers.</summary>
internal static class DashboardRules
{
    private const long RepositorySize = 252L << 30;

    public static IEnumerable<OperationRule> All =>
    [
        new("GET /dashboard", OfEverything),
        new("GET /pools/{id}/dashboard", context => PoolDashboard.Create(context.World, context.Target("pools"))),
        new("GET /vms/{id}/dashboard", context => VmDashboard.Create(context.World, context.Target("vms"))),
    ];

    /// <summary>How many items satisfy a condition.</summary>
    public static int Count(this IEnumerable<JsonObject> items, string field, string value) =>
        items.Count(item => item.Text(field) == value);

    /// <summary>Storage for disks, without the images.</summary>
    public static List<JsonObject> DiskStorage(DataCentre world) =>
        [.. world["srs"].All.Where(sr => sr.Text("content_type") != "iso")];

    private static JsonObject OfEverything(OperationContext context)
    {
        var world = context.World;
        var hosts = world["hosts"].All;
        return new()
        {
            ["nPools"] = world["pools"].Count,
            ["nHosts"] = hosts.Count,
            ["backupRepositories"] = Repositories(world),
            ["resourcesOverview"] = new JsonObject
            {
                ["nCpus"] = hosts.Sum(host => host["cpus"]!.Number("cores")),
                ["memorySize"] = hosts.Sum(host => host["memory"]!.Number("size")),
                ["srSize"] = DiskStorage(world).Sum(sr => sr.Number("size")),
            },
            ["poolsStatus"] = Servers(world["servers"].All),
            ["missingPatches"] = Patches(world),
            ["storageRepositories"] = Sizes(DiskStorage(world)),
            ["backups"] = Backups(world),
            ["hostsStatus"] = Hosts(hosts),
            ["vmsStatus"] = Vms(world["vms"].All),
        };
    }

    private static JsonObject Servers(IReadOnlyCollection<JsonObject> servers) => new()
    {
        ["connected"] = servers.Count("status", "connected"),
        ["disconnected"] = servers.Count("status", "disconnected"),
        ["unreachable"] = 0,
        ["unknown"] = 0,
        ["total"] = servers.Count,
    };

    // The tool that finds patches does not know the hosts of the other brand.
    private static JsonObject Patches(DataCentre world) => new()
    {
        ["hasAuthorization"] = true,
        ["nHosts"] = world["hosts"].Count,
        ["nHostsFailed"] = world["hosts"].All.Count("productBrand", "XenServer"),
        ["nHostsWithMissingPatches"] = 0,
        ["nHostsEol"] = new JsonObject { ["isEmpty"] = true },
        ["nPools"] = world["pools"].Count,
        ["nPoolsWithMissingPatches"] = 0,
    };

    private static JsonObject Sizes(List<JsonObject> storage)
    {
        var total = storage.Sum(sr => sr.Number("size"));
        var used = storage.Sum(sr => sr.Number("physical_usage"));
        return new()
        {
            ["size"] = new JsonObject
            {
                ["available"] = total - used,
                ["other"] = used,
                ["replicated"] = 0,
                ["total"] = total,
                ["used"] = used,
            },
        };
    }

    private static JsonObject Repositories(DataCentre world)
    {
        if (world["backup-repositories"].Count == 0)
        {
            return new() { ["isEmpty"] = true };
        }

        var logs = world["backup-logs"].All.Where(log => log.Text("status") == "success");
        var saved = logs.Sum(log => log.List("tasks").Count) * BackupLogRecord.TransferredBytes;
        var other = RepositorySize / 10;
        return new()
        {
            ["other"] = new JsonObject
            {
                ["size"] = new JsonObject
                {
                    ["backups"] = saved,
                    ["available"] = RepositorySize - saved - other,
                    ["other"] = other,
                    ["total"] = RepositorySize,
                    ["used"] = saved + other,
                },
            },
        };
    }

    private static JsonObject Backups(DataCentre world)
    {
        JsonObject[] jobs = [.. world["backup-jobs"].All];
        JsonObject[] active = [.. jobs.Where(job => BackupScope.IsScheduled(world, job))];
        var last = active.Select(job => (Job: job, Status: BackupScope.LastLog(world, job)?.Text("status"))).ToList();
        var issues = last.Where(run => run.Status is "failure" or "interrupted" or "skipped").Select(run => (JsonNode)new JsonObject
        {
            ["logs"] = new JsonArray(run.Status),
            ["name"] = run.Job.Text("name"),
            ["type"] = run.Job.Text("type"),
            ["uuid"] = run.Job.Id(),
        });
        var protection = world["vms"].All.CountBy(vm => BackupScope.Protection(world, vm), StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return new()
        {
            ["jobs"] = new JsonObject
            {
                ["disabled"] = jobs.Length - active.Length,
                ["failed"] = last.Count(run => run.Status is "failure" or "interrupted"),
                ["noRecentRun"] = last.Count(run => run.Status is null),
                ["skipped"] = last.Count(run => run.Status == "skipped"),
                ["successful"] = last.Count(run => run.Status == "success"),
                ["total"] = jobs.Length,
            },
            ["issues"] = new JsonArray([.. issues]),
            ["vmsProtection"] = new JsonObject
            {
                ["protected"] = protection.GetValueOrDefault("protected"),
                ["unprotected"] = protection.GetValueOrDefault("unprotected"),
                ["notInJob"] = protection.GetValueOrDefault("not-in-active-job"),
            },
        };
    }

    private static JsonObject Hosts(IReadOnlyCollection<JsonObject> hosts) => new()
    {
        ["disabled"] = hosts.Count(host => host.Text("power_state") == "Running" && !host.Flag("enabled")),
        ["running"] = hosts.Count(Placement.IsReady),
        ["halted"] = hosts.Count("power_state", "Halted"),
        ["unknown"] = 0,
        ["total"] = hosts.Count,
    };

    private static JsonObject Vms(IReadOnlyCollection<JsonObject> vms)
    {
        var (running, paused) = (vms.Count("power_state", "Running"), vms.Count("power_state", "Paused"));
        return new()
        {
            ["active"] = running + paused,
            ["inactive"] = vms.Count - running - paused,
            ["running"] = running,
            ["halted"] = vms.Count("power_state", "Halted"),
            ["paused"] = paused,
            ["suspended"] = vms.Count("power_state", "Suspended"),
            ["unknown"] = 0,
            ["total"] = vms.Count,
        };
    }
}
