using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>A snapshot of a VM: a halted record with devices of its own, on snapshots of the disks.</summary>
internal static class SnapshotSeed
{
    public static void Add(SeedRun run, JsonObject vm, TimeSpan age)
    {
        var time = run.SecondsAgo(age);
        var date = DateTimeOffset.FromUnixTimeSeconds(time);
        var snapshot = SnapshotRecord.Create(vm, $"{vm.Text("name_label")}_{date:yyyy-MM-dd}", time)
            .AddTo(run.World, "vm-snapshots", vm.Pool());
        VmFields.Sort(snapshot);
        vm.List("snapshots").Add(snapshot.Id());
        vm["parent"] = snapshot.Id();
        VmFields.Sort(vm);
        foreach (var device in SnapshotRecord.Disks(run.World, vm))
        {
            var disk = run.World["vdis"].Find(device.Text("VDI"))!;
            var sr = run.World["srs"].Find(disk.Text("$SR"))!;
            DiskSeed.Attach(run, snapshot, DiskSeed.AddSnapshot(run, sr, disk, time), device.Place("position"));
        }
    }
}
