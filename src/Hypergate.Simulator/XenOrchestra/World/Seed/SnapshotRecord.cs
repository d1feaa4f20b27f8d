using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>What a snapshot takes over from its VM.</summary>
internal static class SnapshotRecord
{
    private static readonly string[] NotKept = ["installTime", "startTime", "vulnerabilities", "notes"];

    /// <param name="vm">The VM.</param>
    /// <param name="name">The snapshot's name.</param>
    /// <param name="time">When it is taken, in seconds.</param>
    public static JsonObject Create(JsonObject vm, string name, long time)
    {
        var snapshot = vm.CopyAs("VM-snapshot");
        VmRecord.SetPowerState(snapshot, "Halted", vm.Pool(), 0);
        foreach (var field in NotKept)
        {
            snapshot.Remove(field);
        }

        snapshot["name_label"] = name;
        snapshot["snapshot_time"] = time;
        snapshot["$snapshot_of"] = vm.Id();
        return snapshot;
    }

    /// <summary>The block devices of a VM that hold a disk: not its CD drive.</summary>
    public static IEnumerable<JsonObject> Disks(DataCentre world, JsonObject vm) => vm.Ids("$VBDs")
        .Select(id => world["vbds"].Find(id)!)
        .Where(device => device["VDI"] is not null && !device.Flag("is_cd_drive"));
}
