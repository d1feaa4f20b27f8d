using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Takes a host out of its pool, with all that was its own: storage, interfaces, cards, control domain.</summary>
internal static class HostRemoval
{
    public static void Run(DataCentre world, JsonObject host)
    {
        foreach (var sr in world["srs"].All.Where(sr => sr.Text("$container") == host.Id()).ToList())
        {
            StorageRules.RemoveStorage(world, sr);
        }

        foreach (var id in host.Ids("$PBDs"))
        {
            StorageRules.RemoveConnection(world, id);
        }

        foreach (var id in host.Ids("PIFs"))
        {
            NetworkRules.RemoveInterface(world, id);
        }

        foreach (var id in host.Ids("PGPUs"))
        {
            world["pgpus"].Remove(id);
        }

        foreach (var id in host.Ids("PCIs"))
        {
            world["pcis"].Remove(id);
        }

        ForgetAffinity(world, host);
        Machines.Remove(world, host.Text("controlDomain"));
        world["hosts"].Remove(host.Id());
        Count(world, host.Pool());
    }

    /// <summary>Counts the processors of a pool anew.</summary>
    public static void Count(DataCentre world, string pool)
    {
        JsonObject[] hosts = [.. world["hosts"].All.Where(host => host.Pool() == pool)];
        world["pools"].Change(pool, item => item["cpus"] = new JsonObject
        {
            ["cores"] = hosts.Sum(host => host["cpus"]!.Number("cores")),
            ["sockets"] = hosts.Sum(host => host["cpus"]!.Number("sockets")),
        });
    }

    private static void ForgetAffinity(DataCentre world, JsonObject host)
    {
        foreach (var name in Links.Machines)
        {
            foreach (var machine in world[name].All.Where(machine => machine.TextOrNull("affinityHost") == host.Id()).ToList())
            {
                world[name].Change(machine.Id(), item => item.Remove("affinityHost"));
            }
        }
    }
}
