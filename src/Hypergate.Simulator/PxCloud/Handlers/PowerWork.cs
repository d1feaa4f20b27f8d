using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.Tasks;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Power states of machines, nodes and servers.</summary>
internal static class PowerWork
{
    /// <exception cref="PxError">409: not from the state in which it is.</exception>
    public static PxTask Start(PxCall call, JsonObject vm, string action)
    {
        var status = vm.Text("status")!;
        var isPossible = action switch
        {
            "start" => status == "stopped" && !vm.Flag("template"),
            "resume" => status == "paused",
            "stop" or "reset" => status != "stopped",
            _ => status == "running",
        };
        if (!isPossible)
        {
            throw PxError.Conflict($"{vm.Text("name")} is {(vm.Flag("template") ? "a template" : status)}: {action} is not possible.");
        }

        return call.World.Tasks.Start(call, $"vm.{action}", vm, (SecondsOf(action), () => Set(call.World, vm, action)));
    }

    public static PxTask OfNode(PxCall call, string action)
    {
        var node = NodeHandlers.Node(call);
        if (node.Text("status") == "offline")
        {
            throw PxError.Conflict($"{node.Text("name")} does not answer.");
        }

        return call.World.Tasks.Start(call, $"node.{action}", node, (60, () =>
        {
            NodeHandlers.VmsOf(call.World, node).Where(static vm => vm.Text("status") != "stopped").ToList().ForEach(vm => Set(call.World, vm, "stop"));
            (node["status"], node["uptime"]) = ("online", 0);
        }
        ));
    }

    public static PxTask OfServer(PxCall call)
    {
        var (server, action) = (call.World.Get("servers", call.Last), call.Text("action")!);
        if (server.Text("power") == (action == "on" ? "on" : "off"))
        {
            throw PxError.Conflict($"{server.Text("name")} is {server.Text("power")} already.");
        }

        return call.World.Tasks.Start(call, $"server.{action}", server, (10, () => server["power"] = action is "off" or "soft-off" ? "off" : "on"));
    }

    private static int SecondsOf(string action) => action switch
    {
        "shutdown" => 20,
        "reboot" => 30,
        "start" or "suspend" => 5,
        _ => 2,
    };

    private static void Set(PxWorld world, JsonObject vm, string action)
    {
        if (action == "start")
        {
            DemandMemory(world, vm);
        }

        vm["status"] = action switch
        {
            "stop" or "shutdown" => "stopped",
            "suspend" => "paused",
            _ => "running",
        };
        vm["uptime"] = 0;
        world.Recount();
    }

    // The node knows only when it tries.
    private static void DemandMemory(PxWorld world, JsonObject vm)
    {
        var node = world.Node(vm.Text("cluster")!, vm.Text("node")!);
        if (node.Text("status") != "online")
        {
            throw PxError.Conflict($"The node {node.Text("name")} is {node.Text("status")}.");
        }

        world.Recount();
        if (node.Number("memory_used_mb") + vm.Number("memory_mb") > node.Number("memory_mb"))
        {
            throw PxError.Conflict($"The node {node.Text("name")} has no {vm.Number("memory_mb")} MB of memory left.");
        }
    }
}
