using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Snapshots of VMs: taken, gone back to, destroyed.</summary>
internal static class SnapshotRules
{
    private static readonly string[] AnyState = ["Running", "Halted", "Paused", "Suspended"];

    public static IEnumerable<OperationRule> All =>
    [
        new OperationRule("POST /vms/{id}/actions/snapshot", Take).Taking(0.3),
        new OperationRule("POST /vms/{id}/actions/revert_snapshot", Revert).Taking(0.4),
        new("DELETE /vm-snapshots/{id}", Delete),
    ];

    private static JsonObject Take(OperationContext context)
    {
        var vm = context.Target("vms");
        PowerRules.Check(vm, "snapshot", AnyState);
        var snapshot = Machines.Snapshot(context.World, vm, context.BodyText("name_label"));
        context.World["vm-snapshots"].Change(snapshot.Id(), item => item["_stateBefore"] = vm.Text("power_state"));
        return RuleContext.Made(snapshot.Id());
    }

    private static JsonNode? Revert(OperationContext context)
    {
        var (world, vm) = (context.World, context.Target("vms"));
        var snapshot = world.Require("vm-snapshots", context.BodyText("snapshotId")!);
        if (snapshot.Text("$snapshot_of") != vm.Id())
        {
            throw XoErrors.Invalid($"snapshot {snapshot.Id()} does not belong to VM {vm.Id()}");
        }

        PowerRules.Check(vm, "revert", AnyState);
        if (context.BodyFlag("snapshotBefore"))
        {
            Machines.Snapshot(world, vm, name: null);
        }

        PowerRules.Stop(world, vm);
        RevertDisks(world, vm, snapshot);
        world["vms"].Change(vm.Id(), item => RevertSettings(item, snapshot));
        if (snapshot.TextOrNull("_stateBefore") == "Running")
        {
            PowerRules.Boot(world, vm);
        }

        return null;
    }

    /// <summary>Copies of the saved disks take the places of the present ones, also as the origins of snapshots.</summary>
    private static void RevertDisks(DataCentre world, JsonObject vm, JsonObject snapshot)
    {
        var present = SnapshotRecord.Disks(world, vm).ToList();
        var copies = new List<(JsonObject Disk, int Position)>();
        foreach (var device in SnapshotRecord.Disks(world, snapshot).ToList())
        {
            var saved = world.Require("vdi-snapshots", device.Text("VDI"));
            var copy = Storage.CopyDisk(world, saved, saved.Text("$SR"));
            copies.Add((copy, device.Place("position")));
            if (saved.TextOrNull("$snapshot_of") is { } origin && present.Exists(own => own.Text("VDI") == origin))
            {
                Storage.MoveSnapshots(world, world.Require("vdis", origin), copy.Id());
            }
        }

        present.ForEach(device => Machines.RemoveDisk(world, device));
        copies.ForEach(copy => Devices.AddDisk(world, vm, copy.Disk.Id(), copy.Position));
    }

    private static void RevertSettings(JsonObject vm, JsonObject snapshot)
    {
        foreach (var field in VmFields.Reverted)
        {
            if (snapshot[field] is { } value)
            {
                vm[field] = value.DeepClone();
            }
        }

        vm["parent"] = snapshot.Id();
        VmFields.Sort(vm);
    }

    private static JsonNode? Delete(OperationContext context)
    {
        Machines.Remove(context.World, context.Target("vm-snapshots").Id());
        return null;
    }
}
