using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>What the pools reported: alarms, with their value taken apart, and plain messages.</summary>
internal static class MessageSeed
{
    private const int AlarmsForEachPool = 8;
    private const int MessagesForEachPool = 25;
    private static readonly string[] Measures = ["mem_usage", "cpu_usage", "disk_usage"];
    private static readonly string[] Events = ["VM_STARTED", "VM_MIGRATED", "VM_REBOOTED", "VM_SHUTDOWN", "VM_SNAPSHOTTED"];

    public static void Add(SeedRun run, PoolPlan pool)
    {
        JsonObject[] vms = [.. run.World["vms"].All.Where(vm => vm.Pool() == pool.Id).Take(200)];
        for (var index = 0; index < AlarmsForEachPool; index++)
        {
            var measure = index == 0 ? Measures[0] : run.Pick(Measures);
            var value = (80 + run.Next(180) / 10.0).ToString("0.0", CultureInfo.InvariantCulture);
            var at = index % 2 == 0 && index % 6 != 4 ? run.Pick(pool.Hosts) : run.Pick(vms);
            var body = new JsonObject { ["value"] = value, ["name"] = measure };
            AddAlarm(run, "ALARM", body, index == 0 ? pool.Hosts[0] : at, TimeSpan.FromHours(2 * index));
        }

        var bond = new JsonObject { ["name"] = "The status of the eth0+eth1 bond is: 1/2 up" };
        AddAlarm(run, "BOND_STATUS_CHANGED", bond, pool.Hosts[0], TimeSpan.Zero);
        for (var index = 0; index < MessagesForEachPool; index++)
        {
            AddMessage(run, run.Pick(Events), run.Pick(vms), TimeSpan.FromHours(index));
        }
    }

    private static void AddAlarm(SeedRun run, string name, JsonObject body, JsonObject about, TimeSpan age)
    {
        var type = about.Text("type");
        new JsonObject
        {
            ["name"] = name,
            ["type"] = "message",
            ["body"] = body,
            ["object"] = new JsonObject
            {
                ["type"] = type,
                ["uuid"] = about.Id(),
                ["href"] = $"/rest/v0/{(type == "host" ? "hosts" : "vms")}/{about.Id()}",
            },
            ["time"] = run.SecondsAgo(age) * 1000,
        }.AddTo(run.World, "alarms", about.Pool());
    }

    private static void AddMessage(SeedRun run, string name, JsonObject about, TimeSpan age) => new JsonObject
    {
        ["body"] = "",
        ["name"] = name,
        ["time"] = run.SecondsAgo(age),
        ["$object"] = about.Id(),
        ["type"] = "message",
    }.AddTo(run.World, "messages", about.Pool());
}
