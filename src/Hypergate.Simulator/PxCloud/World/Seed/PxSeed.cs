using Hypergate.Simulator.ProxmoxVe;
using Hypergate.Simulator.ProxmoxVe.World.Seed;

namespace Hypergate.Simulator.PxCloud.World.Seed;

/// <summary>Fills an installation: the clusters of the simulated Proxmox VE as they are at its start, a vSphere, and all that lies around them.</summary>
internal static class PxSeed
{
    public static PxWorld Make(PxCloudOptions options, TimeProvider time)
    {
        var world = new PxWorld(options, time);
        PlaceSeed.Fill(world);
        var proxmox = new ProxmoxOptions { Seed = options.Seed, NastyTexts = options.NastyTexts };
        ProxmoxPart.Add(world, ClusterSeed.Make(proxmox with { Cluster = "lab" }, time));
        ProxmoxPart.Add(world, ClusterSeed.Make(proxmox with { Cluster = "prod", Seed = options.Seed + 1 }, time));
        if (options.Vms > 0)
        {
            ProxmoxPart.Add(world, ClusterSeed.Make(proxmox with { Cluster = "scale1", Seed = options.Seed + 2, Guests = options.Vms }, time));
        }

        VspherePart.Add(world);
        AddressSeed.Fill(world);
        AccessSeed.Fill(world);
        WatchSeed.Fill(world);
        world.Recount();
        return world;
    }
}
