using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The privileged VM that each host runs for itself.</summary>
internal static class ControlDomainSeed
{
    public static JsonObject Add(SeedRun run, PoolPlan pool, JsonObject host, string hostId)
    {
        var running = host.Text("power_state") == "Running";
        return VmRecord.Create(new()
        {
            Type = "VM-controller",
            Name = $"Control domain on host: {host.Text("name_label")}",
            Pool = pool.Id,
            Affinity = running ? hostId : null,
            Container = running ? hostId : pool.Id,
            State = running ? "Running" : "Halted",
            System = GuestSystem.All[0],
            Cpus = 8,
            Memory = 8L << 30,
            Tools = run.Chance(0.7),
            Address = $"10.{run.Pools.Count - 1}.20.{200 + run.Next(50)}",
            Installed = run.SecondsAgo(TimeSpan.FromDays(150)),
            Started = host.Number("startTime"),
        }).AddTo(run.World, "vm-controllers", pool.Id);
    }
}
