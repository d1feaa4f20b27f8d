using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Moves of VMs: to another host of the pool, to other storage, to another pool.</summary>
internal static class MigrateRules
{
    private static readonly string[] Active = ["Running", "Paused"];
    private static readonly string[] AnyState = ["Running", "Halted", "Paused", "Suspended"];

    public static IEnumerable<OperationRule> All =>
        [new OperationRule("POST /vms/{id}/actions/migrate", Migrate).Taking(0.8)];

    private static JsonNode? Migrate(OperationContext context)
    {
        var (world, vm, body) = (context.World, context.Target("vms"), context.Body!);
        var host = world.Require("hosts", body.Text("hostId"));
        var storage = Storages(world, host, body);
        var networks = Networks(world, host, body);
        var leavesPool = host.Pool() != vm.Pool();
        if (!leavesPool && networks.Count > 0)
        {
            throw XoErrors.Invalid($"VIF mapping is not allowed for intra-pool migration");
        }

        var movesDisks = leavesPool || storage.Default is not null || storage.ByDisk.Count > 0;
        PowerRules.Check(vm, movesDisks ? "migrate_send" : "pool_migrate", movesDisks ? AnyState : Active);
        var state = vm.Text("power_state");
        var active = state is "Running" or "Paused";
        if (active && !Placement.IsReady(host))
        {
            throw XoErrors.Hypervisor("HOST_DISABLED", host.Reference());
        }

        if (leavesPool)
        {
            storage = storage with { Default = storage.Default ?? Storage.DefaultOf(world, host.Pool()) };
            PoolMove.Run(world, vm, host, networks);
        }

        MoveDisks(world, vm, storage);
        Placement.SetState(world, vm, state, active ? host : null);
        return null;
    }

    private static void MoveDisks(DataCentre world, JsonObject vm, StoragePlan storage)
    {
        foreach (var machine in vm.Ids("snapshots").Select(id => world.Require("vm-snapshots", id)).Prepend(vm))
        {
            foreach (var device in SnapshotRecord.Disks(world, machine).ToList())
            {
                var disk = world.FindIn(Links.Disks, device.Text("VDI"))!.Value.Item;
                var sr = storage.ByDisk.GetValueOrDefault(disk.Id()) ?? storage.Default;
                if (sr is not null && sr.Id() != disk.Text("$SR"))
                {
                    Storage.MoveDisk(world, disk, sr);
                }
            }
        }
    }

    private static StoragePlan Storages(DataCentre world, JsonObject host, JsonObject body)
    {
        var all = body.TextOrNull("srId") is { } id ? InPool(world.Require("srs", id), host) : null;
        var byDisk = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (disk, sr) in body["srIdByVdiId"]?.AsObject() ?? [])
        {
            byDisk[world.Require("vdis", disk).Id()] = InPool(world.Require("srs", sr!.GetValue<string>()), host);
        }

        return new(all, byDisk);
    }

    private static Dictionary<string, string> Networks(DataCentre world, JsonObject host, JsonObject body)
    {
        var networks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (vif, network) in body["networkIdByVifId"]?.AsObject() ?? [])
        {
            var target = InPool(world.Require("networks", network!.GetValue<string>()), host);
            networks[world.Require("vifs", vif).Id()] = target.Id();
        }

        return networks;
    }

    private static JsonObject InPool(JsonObject item, JsonObject host) => item.Pool() == host.Pool()
        ? item
        : throw XoErrors.Invalid($"{item.Text("type")} {item.Id()} does not belong to the pool of host {host.Id()}");

    /// <summary>Where each disk goes: as named, or with the others; where neither says anything, it stays.</summary>
    private sealed record StoragePlan(JsonObject? Default, Dictionary<string, JsonObject> ByDisk);
}
