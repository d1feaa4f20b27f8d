using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.Tasks;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Machines come and go.</summary>
internal static class VmWork
{
    public static PxTask Create(PxCall call)
    {
        var cluster = call.World.Get("clusters", call.Text("cluster")!);
        var node = call.World.Node(cluster.Text("id")!, call.Text("node")!);
        var template = call.Text("template") is { } id ? call.World.Get("vms", id) : null;
        var vm = New(call.World, node, call.Text("name")!, template);
        vm["cpu"] = call.Number("cpu");
        vm["memory_mb"] = call.Number("memory_mb");
        vm["tags"] = Objects.Words(call.Fields.Texts("tags"));
        var size = call.Number("disk_gb") ?? 16;
        var storage = DeviceHandlers.Storage(call, vm, call.Text("storage")!);
        vm["disks"] = new JsonArray(new JsonObject { ["key"] = "disk0", ["storage"] = storage.Text("name"), ["size_gb"] = size, ["format"] = "raw", ["ssd"] = null });
        return call.World.Tasks.Start(call, "vm.create", vm, (10, () => Arrive(call.World, vm, storage, size)));
    }

    public static PxTask Clone(PxCall call)
    {
        var source = VmHandlers.Free(call);
        var node = call.World.Node(source.Text("cluster")!, call.Text("node") ?? source.Text("node")!);
        var copy = New(call.World, node, call.Text("name")!, source);
        return call.World.Tasks.Start(call, "vm.clone", source, (25, () =>
        {
            call.World["vms"].Add(copy);
            call.World.Recount();
        }
        ));
    }

    public static PxTask Delete(PxCall call)
    {
        var vm = VmHandlers.Stopped(call);
        if (vm.Flag("protection"))
        {
            throw PxError.Conflict($"{vm.Text("name")} is protected.");
        }

        return call.World.Tasks.Start(call, "vm.delete", vm, (6, () =>
        {
            foreach (var collection in (string[])["snapshots", "firewall", "shares", .. call.QueryText("purge_backups") == "true" ? (string[])["backups"] : []])
            {
                call.World[collection].RemoveAll(item => item.Text("vm_id") == vm.Text("id"));
            }

            call.World["vms"].Remove(vm);
            call.World.Recount();
        }
        ));
    }

    private static void Arrive(PxWorld world, JsonObject vm, JsonObject storage, int size)
    {
        if (storage.Number("used_gb") + size > storage.Number("total_gb"))
        {
            throw PxError.Conflict($"No space left on {storage.Text("name")}.");
        }

        storage["used_gb"] = storage.Number("used_gb") + size;
        world["vms"].Add(vm);
        world.Recount();
    }

    private static JsonObject New(PxWorld world, JsonObject node, string name, JsonObject? from)
    {
        var cluster = node.Text("cluster")!;
        var number = world["vms"].Where(vm => vm.Text("cluster") == cluster).Select(static vm => vm.Number("vmid")).DefaultIfEmpty(99).Max() + 1;
        var vm = new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{cluster}:{node.Text("name")}:{number}"),
            ["name"] = name,
            ["vmid"] = number,
            ["cluster"] = cluster,
            ["node"] = node.Text("name"),
            ["platform"] = world.Get("clusters", cluster).Text("platform"),
            ["status"] = "stopped",
            ["cpu"] = from?.Number("cpu") ?? 1,
            ["memory_mb"] = from?.Number("memory_mb") ?? 1024,
            ["tags"] = from?["tags"]?.DeepClone() ?? new JsonArray(),
            ["template"] = false,
            ["ip"] = null,
            ["uptime"] = 0,
            ["description"] = "",
            ["disks"] = from?["disks"]?.DeepClone() ?? new JsonArray(),
            ["nics"] = from?["nics"]?.DeepClone() ?? new JsonArray(),
            ["protection"] = false,
            ["lock"] = null,
            ["created_at"] = world.Seconds,
            ["firewall_enabled"] = false,
        };
        return vm;
    }
}
