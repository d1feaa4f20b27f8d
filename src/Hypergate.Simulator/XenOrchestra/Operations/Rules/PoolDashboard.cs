using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>A pool at a glance.</summary>
internal static class PoolDashboard
{
    private const int Top = 5;

    public static JsonObject Create(DataCentre world, JsonObject pool)
    {
        List<JsonObject> Of(string collection) => [.. world[collection].All.Where(item => item.Pool() == pool.Id())];
        var (hosts, vms) = (Of("hosts"), Of("vms"));
        var cores = hosts.Sum(host => host["cpus"]!.Number("cores"));
        var assigned = vms.Where(vm => vm.Text("power_state") == "Running").Sum(vm => vm["CPUs"]!.Number("number"));
        return new()
        {
            ["hosts"] = Hosts(world, hosts),
            ["vms"] = Vms(world, vms),
            ["srs"] = new JsonObject { ["topFiveUsage"] = TopStorage(DashboardRules.DiskStorage(world).FindAll(sr => sr.Pool() == pool.Id())) },
            ["alarms"] = XapiRecord.Texts(Of("alarms").Select(alarm => alarm.Id())),
            ["cpuProvisioning"] = new JsonObject
            {
                ["total"] = cores,
                ["assigned"] = assigned,
                ["percent"] = cores == 0 ? 0 : assigned * 100.0 / cores,
            },
        };
    }

    private static JsonObject Hosts(DataCentre world, List<JsonObject> hosts)
    {
        var running = hosts.FindAll(host => host.Text("power_state") == "Running");
        return new()
        {
            ["status"] = new JsonObject
            {
                ["running"] = hosts.Count(Placement.IsReady),
                ["disabled"] = running.Count(host => !host.Flag("enabled")),
                ["halted"] = hosts.Count - running.Count,
                ["total"] = hosts.Count,
            },
            ["topFiveUsage"] = new JsonObject
            {
                ["ram"] = Highest(running, UsedMemory, (host, percent) => new()
                {
                    ["name_label"] = host.Text("name_label"),
                    ["id"] = host.Id(),
                    ["size"] = host["memory"]!.Number("size"),
                    ["usage"] = host["memory"]!.Number("usage"),
                    ["percent"] = percent,
                }),
                ["cpu"] = Highest(running, host => Load(world, host), (host, percent) => new()
                {
                    ["percent"] = percent,
                    ["id"] = host.Id(),
                    ["name_label"] = host.Text("name_label"),
                }),
            },
            ["missingPatches"] = new JsonObject { ["hasAuthorization"] = true, ["missingPatches"] = new JsonArray() },
        };
    }

    private static JsonObject Vms(DataCentre world, List<JsonObject> vms)
    {
        var running = vms.FindAll(vm => vm.Text("power_state") == "Running");
        return new()
        {
            ["status"] = new JsonObject
            {
                ["running"] = running.Count,
                ["halted"] = vms.Count("power_state", "Halted"),
                ["paused"] = vms.Count("power_state", "Paused"),
                ["total"] = vms.Count,
                ["suspended"] = vms.Count("power_state", "Suspended"),
            },
            ["topFiveUsage"] = new JsonObject
            {
                ["ram"] = Highest(running, vm => Statistics.Value(vm.Id() + "ram", world.Seconds, 30, 95), (vm, percent) => new()
                {
                    ["id"] = vm.Id(),
                    ["name_label"] = vm.Text("name_label"),
                    ["memory"] = vm["memory"]!.Number("size"),
                    ["memoryFree"] = (long)(vm["memory"]!.Number("size") * (1 - (percent / 100))),
                    ["percent"] = percent,
                }),
                ["cpu"] = Highest(running, vm => Load(world, vm), (vm, percent) => new()
                {
                    ["id"] = vm.Id(),
                    ["name_label"] = vm.Text("name_label"),
                    ["percent"] = percent,
                }),
            },
        };
    }

    private static JsonArray TopStorage(List<JsonObject> storage) =>
        Highest(storage, sr => Percent(sr.Number("physical_usage"), sr.Number("size")), (sr, percent) => new()
        {
            ["name_label"] = sr.Text("name_label"),
            ["id"] = sr.Id(),
            ["percent"] = percent,
            ["physical_usage"] = sr.Number("physical_usage"),
            ["size"] = sr.Number("size"),
        });

    private static JsonArray Highest(List<JsonObject> items, Func<JsonObject, double> rank, Func<JsonObject, double, JsonObject> show) =>
        [
            .. items.Select(item => (Item: item, Rank: rank(item)))
                .OrderByDescending(pair => pair.Rank)
                .Take(Top)
                .Select(pair => show(pair.Item, pair.Rank)),
        ];

    private static double UsedMemory(JsonObject host) => Percent(host["memory"]!.Number("usage"), host["memory"]!.Number("size"));

    private static double Load(DataCentre world, JsonObject item) => Statistics.Value(item.Id(), world.Seconds, 2, 90);

    private static double Percent(long part, long whole) => whole == 0 ? 0 : part * 100.0 / whole;
}
