using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Moves all VMs of a host to the other hosts of its pool.</summary>
internal static class Evacuation
{
    /// <summary>The VMs on a host, without its control domain.</summary>
    public static IReadOnlyList<JsonObject> Guests(DataCentre world, JsonObject host) =>
        [.. host.Ids("residentVms").Select(world["vms"].Find).OfType<JsonObject>()];

    /// <exception cref="XoError">A VM must not move, or nobody can take it; unless failures do not matter.</exception>
    public static void Run(DataCentre world, JsonObject host, bool ignoreFailures = false)
    {
        foreach (var vm in Guests(world, host))
        {
            var others = world["hosts"].All.Where(other => other.Pool() == host.Pool() && other.Id() != host.Id() && Placement.IsReady(other));
            var blocked = vm["blockedOperations"]?["pool_migrate"] ?? vm["blockedOperations"]?["migrate_send"];
            if (blocked is null && others.MinBy(other => other.List("residentVms").Count) is { } target)
            {
                Placement.SetState(world, vm, vm.Text("power_state"), target);
            }
            else if (!ignoreFailures)
            {
                throw blocked is null
                    ? XoErrors.Hypervisor("NO_HOSTS_AVAILABLE")
                    : XoErrors.Hypervisor("CANNOT_EVACUATE_HOST", $"OPERATION_BLOCKED:{vm.Reference()}");
            }
        }
    }
}
