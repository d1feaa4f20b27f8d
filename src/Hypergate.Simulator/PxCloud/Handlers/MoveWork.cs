using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.Tasks;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Machines go to other nodes; their ids go with them.</summary>
internal static class MoveWork
{
    private static readonly string[] WithMachines = ["snapshots", "backups", "firewall", "shares", "addresses"];

    public static PxTask Migrate(PxCall call)
    {
        var vm = VmHandlers.Free(call);
        var target = call.World.Node(vm.Text("cluster")!, call.Text("target_node")!);
        if (target.Text("name") == vm.Text("node"))
        {
            throw PxError.Conflict($"{vm.Text("name")} is on {target.Text("name")} already.");
        }

        if (call.Text("storage") is { } storage)
        {
            DeviceHandlers.Storage(call, vm, storage);
        }

        return call.World.Tasks.Start(call, "vm.migrate", vm, (30, () => Move(call.World, vm, target)));
    }

    public static PxTask Evacuate(PxCall call)
    {
        var (world, node) = (call.World, NodeHandlers.Node(call));
        var targets = world["nodes"].FindAll(other => other != node && other.Text("cluster") == node.Text("cluster") && other.Text("status") == "online"
            && (call.Fields.List("target_nodes").Count == 0 || call.Fields.Texts("target_nodes").Contains(other.Text("name"))));
        if (targets.Count == 0)
        {
            throw PxError.Conflict($"No other node of {node.Text("cluster")} can take the machines of {node.Text("name")}.");
        }

        return world.Tasks.Start(call, "node.evacuate", node, (90, () =>
        {
            foreach (var vm in NodeHandlers.VmsOf(world, node))
            {
                Move(world, vm, targets.MinBy(static target => target.Number("memory_used_mb"))!);
            }
        }
        ));
    }

    private static void Move(PxWorld world, JsonObject vm, JsonObject target)
    {
        if (target.Text("status") != "online")
        {
            throw PxError.Conflict($"The node {target.Text("name")} is {target.Text("status")}.");
        }

        var old = vm.Text("id")!;
        vm["node"] = target.Text("name");
        vm["id"] = string.Create(CultureInfo.InvariantCulture, $"{vm.Text("cluster")}:{target.Text("name")}:{vm.Number("vmid")}");
        foreach (var item in WithMachines.SelectMany(collection => world[collection]).Where(item => item.Text("vm_id") == old))
        {
            item["vm_id"] = vm.Text("id");
        }

        world.Recount();
    }
}
