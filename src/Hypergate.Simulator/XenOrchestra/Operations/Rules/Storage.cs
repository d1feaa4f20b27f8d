using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Disks come and go, and their storage keeps count.</summary>
internal static class Storage
{
    /// <summary>Puts a new disk or disk snapshot into the storage that it names.</summary>
    public static JsonObject AddDisk(DataCentre world, JsonObject disk, string collection)
    {
        var sr = world.Require("srs", disk.Text("$SR"));
        disk.AddTo(world, collection, sr.Pool());
        world["srs"].Change(sr.Id(), item =>
        {
            item.List("VDIs").Add(disk.Id());
            StorageRecord.Book(item, disk.Number("size"), disk.Number("usage"));
        });
        if (disk.TextOrNull("$snapshot_of") is { } origin)
        {
            world.Link(["vdis"], origin, "snapshots", disk.Id());
        }

        return disk;
    }

    /// <summary>A disk with the same contents, in the same storage or in another one.</summary>
    public static JsonObject CopyDisk(DataCentre world, JsonObject disk, string sr, string? name = null)
    {
        var copy = DiskRecord.Create(
            name ?? disk.Text("name_label"), disk.Text("name_description"), disk.Number("size"), disk.Number("usage"), sr);
        return AddDisk(world, copy, "vdis");
    }

    public static JsonObject AddSnapshot(DataCentre world, JsonObject disk, long time) =>
        AddDisk(world, DiskRecord.CreateSnapshot(disk, time), "vdi-snapshots");

    /// <summary>Destroys a disk or disk snapshot, with its block devices; its snapshots lose their origin.</summary>
    public static void RemoveDisk(DataCentre world, string id)
    {
        if (world.FindIn(Links.Disks, id) is not var (collection, disk))
        {
            return;
        }

        foreach (var device in disk.Ids("$VBDs"))
        {
            Devices.RemoveDisk(world, device);
        }

        foreach (var snapshot in disk.Ids("snapshots"))
        {
            world["vdi-snapshots"].Change(snapshot, item => item.Remove("$snapshot_of"));
        }

        world.Unlink(["vdis"], disk.TextOrNull("$snapshot_of"), "snapshots", id);
        world.Change(["srs"], disk.Text("$SR"), sr =>
        {
            sr.List("VDIs").Drop(id);
            StorageRecord.Book(sr, -disk.Number("size"), -disk.Number("usage"));
        });
        collection.Remove(id);
    }

    /// <summary>Moves a disk into other storage, where it is a new object; what pointed at it points at the new one.</summary>
    public static JsonObject MoveDisk(DataCentre world, JsonObject disk, JsonObject sr)
    {
        var collection = world.FindIn(Links.Disks, disk.Id())!.Value.Collection.Name;
        var moved = disk.DeepClone().AsObject();
        moved["$SR"] = sr.Id();
        moved["$VBDs"] = new JsonArray();
        moved["snapshots"] = new JsonArray();
        AddDisk(world, moved, collection);
        foreach (var id in disk.Ids("$VBDs"))
        {
            world["vbds"].Change(id, device => device["VDI"] = moved.Id());
            world.Link(Links.Disks, moved.Id(), "$VBDs", id);
            world.Unlink(Links.Disks, disk.Id(), "$VBDs", id);
        }

        MoveSnapshots(world, disk, moved.Id());
        RemoveDisk(world, disk.Id());
        return moved;
    }

    /// <summary>Makes another disk the origin of a disk's snapshots.</summary>
    public static void MoveSnapshots(DataCentre world, JsonObject disk, string target)
    {
        foreach (var id in disk.Ids("snapshots"))
        {
            world["vdi-snapshots"].Change(id, snapshot => snapshot["$snapshot_of"] = target);
            world.Link(["vdis"], target, "snapshots", id);
            world.Unlink(["vdis"], disk.Id(), "snapshots", id);
        }
    }

    /// <summary>Where a pool puts disks of which nobody says where.</summary>
    /// <exception cref="XoError">The pool has lost it.</exception>
    public static JsonObject DefaultOf(DataCentre world, string pool) =>
        world.Require("pools", pool).TextOrNull("default_SR") is { } id
            ? world.Require("srs", id)
            : throw XoErrors.Hypervisor("DEFAULT_SR_NOT_FOUND", world.Require("pools", pool).Reference());

    /// <exception cref="XoError">A running VM has the disk.</exception>
    public static void CheckNotInUse(DataCentre world, JsonObject disk, string operation)
    {
        if (disk.Ids("$VBDs").Any(id => world["vbds"].Find(id)!.Flag("attached")))
        {
            throw XoErrors.Hypervisor("VDI_IN_USE", disk.Reference(), operation);
        }
    }
}
