using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Makes a VM, with its devices and snapshots, a thing of another pool. It keeps its id; its interfaces do not.</summary>
internal static class PoolMove
{
    /// <param name="networks">The target network of an interface; the others go to the network of the same name, or the first.</param>
    public static void Run(DataCentre world, JsonObject vm, JsonObject host, Dictionary<string, string> networks)
    {
        var target = host.Pool();
        Stamp(world, "vms", vm.Id(), target);
        foreach (var id in vm.Ids("VIFs"))
        {
            var vif = world.Require("vifs", id);
            var network = networks.GetValueOrDefault(id) ?? SameNamed(world, vif, target);
            Devices.RemoveInterface(world, id);
            Devices.AddInterface(world, vm, network, vif.Place("device"), vif.Text("MAC"));
        }

        foreach (var id in vm.Ids("snapshots"))
        {
            Stamp(world, "vm-snapshots", id, target);
            world["vm-snapshots"].Change(id, snapshot => snapshot["$container"] = target);
        }
    }

    private static void Stamp(DataCentre world, string collection, string id, string pool)
    {
        world[collection].Change(id, item => Rebrand(item, pool));
        foreach (var device in world.Require(collection, id).Ids("$VBDs"))
        {
            world["vbds"].Change(device, item => Rebrand(item, pool));
        }
    }

    private static void Rebrand(JsonObject item, string pool)
    {
        item.Remove("affinityHost");
        item["$pool"] = pool;
        item["$poolId"] = pool;
    }

    private static string SameNamed(DataCentre world, JsonObject vif, string pool)
    {
        var name = world["networks"].Find(vif.Text("$network"))?.Text("name_label");
        var networks = world["networks"].All.Where(network => network.Pool() == pool).ToList();
        return (networks.Find(network => network.Text("name_label") == name) ?? networks[0]).Id();
    }
}
