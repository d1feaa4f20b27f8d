using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Disks (VDI), their snapshots, and the block devices (VBD) through which VMs have them.</summary>
internal static class DiskRecord
{
    public static JsonObject Create(string name, string description, long size, long usage, string sr, bool tracked = false) => new()
    {
        ["type"] = "VDI",
        ["cbt_enabled"] = tracked,
        ["missing"] = false,
        ["name_description"] = description,
        ["name_label"] = name,
        ["image_format"] = "vhd",
        ["size"] = size,
        ["snapshots"] = new JsonArray(),
        ["tags"] = new JsonArray(),
        ["usage"] = usage,
        ["VDI_type"] = "user",
        ["current_operations"] = new JsonObject(),
        ["other_config"] = new JsonObject(),
        ["$SR"] = sr,
        ["$VBDs"] = new JsonArray(),
        ["chainPhysicalUsage"] = usage,
    };

    /// <summary>The state of a disk at a time, in seconds.</summary>
    public static JsonObject CreateSnapshot(JsonObject disk, long time)
    {
        var snapshot = Create(
            disk.Text("name_label"),
            disk.Text("name_description"),
            disk.Number("size"),
            disk.Number("usage"),
            disk.Text("$SR"));
        snapshot["type"] = "VDI-snapshot";
        snapshot.Remove("chainPhysicalUsage");
        snapshot["snapshot_time"] = time;
        snapshot["$snapshot_of"] = disk.Id();
        return snapshot;
    }

    /// <summary>A block device of a VM. Without a <paramref name="disk"/> it is an empty CD drive.</summary>
    public static JsonObject CreateDevice(string vm, string? disk, int position, bool attached, bool isCdDrive = false)
    {
        var device = new JsonObject
        {
            ["type"] = "VBD",
            ["attached"] = attached,
            ["bootable"] = position == 0,
            ["device"] = attached ? DeviceName(position) : null,
            ["is_cd_drive"] = isCdDrive,
            ["position"] = position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["read_only"] = isCdDrive,
        };
        if (disk is not null)
        {
            device["VDI"] = disk;
        }

        device["VM"] = vm;
        return device;
    }

    /// <summary>Plugs a block device in or out: only then it has a name inside the guest.</summary>
    public static void SetAttached(JsonObject device, bool attached)
    {
        device["attached"] = attached;
        device["device"] = attached ? DeviceName(device.Place("position")) : null;
    }

    public static string DeviceName(int position) => $"xvd{(char)('a' + position)}";
}
