using System.Globalization;
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
        Rule("clean_shutdown", 0.8, (context, host) => ShutDown(context.World, host, evacuate: !context.BodyFlag("bypassEvacuate"))),
        Rule("clean_reboot", 0.8, (context, host) => Reboot(context.World, host, evacuate: true)),
        Rule("smart_reboot", 0.8, (context, host) => Reboot(context.World, host, evacuate: false)),
        Rule("emergency_shutdown", 0.5, (context, host) => EmergencyShutDown(context.World, host)),
        Rule("restart_toolstack", 0.3, (context, host) => SetTimes(context.World, host, booted: false)),
        Rule("detach", 0.5, Detach),
        new("POST /hosts/{id}/actions/forget", Forget),
        new("POST /hosts/{id}/actions/scan_pifs", ScanInterfaces),
        new("POST /hosts/{id}/actions/management_reconfigure", Reconfigure),
        new("GET /hosts/{id}/smt", context => new JsonObject { ["enabled"] = Threads(context.Target("hosts")) > 1 }),
        new("GET /hosts/{id}/missing_patches", context => NoPatches(context, "hosts")),
        new("GET /pools/{id}/missing_patches", context => NoPatches(context, "pools")),
    ];

    /// <summary>Restarts a host; its VMs are moved away, or wait until it is back.</summary>
    public static void Reboot(DataCentre world, JsonObject host, bool evacuate)
    {
        if (evacuate)
        {
            Evacuation.Run(world, host);
        }

        SetTimes(world, host, booted: true);
    }

    public static void EmergencyShutDown(DataCentre world, JsonObject host)
    {
        foreach (var vm in Evacuation.Guests(world, host))
        {
            Placement.SetState(world, vm, "Suspended", host: null);
        }

        PowerOff(world, host);
    }

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

        world["hosts"].Change(host.Id(), item =>
        {
            item["power_state"] = "Running";
            item["enabled"] = true;
            item["memory"]!["usage"] = item["memory"]!.Number("size") / 32;
        });
        SetTimes(world, host, booted: true);
        SetConnections(world, host, attached: true);
        Placement.SetState(world, world.Require("vm-controllers", host.Text("controlDomain")), "Running", host);
        return null;
    }

    private static void ShutDown(DataCentre world, JsonObject host, bool evacuate)
    {
        if (evacuate)
        {
            Evacuation.Run(world, host);
        }

        foreach (var vm in Evacuation.Guests(world, host))
        {
            PowerRules.Stop(world, vm);
        }

        PowerOff(world, host);
    }

    private static void PowerOff(DataCentre world, JsonObject host)
    {
        Placement.SetState(world, world.Require("vm-controllers", host.Text("controlDomain")), "Halted", host: null);
        SetConnections(world, host, attached: false);
        world["hosts"].Change(host.Id(), item =>
        {
            item["power_state"] = "Halted";
            item["enabled"] = false;
            item["memory"]!["usage"] = 0L;
        });
    }

    private static void SetConnections(DataCentre world, JsonObject host, bool attached)
    {
        foreach (var id in host.Ids("$PBDs"))
        {
            world["pbds"].Change(id, pbd => pbd["attached"] = attached);
        }
    }

    private static void SetTimes(DataCentre world, JsonObject host, bool booted) => world["hosts"].Change(host.Id(), item =>
    {
        var now = world.Seconds;
        item["agentStartTime"] = now;
        item["otherConfig"]!["agent_start_time"] = now.ToString(CultureInfo.InvariantCulture);
        if (booted)
        {
            item["startTime"] = now;
            item["otherConfig"]!["boot_time"] = now.ToString(CultureInfo.InvariantCulture);
            item["rebootRequired"] = false;
        }
    });

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

    private static int Threads(JsonObject host) => int.Parse(host["CPUs"]!.Text("threads_per_core"), CultureInfo.InvariantCulture);
}
