using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>The block devices and interfaces of VMs.</summary>
internal static class Devices
{
    // The fourth place is the CD drive's.
    private const int CdDrive = 3;

    public static JsonObject AddDisk(DataCentre world, JsonObject vm, string? disk, int position, bool isCdDrive = false)
    {
        var attached = vm.Text("power_state") is "Running" or "Paused";
        var device = DiskRecord.CreateDevice(vm.Id(), disk, position, attached, isCdDrive).AddTo(world, "vbds", vm.Pool());
        world.Link(Links.Machines, vm.Id(), "$VBDs", device.Id());
        world.Link(Links.Disks, disk, "$VBDs", device.Id());
        return device;
    }

    public static void RemoveDisk(DataCentre world, string id)
    {
        var device = world.Require("vbds", id);
        world.Unlink(Links.Machines, device.Text("VM"), "$VBDs", id);
        world.Unlink(Links.Disks, device.TextOrNull("VDI"), "$VBDs", id);
        world["vbds"].Remove(id);
    }

    public static JsonObject AddInterface(DataCentre world, JsonObject vm, string network, int? position = null, string? mac = null)
    {
        var attached = vm.Text("power_state") is "Running" or "Paused";
        var device = (position ?? FreePosition(world, vm, "VIFs", "vifs", "device")).ToString(CultureInfo.InvariantCulture);
        var vif = NetworkRecord.CreateGuestInterface(vm.Id(), network, device, mac ?? MacAddress(world), attached)
            .AddTo(world, "vifs", vm.Pool());
        world.Link(Links.Machines, vm.Id(), "VIFs", vif.Id());
        world.Link(["networks"], network, "VIFs", vif.Id());
        return vif;
    }

    public static void RemoveInterface(DataCentre world, string id)
    {
        var vif = world.Require("vifs", id);
        world.Unlink(Links.Machines, vif.Text("$VM"), "VIFs", id);
        world.Unlink(["networks"], vif.Text("$network"), "VIFs", id);
        world["vifs"].Remove(id);
    }

    public static int FreeDiskPosition(DataCentre world, JsonObject vm) => FreePosition(world, vm, "$VBDs", "vbds", "position", CdDrive);

    /// <summary>The place that a request asks for.</summary>
    /// <exception cref="XoError">It is no number.</exception>
    public static int Asked(string place) => int.TryParse(place, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw XoErrors.Hypervisor("INVALID_DEVICE", place);

    private static int FreePosition(DataCentre world, JsonObject vm, string list, string collection, string property, int reserved = -1)
    {
        var taken = vm.Ids(list).Select(id => world[collection].Find(id)!.Place(property)).Append(reserved).ToHashSet();
        return Enumerable.Range(0, 255).First(position => !taken.Contains(position));
    }

    private static string MacAddress(DataCentre world)
    {
        var random = world.NextId();
        return $"00:16:3e:{random[..2]}:{random[2..4]}:{random[4..6]}";
    }
}
