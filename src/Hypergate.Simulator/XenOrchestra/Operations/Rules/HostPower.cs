using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Hosts on and off, with what hangs on that: control domain, storage, VMs.</summary>
internal static class HostPower
{
    public static void Start(DataCentre world, JsonObject host)
    {
        world["hosts"].Change(host.Id(), item =>
        {
            item["power_state"] = "Running";
            item["enabled"] = true;
            item["memory"]!["usage"] = item["memory"]!.Number("size") / 32;
        });
        SetTimes(world, host, booted: true);
        SetConnections(world, host, attached: true);
        Placement.SetState(world, world.Require("vm-controllers", host.Text("controlDomain")), "Running", host);
    }

    /// <summary>Restarts a host; its VMs are moved away, or wait until it is back.</summary>
    public static void Reboot(DataCentre world, JsonObject host, bool evacuate)
    {
        if (evacuate)
        {
            Evacuation.Run(world, host);
        }

        SetTimes(world, host, booted: true);
    }

    /// <summary>Suspends the VMs where they are, and shuts the host down.</summary>
    public static void EmergencyShutDown(DataCentre world, JsonObject host)
    {
        foreach (var vm in Evacuation.Guests(world, host))
        {
            Placement.SetState(world, vm, "Suspended", host: null);
        }

        PowerOff(world, host);
    }

    /// <summary>Shuts a host down; VMs that are not moved away are stopped.</summary>
    public static void ShutDown(DataCentre world, JsonObject host, bool evacuate)
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

    /// <summary>Its management began anew just now, and with <paramref name="booted"/> the whole host.</summary>
    public static void SetTimes(DataCentre world, JsonObject host, bool booted) => world["hosts"].Change(host.Id(), item =>
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
}
