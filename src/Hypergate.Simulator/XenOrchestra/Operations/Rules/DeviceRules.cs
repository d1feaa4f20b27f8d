using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>
/// Block devices and interfaces of VMs. The hypervisor that was recorded plugs them in whatever state the VM is, and so does this.
/// </summary>
internal static class DeviceRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("POST /vbds", CreateDisk),
        new("DELETE /vbds/{id}", context => Remove(context, "vbds", Devices.RemoveDisk)),
        Plug("vbds", "connect", attach: true, DiskRecord.SetAttached),
        Plug("vbds", "disconnect", attach: false, DiskRecord.SetAttached),
        new("POST /vifs", CreateInterface),
        new("PATCH /vifs/{id}", UpdateInterface),
        new("DELETE /vifs/{id}", context => Remove(context, "vifs", Devices.RemoveInterface)),
        Plug("vifs", "connect", attach: true, (vif, attached) => vif["attached"] = attached),
        Plug("vifs", "disconnect", attach: false, (vif, attached) => vif["attached"] = attached),
    ];

    private static OperationRule Plug(string collection, string action, bool attach, Action<JsonObject, bool> change) =>
        new($"POST /{collection}/{{id}}/actions/{action}", context =>
        {
            var device = context.Target(collection);
            if (device.Flag("attached") == attach)
            {
                throw XoErrors.Hypervisor(attach ? "DEVICE_ALREADY_ATTACHED" : "DEVICE_ALREADY_DETACHED", device.Reference());
            }

            context.World[collection].Change(device.Id(), item => change(item, attach));
            return null;
        });

    private static JsonNode? Remove(OperationContext context, string collection, Action<DataCentre, string> remove)
    {
        remove(context.World, context.Target(collection).Id());
        return null;
    }

    private static JsonObject CreateDisk(OperationContext context)
    {
        var (world, body) = (context.World, context.Body!);
        var vm = world.Require("vms", body.Text("VM"));
        var disk = world.Require("vdis", body.Text("VDI"));
        if (disk.Pool() != vm.Pool())
        {
            throw XoErrors.Hypervisor("HANDLE_INVALID", "VDI", disk.Reference());
        }

        var device = Devices.AddDisk(world, vm, disk.Id(), Position(world, vm, body), body.TextOrNull("type") == "CD");
        world["vbds"].Change(device.Id(), item =>
        {
            item["bootable"] = body.Flag("bootable");
            item["read_only"] = body.TextOrNull("mode") == "RO" || item.Flag("is_cd_drive");
        });
        return RuleContext.Made(device.Id());
    }

    private static int Position(DataCentre world, JsonObject vm, JsonObject body)
    {
        if (body.TextOrNull("userdevice") is not { } asked || asked == "autodetect")
        {
            return Devices.FreeDiskPosition(world, vm);
        }

        return vm.Ids("$VBDs").Any(id => world["vbds"].Find(id)!.Text("position") == asked)
            ? throw XoErrors.Hypervisor("DEVICE_ALREADY_EXISTS", asked)
            : Devices.Asked(asked);
    }

    private static JsonObject CreateInterface(OperationContext context)
    {
        var (world, body) = (context.World, context.Body!);
        var network = world.Require("networks", body.Text("networkId"));
        var vm = world.Require("vms", body.Text("vmId"));
        if (network.Pool() != vm.Pool())
        {
            throw XoErrors.Invalid($"network {network.Id()} does not belong to the pool of VM {vm.Id()}");
        }

        int? position = body.TextOrNull("device") is { } device ? Devices.Asked(device) : null;
        if (vm.Ids("VIFs").Any(id => world.Require("vifs", id).Place("device") == position))
        {
            throw XoErrors.Hypervisor("DEVICE_ALREADY_EXISTS", body.Text("device"));
        }

        var vif = Devices.AddInterface(world, vm, network.Id(), position, body.TextOrNull("MAC"));
        world["vifs"].Change(vif.Id(), item => Complete(item, body, network));
        return RuleContext.Made(vif.Id());
    }

    private static void Complete(JsonObject vif, JsonObject body, JsonObject network)
    {
        vif["MTU"] = (body["MTU"] ?? network["MTU"])!.DeepClone();
        vif["other_config"] = body["other_config"]?.DeepClone() ?? new JsonObject();
        vif["lockingMode"] = body.TextOrNull("locking_mode") ?? "network_default";
        vif["allowedIpv4Addresses"] = body["ipv4_allowed"]?.DeepClone() ?? new JsonArray();
        vif["allowedIpv6Addresses"] = body["ipv6_allowed"]?.DeepClone() ?? new JsonArray();
        vif["txChecksumming"] = vif["other_config"]!.TextOrNull("ethtool-tx") is not ("false" or "off");
        if (body["qos_algorithm_params"]?.TextOrNull("kbps") is { } rate)
        {
            vif["rateLimit"] = long.Parse(rate, CultureInfo.InvariantCulture);
        }
    }

    private static JsonNode? UpdateInterface(OperationContext context)
    {
        var vif = context.Target("vifs");
        context.World["vifs"].Change(vif.Id(), item =>
        {
            foreach (var (name, value) in context.Body!)
            {
                Apply(item, name, value);
            }
        });
        return null;
    }

    private static void Apply(JsonObject vif, string name, JsonNode? value)
    {
        if (value is null)
        {
            vif.Remove(name);
            return;
        }

        vif[name] = value.DeepClone();
        if (value is JsonArray { Count: > 0 })
        {
            vif["lockingMode"] = "locked";
        }
    }
}
