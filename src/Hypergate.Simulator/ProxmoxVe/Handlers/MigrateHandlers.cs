using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Guests that move to another node.</summary>
internal static class MigrateHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /nodes/{node}/qemu/{vmid}/migrate", Precondition);
        table.Add("GET /nodes/{node}/lxc/{vmid}/migrate", ContainerPrecondition);
        table.Add("POST /nodes/{node}/qemu/{vmid}/migrate", static call => Migrate(call, "qemu"));
        table.Add("POST /nodes/{node}/lxc/{vmid}/migrate", static call => Migrate(call, "lxc"));
    }

    private static JsonObject Precondition(Call call)
    {
        var guest = call.Guest("qemu");
        var row = Row(
            ("running", guest.State == RunState.Stopped ? 0 : 1), ("local_disks", Rows.Array(LocalDisks(call.Cluster, guest))), ("local_resources", new JsonArray()),
            ("mapped-resources", new JsonArray()), ("mapped-resource-info", new JsonObject()), ("has-dbus-vmstate", 1));
        if (guest.State == RunState.Stopped)
        {
            AddNodes(row, call, guest);
        }

        return row;
    }

    private static JsonObject ContainerPrecondition(Call call)
    {
        var guest = call.Guest("lxc");
        var row = Row(("running", guest.State == RunState.Stopped ? 0 : 1));
        AddNodes(row, call, guest);
        return row;
    }

    // Every other node, with the storages that it lacks.
    private static void AddNodes(JsonObject row, Call call, Guest guest)
    {
        var used = Disk.Of(guest.Config.Values).Select(static disk => disk.Storage).OfType<string>().Distinct().ToList();
        var checkedNodes = call.Cluster.Nodes.Where(node => node.Name != guest.Node).ToDictionary(
            static node => node.Name,
            node => used.FindAll(id => !call.Cluster.Volumes.Storage(id).OnNode(node.Name)));
        row["allowed_nodes"] = Rows.Array(checkedNodes.Where(static node => node.Value.Count == 0).Select(static node => JsonValue.Create(node.Key)));
        row["not_allowed_nodes"] = new JsonObject(checkedNodes.Select(static node => KeyValuePair.Create(
            node.Key,
            (JsonNode?)(node.Value.Count == 0 ? [] : Row(("unavailable_storages", Rows.Array(node.Value.Select(static id => JsonValue.Create(id)))))))));
    }

    private static IEnumerable<JsonNode> LocalDisks(Cluster cluster, Guest guest) =>
        from disk in Disk.Of(guest.Config.Values)
        where disk.Storage is not null && !cluster.Volumes.Storage(disk.Storage).Shared
        select LocalDisk(guest, disk);

    private static JsonObject LocalDisk(Guest guest, Disk disk)
    {
        var row = Row(
            ("volid", disk.Volume), ("drivename", disk.Key), ("size", disk.Size), ("cdrom", disk.IsCdrom ? 1 : 0), ("is_attached", 1), ("is_unused", 0),
            ("is_vmstate", 0), ("is_tpmstate", 0), ("is_cloudinit", disk.IsCloudInit ? 1 : 0), ("replicate", disk.Option("replicate") == "0" ? 0 : 1), ("shared", 0));
        var snapshots = guest.Config.Snapshots.Values.Where(snapshot => Disk.Of(snapshot.Values).Any(old => old.Volume == disk.Volume)).ToList();
        if (snapshots.Count > 0)
        {
            row["referenced_in_snapshot"] = new JsonObject(snapshots.Select(static snapshot => KeyValuePair.Create(snapshot.Name, (JsonNode?)1)));
        }

        return row;
    }

    private static JsonNode Migrate(Call call, string type)
    {
        var target = call.Parameters.Required("target");
        if (target == call.Node)
        {
            throw PveError.Parameter("target", "target is local node.");
        }

        if (call.Cluster.Node(target) is not { } node)
        {
            throw new PveError($"no such cluster node '{target}'");
        }

        GuestTexts.DemandRootFor(call, "force", "migration_type", "migration_network");
        var guest = call.Guest(type);
        GuestTexts.DemandUnlocked(guest, call);
        DemandMode(call, guest);
        foreach (var storage in call.Parameters.List(guest.IsQemu ? "targetstorage" : "target-storage").Where(static pair => pair != "1"))
        {
            call.Cluster.Volumes.Usable(storage.Split(':')[^1], target);
        }

        return HaRequests.Migrate(call, type, target)
            ?? call.Start(guest.IsQemu ? "qmigrate" : "vzmigrate", $"{call.VmId}", task => Migrating(call, guest, node, task));
    }

    private static void DemandMode(Call call, Guest guest)
    {
        if (guest.State == RunState.Stopped)
        {
            return;
        }

        if (guest.IsQemu && !call.Flag("online"))
        {
            throw new PveError("can't migrate running VM without --online");
        }

        if (!guest.IsQemu && !call.Flag("online") && !call.Flag("restart"))
        {
            throw new PveError("can't migrate running container without --online or --restart");
        }
    }

    private static IEnumerable<TimeSpan> Migrating(Call call, Guest guest, ClusterNode target, PveTask task)
    {
        void Log(string text) => task.Log($"{call.Cluster.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {text}");
        if (!guest.IsQemu && guest.State != RunState.Stopped && !call.Flag("restart"))
        {
            throw new TaskError("lxc live migration is currently not implemented");
        }

        Log($"starting migration of {guest.Label} to node '{target.Name}' ({target.Address})");
        if (!target.Reachable)
        {
            Log("ERROR: migration aborted (duration 00:00:00): Can't connect to destination address using public key");
            throw new TaskError("migration aborted");
        }

        var local = Disk.Of(guest.Config.Values).Where(disk => disk.Storage is { } id && !call.Cluster.Volumes.Storage(id).Shared).ToList();
        if (guest.State == RunState.Running && guest.IsQemu && local.Count > 0 && !call.Flag("with-local-disks"))
        {
            Log("ERROR: migration aborted (duration 00:00:00): Problem found while scanning volumes - can't live migrate attached local disks without with-local-disks option");
            throw new TaskError("migration aborted");
        }

        guest.Lock = "migrate";
        yield return TimeSpan.FromSeconds(8 + (20 * local.Count));
        foreach (var disk in local)
        {
            Log($"copying local disk '{disk.Volume}' to node '{target.Name}'");
            if (call.Cluster.Volumes.Find(disk.Volume) is { } volume)
            {
                volume.Node = target.Name;
            }
        }

        guest.Node = target.Name;
        guest.Lock = null;
        Log("migration finished successfully (duration 00:00:08)");
    }
}
