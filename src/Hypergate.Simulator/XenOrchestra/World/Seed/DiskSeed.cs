using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Disks with contents, booked into their storage.</summary>
internal static class DiskSeed
{
    public static JsonObject Add(SeedRun run, JsonObject sr, string name, long size)
    {
        var usage = size / 100 * (30 + run.Next(40));
        var disk = DiskRecord.Create(name, "", size, usage, sr.Id(), tracked: run.Chance(0.2));
        return Book(run, sr, disk, "vdis");
    }

    public static JsonObject AddSnapshot(SeedRun run, JsonObject sr, JsonObject disk, long time)
    {
        var snapshot = Book(run, sr, DiskRecord.CreateSnapshot(disk, time), "vdi-snapshots");
        disk.List("snapshots").Add(snapshot.Id());
        return snapshot;
    }

    /// <summary>Ties a disk to a VM, or gives the VM an empty CD drive.</summary>
    public static void Attach(SeedRun run, JsonObject vm, JsonObject? disk, int position)
    {
        var attached = vm.Text("power_state") is "Running" or "Paused";
        var device = DiskRecord.CreateDevice(vm.Id(), disk?.Id(), position, attached, isCdDrive: disk is null)
            .AddTo(run.World, "vbds", vm.Pool());
        vm.List("$VBDs").Add(device.Id());
        disk?.List("$VBDs").Add(device.Id());
    }

    private static JsonObject Book(SeedRun run, JsonObject sr, JsonObject disk, string collection)
    {
        disk.AddTo(run.World, collection, sr.Pool());
        sr.List("VDIs").Add(disk.Id());
        StorageRecord.Book(sr, disk.Number("size"), disk.Number("usage"));
        return disk;
    }
}
