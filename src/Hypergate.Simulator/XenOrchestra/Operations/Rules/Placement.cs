using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Where VMs run, and what that changes: their record, their devices, and the lists of hosts.</summary>
internal static class Placement
{
    /// <summary>The host that a VM is to start on: the one asked for, the one it prefers, or the emptiest.</summary>
    /// <exception cref="XoError">The host is unknown, disabled or of another pool; or no host can take the VM.</exception>
    public static JsonObject HostFor(DataCentre world, JsonObject vm, string? asked = null)
    {
        if (asked is not null)
        {
            return Checked(world.Require("hosts", asked), vm);
        }

        var ready = world["hosts"].All.Where(host => host.Pool() == vm.Pool() && IsReady(host)).ToList();
        return ready.Find(host => host.Id() == vm.TextOrNull("affinityHost"))
            ?? ready.MinBy(host => host.List("residentVms").Count)
            ?? throw XoErrors.Hypervisor("NO_HOSTS_AVAILABLE");
    }

    public static bool IsReady(JsonObject host) => host.Text("power_state") == "Running" && host.Flag("enabled");

    /// <summary>Changes the power state, with all that hangs on it.</summary>
    /// <param name="host">Where it runs; null when it stops.</param>
    public static void SetState(DataCentre world, JsonObject vm, string state, JsonObject? host)
    {
        var before = vm.Text("$container");
        var container = host?.Id() ?? vm.Pool();
        var started = vm["startTime"] is null ? world.Seconds : vm.Number("startTime");
        world.Change(Links.Machines, vm.Id(), item => VmRecord.SetPowerState(item, state, container, started));
        Reside(world, vm.Id(), before, container);
        SetAttached(world, vm, host is not null);
    }

    private static void Reside(DataCentre world, string vm, string before, string container)
    {
        if (before == container)
        {
            return;
        }

        world.Unlink(["hosts"], before, "residentVms", vm);
        world.Link(["hosts"], container, "residentVms", vm);
    }

    private static void SetAttached(DataCentre world, JsonObject vm, bool attached)
    {
        foreach (var id in vm.Ids("VIFs").Where(id => world["vifs"].Find(id)!.Flag("attached") != attached))
        {
            world["vifs"].Change(id, vif => vif["attached"] = attached);
        }

        foreach (var id in vm.Ids("$VBDs").Where(id => world["vbds"].Find(id)!.Flag("attached") != attached))
        {
            world["vbds"].Change(id, device => DiskRecord.SetAttached(device, attached));
        }
    }

    private static JsonObject Checked(JsonObject host, JsonObject vm) => host switch
    {
        _ when host.Pool() != vm.Pool() => throw XoErrors.Hypervisor("HANDLE_INVALID", "host", host.Reference()),
        _ when host.Text("power_state") != "Running" => throw XoErrors.Hypervisor("HOST_OFFLINE", host.Reference()),
        _ when !host.Flag("enabled") => throw XoErrors.Hypervisor("HOST_DISABLED", host.Reference()),
        _ => host,
    };
}
