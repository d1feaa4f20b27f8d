using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.Tasks;
using Hypergate.Simulator.PxCloud.World;
using Hypergate.Simulator.PxCloud.World.Seed;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Snapshots and backups.</summary>
internal static class SavedWork
{
    public static PxTask Snapshot(PxCall call)
    {
        var (vm, name) = (VmHandlers.Free(call), call.Text("name")!);
        if (call.World["snapshots"].Exists(known => known.Text("vm_id") == vm.Text("id") && known.Text("name") == name))
        {
            throw PxError.Conflict($"{vm.Text("name")} has a snapshot '{name}' already.");
        }

        return call.World.Tasks.Start(call, "vm.snapshot", vm, (4, () => PlaceSeed.Add(call.World, "snapshots", new JsonObject
        {
            ["vm_id"] = vm.Text("id"),
            ["name"] = name,
            ["description"] = call.Text("description") ?? "",
            ["created_at"] = call.World.Seconds,
            ["with_memory"] = call.Flag("with_memory"),
            ["_status"] = call.Flag("with_memory") ? vm.Text("status") : "stopped",
        })));
    }

    public static PxTask Rollback(PxCall call)
    {
        var (vm, snapshot) = (VmHandlers.Free(call), Own(call));
        return call.World.Tasks.Start(call, "vm.rollback", vm, (8, () =>
        {
            vm["status"] = snapshot.Text("_status");
            call.World["snapshots"].RemoveAll(other => other.Text("vm_id") == vm.Text("id") && other.Number("created_at") > snapshot.Number("created_at"));
            call.World.Recount();
        }
        ));
    }

    public static PxTask DeleteSnapshot(PxCall call)
    {
        var snapshot = Own(call);
        return call.World.Tasks.Start(call, "vm.snapshot-delete", VmHandlers.Free(call), (4, () => call.World["snapshots"].Remove(snapshot)));
    }

    public static PxTask Backup(PxCall call)
    {
        var vm = VmHandlers.Free(call);
        var storage = DeviceHandlers.Storage(call, vm, call.Text("storage")!);
        var size = vm.List("disks").Sum(static disk => ((JsonObject)disk!).Number("size_gb")) / 2;
        return call.World.Tasks.Start(call, "vm.backup", vm, (60, () =>
        {
            if (storage.Number("used_gb") + size > storage.Number("total_gb"))
            {
                throw PxError.Conflict($"No space left on {storage.Text("name")}.");
            }

            storage["used_gb"] = storage.Number("used_gb") + size;
            PlaceSeed.Add(call.World, "backups", new JsonObject
            {
                ["vm_id"] = vm.Text("id"),
                ["storage"] = storage.Text("name"),
                ["created_at"] = call.World.Seconds,
                ["size_gb"] = size,
                ["protected"] = call.Flag("protected"),
            });
        }
        ));
    }

    public static PxTask Restore(PxCall call)
    {
        var backup = call.World.Get("backups", call.Last);
        var vm = call.World.Get("vms", backup.Text("vm_id")!);
        if (vm.Text("status") != "stopped")
        {
            throw PxError.Conflict($"{vm.Text("name")} is {vm.Text("status")}; stop it first.");
        }

        return call.World.Tasks.Start(call, "vm.restore", vm, (60, () => vm["status"] = call.Flag("start") ? "running" : "stopped"));
    }

    private static JsonObject Own(PxCall call)
    {
        var (vm, wish) = (call.World.Get("vms", call.Path["id"]), call.Path["snapshot"]);
        return call.World["snapshots"].Find(known => known.Text("vm_id") == vm.Text("id") && (known.Text("id") == wish || known.Text("name") == wish)) ?? throw PxError.NotFound("snapshot", wish);
    }
}
