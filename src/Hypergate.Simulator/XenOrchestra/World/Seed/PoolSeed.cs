using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The three pools: the large one in production, staging, and two machines at the edge.</summary>
internal static class PoolSeed
{
    private static readonly (string Name, string Prefix, int Hosts, string Version, string Brand, bool HighAvailability)[] Plans =
    [
        ("prod", "prod", 6, "8.3.0", "XCP-ng", true),
        ("staging", "stg", 4, "8.3.0", "XCP-ng", false),
        ("edge", "edge", 2, "8.4.0", "XenServer", false),
    ];

    public static void Add(SeedRun run)
    {
        foreach (var (name, prefix, hosts, version, brand, highAvailability) in Plans)
        {
            var record = Record(run, name, hosts, highAvailability);
            var id = run.World.NextId();
            var pool = new PoolPlan(id, name, prefix, record.AddTo(run.World, "pools", id, id));
            run.Pools.Add(pool);
            HostSeed.Add(run, pool, hosts, version, brand);
            NetworkSeed.Add(run, pool);
            StorageSeed.Add(run, pool);
            record["master"] = pool.Hosts[0].Id();
            record["default_SR"] = pool.SharedStorage!.Id();
            record["suspendSr"] = pool.SharedStorage!.Id();
        }

        // The edge is the pool without news: the others moved behind it.
        foreach (var pool in run.Pools[..^1])
        {
            run.World["pools"].Change(pool.Id, _ => { });
        }
    }

    private static JsonObject Record(SeedRun run, string name, int hosts, bool highAvailability) => new()
    {
        ["auto_poweron"] = true,
        ["current_operations"] = new JsonObject(),
        ["default_SR"] = null,
        ["HA_enabled"] = highAvailability,
        ["haRebootVmOnInternalShutdown"] = true,
        ["haSrs"] = new JsonArray(),
        ["master"] = null,
        ["tags"] = new JsonArray($"env:{name}"),
        ["name_description"] = $"{name} (simulated)",
        ["name_label"] = name,
        ["migrationCompression"] = true,
        ["otherConfig"] = new JsonObject
        {
            ["auto_poweron"] = "true",
            ["xo:clientInfo:00000000-0000-4000-a000-0000000000aa"] =
                $$"""{"lastConnected":{{run.Now.ToUnixTimeMilliseconds()}},"networkInterfaces":{"eth0":[ {"address":"192.0.2.2"} ] } }""",
        },
        ["cpus"] = new JsonObject { ["cores"] = hosts * HostSeed.Cores, ["sockets"] = hosts * HostSeed.Sockets },
        ["suspendSr"] = null,
        ["zstdSupported"] = true,
        ["vtpmSupported"] = true,
        ["platform_version"] = "3.4.0",
        ["type"] = "pool",
    };
}
