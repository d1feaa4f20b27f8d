using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>VMs, templates and snapshots as wholes: copied, snapshotted, destroyed.</summary>
internal static class Machines
{
    /// <summary>A halted VM with copies of the disks, and interfaces on the same networks.</summary>
    /// <param name="origin">A VM, template or snapshot.</param>
    /// <param name="sr">Where its disks go; null leaves each where it is.</param>
    /// <param name="interfaces">Whether it gets interfaces like its origin's.</param>
    public static JsonObject Copy(DataCentre world, JsonObject origin, string name, JsonObject? sr = null, bool interfaces = true)
    {
        var pool = sr?.Pool() ?? origin.Pool();
        var copy = origin.CopyAs("VM");
        copy["name_label"] = name;
        copy["installTime"] = world.Seconds;
        copy["vulnerabilities"] = new JsonObject { ["xsa468"] = false };
        VmRecord.SetPowerState(copy, "Halted", pool, 0);
        copy.AddTo(world, "vms", pool);
        foreach (var id in origin.Ids("$VBDs"))
        {
            var device = world.Require("vbds", id);
            var isCdDrive = device.Flag("is_cd_drive");
            var disk = isCdDrive || world.FindIn(Links.Disks, device.TextOrNull("VDI"))?.Item is not { } original
                ? null
                : Storage.CopyDisk(world, original, sr?.Id() ?? original.Text("$SR"), DiskName(copy, original));
            Devices.AddDisk(world, copy, disk?.Id(), device.Place("position"), isCdDrive);
        }

        foreach (var id in interfaces && pool == origin.Pool() ? origin.Ids("VIFs") : [])
        {
            var vif = world.Require("vifs", id);
            Devices.AddInterface(world, copy, vif.Text("$network"), vif.Place("device"));
        }

        return copy;
    }

    public static JsonObject Snapshot(DataCentre world, JsonObject vm, string? name)
    {
        var time = world.Seconds;
        var snapshot = SnapshotRecord.Create(vm, name ?? $"{vm.Text("name_label")}_{world.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}", time);
        snapshot.AddTo(world, "vm-snapshots", vm.Pool());
        VmFields.Sort(snapshot);
        world["vms"].Change(vm.Id(), item =>
        {
            item.List("snapshots").Add(snapshot.Id());
            item["parent"] = snapshot.Id();
            VmFields.Sort(item);
        });
        foreach (var device in SnapshotRecord.Disks(world, vm).ToList())
        {
            var disk = Storage.AddSnapshot(world, world.Require("vdis", device.Text("VDI")), time);
            Devices.AddDisk(world, snapshot, disk.Id(), device.Place("position"));
        }

        return snapshot;
    }

    /// <summary>Destroys a VM, template or snapshot with its disks and, of a VM, its snapshots.</summary>
    public static void Remove(DataCentre world, string id)
    {
        if (world.FindIn(Links.Machines, id) is not var (collection, machine))
        {
            return;
        }

        foreach (var snapshot in machine.Ids("snapshots"))
        {
            Remove(world, snapshot);
        }

        SnapshotRecord.Disks(world, machine).ToList().ForEach(device => RemoveDisk(world, device));
        foreach (var device in machine.Ids("$VBDs"))
        {
            Devices.RemoveDisk(world, device);
        }

        foreach (var vif in machine.Ids("VIFs"))
        {
            Devices.RemoveInterface(world, vif);
        }

        world.Unlink(["hosts"], machine.Text("$container"), "residentVms", id);
        ForgetSnapshot(world, machine);
        collection.Remove(id);
    }

    /// <summary>Takes a block device away, and destroys its disk if no other has it.</summary>
    public static void RemoveDisk(DataCentre world, JsonObject device)
    {
        Devices.RemoveDisk(world, device.Id());
        if (world.FindIn(Links.Disks, device.Text("VDI"))?.Item is { } disk && disk.List("$VBDs").Count == 0)
        {
            Storage.RemoveDisk(world, disk.Id());
        }
    }

    private static void ForgetSnapshot(DataCentre world, JsonObject snapshot) =>
        world.Change(["vms"], snapshot.TextOrNull("$snapshot_of"), vm =>
        {
            vm.List("snapshots").Drop(snapshot.Id());
            if (vm.TextOrNull("parent") != snapshot.Id())
            {
                return;
            }

            vm.Remove("parent");
            if (vm.Ids("snapshots") is [.., var last])
            {
                vm["parent"] = last;
                VmFields.Sort(vm);
            }
        });

    private static string DiskName(JsonObject copy, JsonObject original) =>
        original.Text("name_label").LastIndexOf(" disk ", StringComparison.Ordinal) is > 0 and var at
            ? $"{copy.Text("name_label")}{original.Text("name_label")[at..]}"
            : original.Text("name_label");
}
