using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Which VMs a backup job takes, and what became of it last.</summary>
internal static class BackupScope
{
    public static IEnumerable<JsonObject> VmsOf(DataCentre world, JsonObject job) => world["vms"].All.Where(vm => Includes(job, vm));

    public static bool Includes(JsonObject job, JsonObject vm) => job["vms"] switch
    {
        JsonObject pattern when pattern["id"] is JsonObject several => several.Ids("__or").Contains(vm.Id(), StringComparer.Ordinal),
        JsonObject pattern when pattern["id"] is JsonValue one => one.GetValue<string>() == vm.Id(),
        JsonObject pattern when pattern["tags"]?["__or"] is JsonArray choices => choices.Any(choice => HasAll(vm, choice!)),
        _ => false,
    };

    public static bool IsScheduled(DataCentre world, JsonObject job) =>
        world["schedules"].All.Any(schedule => schedule.Text("jobId") == job.Id() && schedule.Flag("enabled"));

    public static JsonObject? LastLog(DataCentre world, JsonObject job) =>
        world["backup-logs"].All.Where(log => log.Text("jobId") == job.Id()).MaxBy(log => log.Number("start"));

    /// <summary>The word of dashboards for how well a VM is backed up.</summary>
    public static string Protection(DataCentre world, JsonObject vm)
    {
        JsonObject[] jobs = [.. world["backup-jobs"].All.Where(job => IsScheduled(world, job) && Includes(job, vm))];
        return jobs.Length == 0 ? "not-in-active-job"
            : jobs.Any(job => LastLog(world, job)?.Text("status") == "success") ? "protected" : "unprotected";
    }

    private static bool HasAll(JsonObject vm, JsonNode choice)
    {
        var tags = vm.Ids("tags");
        return choice is JsonArray several
            ? several.All(tag => tags.Contains(tag!.GetValue<string>(), StringComparer.Ordinal))
            : tags.Contains(choice.GetValue<string>(), StringComparer.Ordinal);
    }
}
