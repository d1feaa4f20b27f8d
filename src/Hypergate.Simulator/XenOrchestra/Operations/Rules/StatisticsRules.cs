using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Performance figures of VMs, hosts and pools.</summary>
internal static class StatisticsRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("GET /vms/{id}/stats", OfVm),
        new("GET /hosts/{id}/stats", context => OfHost(context, context.Target("hosts"))),
        new("GET /pools/{id}/stats", OfPool),
    ];

    private static JsonObject OfVm(OperationContext context)
    {
        var (world, vm) = (context.World, context.Target("vms"));
        if (vm.Text("power_state") is not ("Running" or "Paused"))
        {
            throw XoErrors.Invalid($"VM {vm.Id()} is halted or host could not be found.", RawRecord(vm));
        }

        var id = vm.Id();
        var memory = vm["memory"]!.Number("size");
        var stats = Create(context);
        var places = SnapshotRecord.Disks(world, vm).Select(device => device.Place("position"));
        var disks = places.Select(place => DiskRecord.DeviceName(place)[3..]).ToList();
        var interfaces = vm.Ids("VIFs").Select(vif => world.Require("vifs", vif).Text("device")).ToList();
        return stats.Answer(new()
        {
            ["cpus"] = stats.ByName(id, Numbers(vm["CPUs"]!.Number("number")), 2, 90),
            ["cpuUsage"] = stats.Series(id, 2, 90),
            ["memory"] = stats.Constant(memory),
            ["memoryFree"] = stats.Series(id + "free", memory * 0.1, memory * 0.6),
            ["vifs"] = new JsonObject
            {
                ["rx"] = stats.ByName(id + "rx", interfaces, 0, 4e6),
                ["tx"] = stats.ByName(id + "tx", interfaces, 0, 2e6),
            },
            ["xvds"] = new JsonObject
            {
                ["r"] = stats.ByName(id + "r", disks, 0, 8e6),
                ["w"] = stats.ByName(id + "w", disks, 0, 5e6),
            },
            ["iops"] = new JsonObject
            {
                ["r"] = stats.ByName(id + "ir", disks, 0, 400),
                ["w"] = stats.ByName(id + "iw", disks, 0, 250),
            },
        });
    }

    private static JsonObject OfHost(OperationContext context, JsonObject host)
    {
        var stats = Create(context);
        if (host.Text("power_state") != "Running")
        {
            return stats.Answer([]);
        }

        var id = host.Id();
        var memory = host["memory"]!.Number("size");
        string[] interfaces = ["eth0", "eth1", "eth2"];
        return stats.Answer(new()
        {
            ["cpus"] = stats.ByName(id, Numbers(host["cpus"]!.Number("cores")), 2, 80),
            ["load"] = stats.Series(id + "load", 0, 24),
            ["memory"] = stats.Constant(memory),
            ["memoryFree"] = stats.Constant(memory - host["memory"]!.Number("usage")),
            ["pifs"] = new JsonObject
            {
                ["rx"] = stats.ByName(id + "rx", interfaces, 0, 9e7),
                ["tx"] = stats.ByName(id + "tx", interfaces, 0, 6e7),
            },
        });
    }

    private static JsonObject OfPool(OperationContext context)
    {
        var pool = context.Target("pools").Id();
        return new(context.World["hosts"].All.Where(host => host.Pool() == pool)
            .Select(host => KeyValuePair.Create<string, JsonNode?>(host.Id(), OfHost(context, host))));
    }

    private static Statistics Create(OperationContext context) =>
        new(context.Query.GetValueOrDefault("granularity") ?? "seconds", context.World.Seconds);

    private static IEnumerable<string> Numbers(long count) =>
        Enumerable.Range(0, (int)count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The server puts the hypervisor's whole record into this error; clients should not show it.</summary>
    private static JsonObject RawRecord(JsonObject vm)
    {
        var record = vm.DeepClone().AsObject();
        foreach (var own in vm.Where(field => field.Key[0] == '_' && field.Key != "_xapiRef"))
        {
            record.Remove(own.Key);
        }

        return new() { ["error"] = new JsonObject { ["vm"] = record } };
    }
}
