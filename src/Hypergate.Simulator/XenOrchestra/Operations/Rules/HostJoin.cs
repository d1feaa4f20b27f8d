using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Makes a lone host a member of another pool. Its own pool ends, with all that was in it.</summary>
internal static class HostJoin
{
    private static readonly string[] OwnedByHost = ["pcis", "pgpus"];

    public static void Run(DataCentre world, JsonObject host, JsonObject pool)
    {
        var old = host.Pool();
        EndPool(world, old, host.Id());
        foreach (var item in OwnedByHost.SelectMany(name => world[name].All).Where(item => item.Text("$host") == host.Id()).ToList())
        {
            Stamp(world, item.Text("type") == "PCI" ? "pcis" : "pgpus", item.Id(), pool.Id());
        }

        Stamp(world, "vm-controllers", host.Text("controlDomain"), pool.Id());
        Stamp(world, "hosts", host.Id(), pool.Id());
        world["hosts"].Change(host.Id(), item => item.List("tags").Drop("master"));
        Connect(world, host, pool);
        world["pools"].Remove(old);
        HostRemoval.Count(world, pool.Id());
    }

    private static void EndPool(DataCentre world, string pool, string host)
    {
        foreach (var name in new[] { "vms", "vm-templates" })
        {
            Each(world, name, pool, item => Machines.Remove(world, item.Id()));
        }

        Each(world, "srs", pool, item => StorageRules.RemoveStorage(world, item));
        Each(world, "pifs", pool, item => NetworkRules.RemoveInterface(world, item.Id()));
        foreach (var name in new[] { "networks", "sms", "messages", "alarms" })
        {
            Each(world, name, pool, item => world[name].Remove(item.Id()));
        }

        foreach (var server in world["servers"].All.Where(server => server.TextOrNull("poolId") == pool).ToList())
        {
            ServerRules.Forget(world, server, host);
        }
    }

    /// <summary>Interfaces on the networks of the new pool, and connections to what its hosts share.</summary>
    private static void Connect(DataCentre world, JsonObject host, JsonObject pool)
    {
        var master = world.Require("hosts", pool.Text("master"));
        foreach (var model in master.Ids("PIFs").Select(id => world.Require("pifs", id)).Where(pif => !pif.Flag("isBondMaster")).ToList())
        {
            var pif = NetworkRecord.CreateInterface(
                model.Text("device"), (int)model.Number("mtu"), (int)model.Number("vlan"), $"52:54:{world.NextId()[..2]}:00:00:01");
            pif["management"] = model.Flag("management");
            pif["mode"] = model.Text("mode");
            NetworkRules.AddInterface(world, world.Require("networks", model.Text("$network")), pif, host.Id());
        }

        foreach (var pbd in master.Ids("$PBDs").Select(id => world.Require("pbds", id)).ToList())
        {
            var sr = world.Require("srs", pbd.Text("SR"));
            if (sr.Flag("shared"))
            {
                StorageRules.AddConnection(world, sr, host, pbd["device_config"]!.DeepClone().AsObject());
            }
        }
    }

    private static void Each(DataCentre world, string collection, string pool, Action<JsonObject> change) =>
        world[collection].All.Where(item => item.Pool() == pool).ToList().ForEach(change);

    private static void Stamp(DataCentre world, string collection, string id, string pool) => world[collection].Change(id, item =>
    {
        item["$pool"] = pool;
        item["$poolId"] = pool;
    });
}
