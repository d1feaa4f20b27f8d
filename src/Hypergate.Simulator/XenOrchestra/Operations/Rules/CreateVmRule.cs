using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>A new VM from a template: its disks and interfaces, changed and completed as the body says.</summary>
internal static class CreateVmRule
{
    public static OperationRule Rule { get; } =
        new OperationRule("POST /pools/{id}/actions/create_vm", Create) { TaskName = "create VM" }.Taking(0.5);

    private static JsonObject Create(OperationContext context)
    {
        var (world, body) = (context.World, context.Body!);
        var template = world.Require("vm-templates", body.Text("template"));
        if (template.Pool() != context.Target("pools").Id())
        {
            throw XoErrors.NoSuch("VM-template", template.Id());
        }

        Check(world, body);
        var vm = Machines.Copy(world, template, body.Text("name_label"), interfaces: true);
        world["vms"].Change(vm.Id(), item => ApplySettings(item, body));
        ApplyDisks(world, vm, body["vdis"]?.AsArray() ?? []);
        ApplyInterfaces(world, vm, body["vifs"]?.AsArray() ?? []);
        if (body["install"]?.TextOrNull("method") == "cdrom")
        {
            InsertImage(world, vm, body["install"]!.Text("repository"));
        }

        if (context.BodyFlag("boot"))
        {
            Placement.SetState(world, vm, "Running", Placement.HostFor(world, vm));
        }

        return RuleContext.Made(vm.Id());
    }

    /// <summary>Looks up all ids before anything is made.</summary>
    private static void Check(DataCentre world, JsonObject body)
    {
        if (body.TextOrNull("affinity") is { } host)
        {
            world.Require("hosts", host);
        }

        foreach (var sr in Values(body["vdis"], "sr"))
        {
            world.Require("srs", sr);
        }

        foreach (var network in Values(body["vifs"], "network"))
        {
            world.Require("networks", network);
        }

        if (body["install"]?.TextOrNull("method") == "cdrom")
        {
            world.Require("vdis", body["install"]!.Text("repository"));
        }
    }

    private static IEnumerable<string> Values(JsonNode? list, string property) =>
        list?.AsArray().Select(item => item!.TextOrNull(property)).OfType<string>() ?? [];

    private static void ApplySettings(JsonObject vm, JsonObject body)
    {
        var settings = new JsonObject();
        foreach (var (from, to) in Renamed)
        {
            if (body[from] is { } value)
            {
                settings[to] = value.DeepClone();
            }
        }

        VmSettings.Apply(vm, settings);
        vm["needsVtpm"] = body["createVtpm"]?.DeepClone() ?? false;
    }

    private static readonly (string From, string To)[] Renamed =
    [
        ("name_description", "nameDescription"), ("memory", "memory"), ("cpus", "cpus"), ("secureBoot", "secureBoot"),
        ("autoPoweron", "autoPoweron"), ("high_availability", "highAvailability"), ("hvmBootFirmware", "hvmBootFirmware"),
        ("affinity", "affinityHost"),
    ];

    private static void ApplyDisks(DataCentre world, JsonObject vm, JsonArray plans)
    {
        foreach (var plan in plans)
        {
            var place = plan!.TextOrNull("userdevice") ?? plan!.TextOrNull("userdervice");
            var device = SnapshotRecord.Disks(world, vm).FirstOrDefault(own => own.Text("position") == place);
            if (device is null)
            {
                AddDisk(world, vm, plan!);
            }
            else if (plan!.Flag("destroy"))
            {
                Machines.RemoveDisk(world, device);
            }
            else
            {
                DiskRules.Update(world, world.Require("vdis", device.Text("VDI")), plan!.AsObject());
            }
        }
    }

    private static void AddDisk(DataCentre world, JsonObject vm, JsonNode plan)
    {
        if (plan.Flag("destroy"))
        {
            return;
        }

        var sr = plan.TextOrNull("sr") ?? Storage.DefaultOf(world, vm.Pool()).Id();
        var name = plan.TextOrNull("name_label") ?? $"{vm.Text("name_label")} disk";
        var size = plan["size"] is null ? 10L << 30 : plan.Number("size");
        var disk = DiskRecord.Create(name, plan.TextOrNull("name_description") ?? "", size, 0, sr);
        Devices.AddDisk(world, vm, Storage.AddDisk(world, disk, "vdis").Id(), Devices.FreeDiskPosition(world, vm));
    }

    private static void ApplyInterfaces(DataCentre world, JsonObject vm, JsonArray plans)
    {
        foreach (var plan in plans)
        {
            var place = plan!.TextOrNull("device");
            foreach (var present in vm.Ids("VIFs").Where(id => world.Require("vifs", id).Text("device") == place))
            {
                Devices.RemoveInterface(world, present);
            }

            if (plan!.TextOrNull("network") is { } network)
            {
                int? position = place is null ? null : Devices.Asked(place);
                var vif = Devices.AddInterface(world, vm, network, position, plan!.TextOrNull("mac"));
                world["vifs"].Change(vif.Id(), item => ApplyAddresses(item, plan!));
            }
        }
    }

    private static void ApplyAddresses(JsonObject vif, JsonNode plan)
    {
        vif["MTU"] = plan["mtu"]?.DeepClone() ?? vif["MTU"]!.DeepClone();
        vif["allowedIpv4Addresses"] = plan["ipv4_allowed"]?.DeepClone() ?? new JsonArray();
        vif["allowedIpv6Addresses"] = plan["ipv6_allowed"]?.DeepClone() ?? new JsonArray();
    }

    private static void InsertImage(DataCentre world, JsonObject vm, string image)
    {
        foreach (var id in vm.Ids("$VBDs").Where(id => world["vbds"].Find(id)!.Flag("is_cd_drive")))
        {
            Devices.RemoveDisk(world, id);
        }

        Devices.AddDisk(world, vm, image, 3, isCdDrive: true);
    }
}
