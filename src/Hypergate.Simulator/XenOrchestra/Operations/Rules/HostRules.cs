using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Hosts: on and off, with and without their VMs, in and out of their pool.</summary>
internal static class HostRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("POST /hosts/{id}/actions/disable", Disable),
        new("POST /hosts/{id}/actions/enable", Enable),
        new OperationRule("POST /hosts/{id}/actions/start", Start).Taking(0.5),
        Rule("clean_shutdown", 0.8, (context, host) => HostPower.ShutDown(context.World, host, evacuate: !context.BodyFlag("bypassEvacuate"))),
        Rule("clean_reboot", 0.8, (context, host) => HostPower.Reboot(context.World, host, evacuate: true)),
        Rule("smart_reboot", 0.8, (context, host) => HostPower.Reboot(context.World, host, evacuate: false)),
        Rule("emergency_shutdown", 0.5, (context, host) => HostPower.EmergencyShutDown(context.World, host)),
        Rule("restart_toolstack", 0.3, (context, host) => HostPower.SetTimes(context.World, host, booted: false)),
        Rule("detach", 0.5, Detach),
        new("POST /hosts/{id}/actions/forget", Forget),
        new("POST /hosts/{id}/actions/scan_pifs", ScanInterfaces),
        new("POST /hosts/{id}/actions/management_reconfigure", Reconfigure),
        new("GET /hosts/{id}/smt", context => new JsonObject { ["enabled"] = Threads(context.Target("hosts")) > 1 }),
        new("GET /hosts/{id}/missing_patches", context => NoPatches(context, "hosts")),
        new("GET /pools/{id}/missing_patches", context => NoPatches(context, "pools")),
    ];

    /// <summary>Gives the management of a host to another of its interfaces.</summary>
    public static void Manage(DataCentre world, JsonObject pif)
    {
        if (pif.Text("mode") == "None")
        {
            throw XoErrors.Hypervisor("INTERFACE_HAS_NO_IP", pif.Reference());
        }

        foreach (var other in world["pifs"].All.Where(other => other.Text("$host") == pif.Text("$host")).ToList())
        {
            world["pifs"].Change(other.Id(), item => item["management"] = item.Id() == pif.Id());
        }
    }

    private static OperationRule Rule(string action, double seconds, Action<OperationContext, JsonObject> change) =>
        new OperationRule($"POST /hosts/{{id}}/actions/{action}", context =>
        {
            var host = context.Target("hosts");
            CheckRunning(host);
            change(context, host);
            return null;
        }).Taking(seconds);

    private static void CheckRunning(JsonObject host)
    {
        if (host.Text("power_state") != "Running")
        {
            throw XoErrors.Hypervisor("HOST_OFFLINE", host.Reference());
        }
    }

    private static JsonNode? Disable(OperationContext context)
    {
        var (world, host) = (context.World, context.Target("hosts"));
        CheckRunning(host);
        world["hosts"].Change(host.Id(), item => item["enabled"] = false);
        if (context.BodyFlag("evacuate"))
        {
            Evacuation.Run(world, host, ignoreFailures: context.BodyFlag("force"));
        }

        return null;
    }

    private static JsonNode? Enable(OperationContext context)
    {
        CheckRunning(context.Target("hosts"));
        context.World["hosts"].Change(context.Id, item => item["enabled"] = true);
        return null;
    }

    private static JsonNode? Start(OperationContext context)
    {
        var (world, host) = (context.World, context.Target("hosts"));
        if (host.Text("power_state") == "Running")
        {
            throw XoErrors.Hypervisor("HOST_IS_LIVE", host.Reference());
        }

        HostPower.Start(world, host);
        return null;
    }

    private static void Detach(OperationContext context, JsonObject host)
    {
        var world = context.World;
        if (world.Require("pools", host.Pool()).Text("master") == host.Id())
        {
            throw XoErrors.Hypervisor("HOST_CANNOT_BE_EJECTED", host.Reference(), "it is the master of its pool");
        }

        if (Evacuation.Guests(world, host) is [var vm, ..])
        {
            throw XoErrors.Hypervisor("HOST_HAS_RESIDENT_VMS", host.Reference(), vm.Reference());
        }

        HostRemoval.Run(world, host);
    }

    private static JsonNode? Forget(OperationContext context)
    {
        var host = context.Target("hosts");
        if (host.Text("power_state") == "Running")
        {
            throw XoErrors.IncorrectState("Running", "Halted", host.Id(), "power_state");
        }

        HostRemoval.Run(context.World, host);
        return null;
    }

    private static JsonNode? ScanInterfaces(OperationContext context)
    {
        var host = context.Target("hosts");
        if (host.Text("power_state") != "Running")
        {
            throw XoErrors.IncorrectState(host.Text("power_state"), "Running", host.Id(), "power_state");
        }

        return null;
    }

    private static JsonNode? Reconfigure(OperationContext context)
    {
        var host = context.Target("hosts");
        var pif = context.World.Require("pifs", context.BodyText("pif")!);
        if (pif.Text("$host") != host.Id())
        {
            throw XoErrors.Invalid($"PIF {pif.Id()} does not belong to host {host.Id()}");
        }

        Manage(context.World, pif);
        return null;
    }

    private static JsonArray NoPatches(OperationContext context, string collection)
    {
        context.Target(collection);
        return [];
    }

    private static int Threads(JsonObject host) => host["CPUs"]!.Place("threads_per_core");
}
