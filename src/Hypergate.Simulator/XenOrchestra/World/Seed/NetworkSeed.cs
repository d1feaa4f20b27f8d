using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Four networks for each pool and, on each of its hosts, one interface for each of them.</summary>
internal static class NetworkSeed
{
    private static readonly (string Name, string Bridge, string Device, int Mtu, int Vlan)[] Plans =
    [
        ("Pool-wide network associated with eth0", "xenbr0", "eth0", 1500, -1),
        ("VM network VLAN 20", "xapi1", "eth2", 1500, 20),
        ("DMZ VLAN 30", "xapi2", "eth2", 1500, 30),
        ("Backup network", "xenbr1", "eth1", 9000, -1),
    ];

    public static void Add(SeedRun run, PoolPlan pool)
    {
        for (var index = 0; index < Plans.Length; index++)
        {
            var (name, bridge, device, mtu, vlan) = Plans[index];
            var network = NetworkRecord.Create(name, "", bridge, mtu, nbd: bridge == "xenbr1", management: index == 0);
            pool.Networks.Add(network.AddTo(run.World, "networks", pool.Id));
            for (var host = 0; host < pool.Hosts.Count; host++)
            {
                var pif = NetworkRecord.CreateInterface(device, mtu, vlan, Mac(run.Pools.Count - 1, host, index));
                pif["$host"] = pool.Hosts[host].Id();
                pif["$network"] = network.Id();
                Address(pif, index, $"10.{run.Pools.Count - 1}.0.{10 + host}", $"10.{run.Pools.Count - 1}.0.1");
                var id = pif.AddTo(run.World, "pifs", pool.Id).Id();
                network.List("PIFs").Add(id);
                pool.Hosts[host].List("PIFs").Add(id);
                pool.Hosts[host].List("$PIFs").Add(id);
            }
        }
    }

    private static string Mac(int pool, int host, int index) => $"52:54:{pool:x2}:{host:x2}:00:{index:x2}";

    private static void Address(JsonObject pif, int network, string address, string gateway)
    {
        if (network != 0)
        {
            return;
        }

        pif["management"] = true;
        pif["mode"] = "Static";
        pif["ip"] = address;
        pif["netmask"] = "255.255.255.0";
        pif["gateway"] = gateway;
        pif["dns"] = gateway;
    }
}
