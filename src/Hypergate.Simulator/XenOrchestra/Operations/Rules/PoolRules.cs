using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>What happens to all hosts of a pool, and who belongs to it.</summary>
internal static class PoolRules
{
    public static IEnumerable<OperationRule> All =>
    [
        CreateVmRule.Rule,
        new OperationRule("POST /pools/{id}/actions/rolling_reboot", RollingReboot).Taking(2),
        new OperationRule("POST /pools/{id}/actions/rolling_update", RollingReboot).Taking(2),
        new OperationRule("POST /pools/{id}/actions/emergency_shutdown", EmergencyShutDown).Taking(0.5),
        new("POST /pools/{id}/actions/management_reconfigure", Reconfigure),
        new OperationRule("POST /pools/{id}/actions/add_host", AddHost).Taking(0.5),
    ];

    private static JsonNode? RollingReboot(OperationContext context)
    {
        var world = context.World;
        foreach (var host in Hosts(context).Where(Placement.IsReady))
        {
            world["hosts"].Change(host.Id(), item => item["enabled"] = false);
            var guests = Evacuation.Guests(world, host);
            if (Hosts(context).Any(Placement.IsReady))
            {
                Evacuation.Run(world, host);
            }

            HostPower.Reboot(world, host, evacuate: false);
            world["hosts"].Change(host.Id(), item => item["enabled"] = true);
            foreach (var vm in guests)
            {
                Placement.SetState(world, vm, vm.Text("power_state"), host);
            }
        }

        return null;
    }

    private static JsonNode? EmergencyShutDown(OperationContext context)
    {
        foreach (var host in Hosts(context).Where(host => host.Text("power_state") == "Running"))
        {
            HostPower.EmergencyShutDown(context.World, host);
        }

        return null;
    }

    private static JsonNode? Reconfigure(OperationContext context)
    {
        var (world, pool) = (context.World, context.Target("pools"));
        var network = world.Require("networks", context.BodyText("network")!);
        if (network.Pool() != pool.Id())
        {
            throw XoErrors.Invalid($"network {network.Id()} does not belong to pool {pool.Id()}");
        }

        JsonObject[] pifs = [.. network.Ids("PIFs").Select(id => world.Require("pifs", id))];
        if (pifs.FirstOrDefault(pif => pif.Text("mode") == "None") is { } bare)
        {
            throw XoErrors.Hypervisor("INTERFACE_HAS_NO_IP", bare.Reference());
        }

        if (pifs.Length == 0)
        {
            throw XoErrors.Hypervisor("NETWORK_HAS_NO_PIF", network.Reference());
        }

        foreach (var pif in pifs)
        {
            HostRules.Manage(world, pif);
        }

        return null;
    }

    private static JsonNode? AddHost(OperationContext context)
    {
        var (world, pool) = (context.World, context.Target("pools"));
        var host = world.Require("hosts", context.BodyText("host")!);
        if (host.Pool() == pool.Id())
        {
            throw XoErrors.Invalid($"host {host.Id()} is already in pool {pool.Id()}");
        }

        if (world["hosts"].All.Any(other => other.Pool() == host.Pool() && other.Id() != host.Id()))
        {
            throw XoErrors.Hypervisor("JOINING_HOST_CANNOT_BE_MASTER_OF_OTHER_HOSTS");
        }

        if (Evacuation.Guests(world, host).Count > 0)
        {
            throw XoErrors.Hypervisor("JOINING_HOST_CANNOT_HAVE_RUNNING_VMS");
        }

        HostJoin.Run(world, host, pool);
        return null;
    }

    private static List<JsonObject> Hosts(OperationContext context) =>
        [.. context.World["hosts"].All.Where(host => host.Pool() == context.Target("pools").Id())];
}
