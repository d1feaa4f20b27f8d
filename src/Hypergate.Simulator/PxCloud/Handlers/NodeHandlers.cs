using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Nodes and clusters: what is shown, and maintenance.</summary>
internal static class NodeHandlers
{
    public static void Add(Dictionary<string, Func<PxCall, JsonNode?>> handlers)
    {
        handlers["node-vms"] = static call => Objects.Rows(VmsOf(call.World, Node(call)).Select(VmHandlers.Row));
        handlers["node-storage"] = static call => Objects.Rows(call.World["storages"].Where(storage => storage.Text("cluster") == Node(call).Text("cluster")));
        handlers["node-disks"] = Disks;
        handlers["node-sensors"] = static call => Sensors.Of(Node(call).Text("id")!, call.World.Seconds, Node(call).Text("status") != "offline");
        handlers["node-metrics"] = static call => Figures.Of(call, Node(call));
        handlers["maintenance"] = Maintenance;
        handlers["cluster-status"] = Status;
        handlers["create-cluster"] = CreateCluster;
        handlers["delete-cluster"] = DeleteCluster;
        handlers["test-connection"] = static call => new JsonObject
        {
            ["reachable"] = Cluster(call).Text("status") != "offline",
            ["latency_ms"] = 3,
            ["version"] = Cluster(call).Text("platform") == "vsphere" ? "8.0.3" : "9.2.11",
        };
        handlers["wsus"] = static call => new JsonObject { ["pending"] = 4, ["failed"] = 1, ["last_sync"] = call.World.Seconds / 3600 * 3600 };
    }

    public static JsonObject Node(PxCall call) => call.World.Get("nodes", call.Path["id"]);

    public static List<JsonObject> VmsOf(PxWorld world, JsonObject node) =>
        world["vms"].FindAll(vm => vm.Text("cluster") == node.Text("cluster") && vm.Text("node") == node.Text("name"));

    private static JsonObject Cluster(PxCall call) => call.World.Get("clusters", call.Path["id"]);

    private static JsonArray Disks(PxCall call)
    {
        var node = Node(call);
        return
        [
            .. Enumerable.Range(0, 2).Select(i => (JsonNode)new JsonObject
            {
                ["device"] = $"/dev/nvme{i}n1", ["model"] = "SIM-960", ["size_gb"] = 960, ["health"] = "passed", ["wearout"] = (node.Text("id")!.Length * 3) + i,
            }),
        ];
    }

    private static JsonObject Maintenance(PxCall call)
    {
        var node = Node(call);
        if (node.Text("status") == "offline")
        {
            throw PxError.Conflict($"{node.Text("name")} does not answer.");
        }

        node["status"] = call.Flag("enabled") ? "maintenance" : "online";
        node["maintenance_reason"] = call.Flag("enabled") ? call.Text("reason") : null;
        return node.Shown();
    }

    private static JsonObject Status(PxCall call)
    {
        var cluster = Cluster(call);
        var nodes = call.World["nodes"].FindAll(node => node.Text("cluster") == cluster.Text("id"));
        return new JsonObject
        {
            ["quorate"] = cluster.Flag("quorate"),
            ["members"] = new JsonArray([.. nodes.Select(static node => (JsonNode)new JsonObject { ["name"] = node.Text("name"), ["online"] = node.Text("status") != "offline", ["votes"] = 1 })]),
            ["checked_at"] = call.World.Seconds,
        };
    }

    private static JsonObject CreateCluster(PxCall call)
    {
        var name = call.Text("name")!;
        if (call.World.TryGet("clusters", name) is not null)
        {
            throw PxError.Conflict($"There is a cluster '{name}' already.");
        }

        var cluster = new JsonObject
        {
            ["id"] = name,
            ["name"] = name,
            ["platform"] = call.Text("platform"),
            ["status"] = "offline",
            ["nodes"] = 0,
            ["vms"] = 0,
            ["quorate"] = false,
            ["endpoint"] = call.Text("endpoint"),
            ["region"] = call.Text("region"),
            ["_password"] = call.Text("password"),
        };
        call.World["clusters"].Add(cluster);
        return cluster.Shown();
    }

    private static JsonNode? DeleteCluster(PxCall call)
    {
        var cluster = Cluster(call);
        foreach (var collection in (string[])["nodes", "vms", "storages", "networks"])
        {
            call.World[collection].RemoveAll(item => item.Text("cluster") == cluster.Text("id"));
        }

        call.World["clusters"].Remove(cluster);
        return null;
    }
}
