using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>A VM at a glance.</summary>
internal static class VmDashboard
{
    private const int Runs = 3;

    public static JsonObject Create(DataCentre world, JsonObject vm) => new()
    {
        ["quickInfo"] = QuickInfo(vm),
        ["alarms"] = XapiRecord.Texts(world["alarms"].All
            .Where(alarm => alarm["object"]!.Text("uuid") == vm.Id()).Select(alarm => alarm.Id())),
        ["backupsInfo"] = new JsonObject
        {
            ["lastRuns"] = LastRuns(world, vm),
            ["vmProtection"] = BackupScope.Protection(world, vm),
            ["replication"] = new JsonObject(),
            ["backupArchives"] = new JsonArray([.. BackupArchives.Of(world, vm).Take(Runs).Select(Glance)]),
        },
    };

    private static JsonObject QuickInfo(JsonObject vm)
    {
        var info = new JsonObject
        {
            ["id"] = vm.Id(),
            ["power_state"] = vm.Text("power_state"),
            ["uuid"] = vm.Id(),
            ["name_description"] = vm.Text("name_description"),
            ["CPUs"] = new JsonObject { ["number"] = vm["CPUs"]!.Number("number") },
            ["mainIpAddress"] = vm["mainIpAddress"]?.DeepClone(),
            ["os_version"] = vm["os_version"] is { } system ? new JsonObject { ["name"] = system.Text("name") } : [],
            ["memory"] = new JsonObject { ["size"] = vm["memory"]!.Number("size") },
            ["creation"] = vm["creation"]?.DeepClone() ?? new JsonObject(),
            ["$pool"] = vm.Pool(),
            ["virtualizationMode"] = vm.Text("virtualizationMode"),
            ["tags"] = vm["tags"]!.DeepClone(),
            ["host"] = vm.Text("$container") == vm.Pool() ? null : vm.Text("$container"),
            ["pvDriversDetected"] = vm.Flag("pvDriversDetected"),
            ["pvDriversVersion"] = vm["pvDriversVersion"]?.DeepClone(),
            ["pvDriversUpToDate"] = vm["pvDriversUpToDate"]?.DeepClone(),
            ["startTime"] = vm["startTime"]?.DeepClone(),
        };
        foreach (var absent in info.Where(field => field.Value is null && field.Key != "startTime").ToList())
        {
            info.Remove(absent.Key);
        }

        return info;
    }

    private static JsonNode Glance(JsonObject archive) => new JsonObject
    {
        ["id"] = archive.Id(),
        ["timestamp"] = archive.Number("timestamp"),
        ["backupRepository"] = archive.Text("backupRepository"),
        ["size"] = archive.Number("size"),
    };

    private static JsonArray LastRuns(DataCentre world, JsonObject vm)
    {
        var runs =
            from log in world["backup-logs"].All
            orderby log.Number("start") descending
            from step in log.List("tasks")
            where step!["data"]?.TextOrNull("id") == vm.Id()
            select (JsonNode)new JsonObject
            {
                ["backupJobId"] = log.Text("jobId"),
                ["timestamp"] = log.Number("start"),
                ["status"] = step!.Text("status"),
            };
        return [.. runs.Take(Runs)];
    }
}
