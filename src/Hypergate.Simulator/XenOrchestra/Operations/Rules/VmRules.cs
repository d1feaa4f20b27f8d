using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>The life of VMs and templates but for power, snapshots and moves.</summary>
internal static class VmRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("PATCH /vms/{id}", Update),
        new("DELETE /vms/{id}", context => Delete(context, "vms")),
        new("DELETE /vm-templates/{id}", context => Delete(context, "vm-templates")),
        new OperationRule("POST /vms/{id}/actions/clone", Clone).Taking(0.5),
        new("POST /pools/{id}/vms", Import),
        new("PUT /vms/{id}/stats/data_source/{data_source}", context => SetDataSource(context, recorded: true)),
        new("DELETE /vms/{id}/stats/data_source/{data_source}", context => SetDataSource(context, recorded: false)),
    ];

    private static JsonNode? Update(OperationContext context)
    {
        var (world, vm) = (context.World, context.Target("vms"));
        if (context.BodyText("affinityHost") is { } host)
        {
            world.Require("hosts", host);
        }

        if (context.BodyText("suspendSr") is { } sr)
        {
            world.Require("srs", sr);
        }

        if (vm.Text("power_state") != "Halted" && context.Body!["cpusStaticMax"] is not null)
        {
            PowerRules.Check(vm, "changing_VCPUs", ["Halted"]);
        }

        world["vms"].Change(vm.Id(), item => VmSettings.Apply(item, context.Body!));
        return null;
    }

    private static JsonNode? Delete(OperationContext context, string collection)
    {
        var machine = context.Target(collection);
        if (machine["blockedOperations"]?["destroy"] is { } reason)
        {
            throw XoErrors.Hypervisor("OPERATION_BLOCKED", machine.Reference(), reason.ToString());
        }

        Machines.Remove(context.World, machine.Id());
        return null;
    }

    private static JsonObject Clone(OperationContext context)
    {
        var (world, vm) = (context.World, context.Target("vms"));
        var sr = context.BodyText("srId") is { } id ? world.Require("srs", id) : null;
        if (vm["blockedOperations"]?["clone"] is { } reason)
        {
            throw XoErrors.Hypervisor("OPERATION_BLOCKED", vm.Reference(), reason.ToString());
        }

        var name = context.BodyText("name_label") ?? $"{vm.Text("name_label")}_COPY";
        return RuleContext.Made(Machines.Copy(world, vm, name, sr).Id());
    }

    /// <summary>The upload is not read: what comes of it is a small VM with one disk.</summary>
    private static JsonObject Import(OperationContext context)
    {
        const long size = 8L << 30;
        var (world, pool) = (context.World, context.Target("pools"));
        var sr = context.Query.GetValueOrDefault("sr") is { } id ? world.Require("srs", id) : Storage.DefaultOf(world, pool.Id());
        var vm = VmRecord.Create(new()
        {
            Type = "VM",
            Name = "Imported VM",
            Pool = sr.Pool(),
            Container = sr.Pool(),
            State = "Halted",
            System = GuestSystem.All[0],
            Tools = true,
            Address = "10.0.99.10",
            Installed = world.Seconds,
        }).AddTo(world, "vms", sr.Pool());
        var disk = Storage.AddDisk(world, DiskRecord.Create("Imported VM disk 0", "", size, size / 4, sr.Id()), "vdis");
        Devices.AddDisk(world, vm, disk.Id(), 0);
        return RuleContext.Made(vm.Id());
    }

    private static JsonNode? SetDataSource(OperationContext context, bool recorded)
    {
        var vm = context.Target("vms");
        PowerRules.Check(vm, "data_source_op", ["Running", "Paused"]);
        context.World["vms"].Change(vm.Id(), item =>
        {
            var sources = item["_dataSources"] as JsonArray ?? [];
            item["_dataSources"] = sources;
            sources.Drop(context.Path["data_source"]);
            if (recorded)
            {
                sources.Add(context.Path["data_source"]);
            }
        });
        return null;
    }
}
