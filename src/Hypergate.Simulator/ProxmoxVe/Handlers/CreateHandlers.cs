using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>New guests, from nothing or from a backup.</summary>
internal static class CreateHandlers
{
    private static readonly HashSet<string> Control =
    [
        "node", "vmid", "archive", "storage", "force", "unique", "bwlimit", "pool", "start", "restore", "ostemplate", "live-restore", "import-working-storage",
        "ha-managed", "ignore-unpack-errors", "password", "ssh-public-keys",
    ];

    public static void AddTo(HandlerTable table)
    {
        table.Add("POST /nodes/{node}/qemu", static call => Create(call, "qemu"));
        table.Add("POST /nodes/{node}/lxc", static call => Create(call, "lxc"));
    }

    private static JsonNode Create(Call call, string type)
    {
        var machine = type == "qemu";
        var archive = machine ? call["archive"] : call.Flag("restore") ? call["ostemplate"] : null;
        DemandRights(call);
        var options = call.Parameters.Names.Where(name => !Control.Contains(name) && call.Parameters.Has(name)).ToList();
        if (call["storage"] is { } storage)
        {
            call.Cluster.Volumes.Usable(storage, call.Node);
            call.Need($"/storage/{storage}", "Datastore.AllocateSpace");
        }

        foreach (var disk in options.Where(Disk.IsKey))
        {
            if (archive is not null && machine)
            {
                throw PveError.Parameter(disk, "option conflicts with option 'archive'");
            }

            NewDisk.Demand(call, disk, WithStorage(call, disk));
        }

        OptionRights.Demand(call, call.VmId, machine, options.Where(static option => option != "lock"));
        var backup = archive is null || (!machine && !call.Flag("restore")) ? null : Backup(call, archive);
        return Start(call, type, options, backup);
    }

    private static JsonNode Start(Call call, string type, List<string> options, Volume? backup)
    {
        var verb = backup is null ? "create" : "restore";
        var label = type == "qemu" ? "VM" : "CT";
        var failed = $"unable to {verb} {label} {call.VmId} - ";
        if (call.Cluster.Guests.TryGetValue(call.VmId, out var existing))
        {
            if (backup is null || !call.Flag("force"))
            {
                throw new PveError($"{failed}{(existing.IsQemu ? "VM" : "CT")} {call.VmId} already exists on node '{existing.Node}'");
            }

            Overwrite(call, existing, failed);
        }

        var guest = call.Cluster.Guests[call.VmId] = new Guest { VmId = call.VmId, Type = type, Node = call.Node, CreatedAt = call.Cluster.Now };
        guest.Lock = "create";
        if (call["pool"] is { } pool && call.Cluster.Pools.TryGetValue(pool, out var members))
        {
            members.Guests.Add(guest.VmId);
        }

        return call.Start($"{(type == "qemu" ? "qm" : "vz")}{verb}", $"{call.VmId}", task =>
            backup is null ? Creating(call, guest, options, task) : Restoring(call, guest, options, backup, task));
    }

    private static void DemandRights(Call call)
    {
        if (call.May($"/vms/{call.VmId}", "VM.Allocate"))
        {
            return;
        }

        if (call["pool"] is not { } pool || !call.May($"/pool/{pool}", "VM.Allocate"))
        {
            throw PveError.Forbidden("");
        }
    }

    private static Volume Backup(Call call, string archive)
    {
        var volume = call.Cluster.Volumes.Find(archive);
        return volume ?? throw new PveError(
            archive.Contains(':', StringComparison.Ordinal) && call.Cluster.Volumes.Storage(archive.Split(':')[0]) is { } storage
                ? $"ERROR: file '{storage.Path}/dump/{archive.Split('/')[^1]}' does not exist"
                : $"can't find archive file '{archive}'");
    }

    private static void Overwrite(Call call, Guest existing, string failed)
    {
        if (existing.Config["protection"] == "1")
        {
            throw new PveError($"{failed} - protection mode enabled");
        }

        if (existing.State != RunState.Stopped)
        {
            throw new PveError($"{failed}{(existing.IsQemu ? "vm" : "CT")} is running");
        }

        DestroyHandlers.FreeVolumes(call.Cluster, existing);
    }

    // "4" alone is a size on the storage that was named for all.
    private static string WithStorage(Call call, string key)
    {
        var value = call[key]!;
        return !value.Split(',')[0].Contains(':', StringComparison.Ordinal) && char.IsAsciiDigit(value[0]) && call["storage"] is { } storage ? $"{storage}:{value}" : value;
    }

    private static IEnumerable<TimeSpan> Creating(Call call, Guest guest, List<string> options, PveTask task)
    {
        yield return TimeSpan.FromSeconds(2);
        foreach (var option in options.OrderBy(static option => option, StringComparer.Ordinal))
        {
            var value = Disk.IsKey(option) ? NewDisk.Make(call, guest, option, WithStorage(call, option), task.Log) : call[option]!;
            guest.Config[option] = OptionText.Normal(call.Cluster, guest.IsQemu, option, value);
        }

        Defaults(call, guest, task);
        Finish(call, guest);
    }

    private static void Defaults(Call call, Guest guest, PveTask task)
    {
        var config = guest.Config;
        if (!guest.IsQemu)
        {
            config["arch"] ??= "amd64";
            config["hostname"] ??= $"CT{guest.VmId}";
            config["memory"] ??= "512";
            config["swap"] ??= "512";
            config["unprivileged"] ??= "1";
            config["ostype"] ??= call["ostemplate"] is { } template && template.Contains("ubuntu", StringComparison.Ordinal) ? "ubuntu" : "debian";
            task.Log($"extracting archive '{call["ostemplate"]}'");
            return;
        }

        config["meta"] = $"creation-qemu=11.0.0,ctime={call.Cluster.Seconds}";
        config["smbios1"] ??= $"uuid={Guid.NewGuid()}";
        config["vmgenid"] ??= Guid.NewGuid().ToString();
        if (config["boot"] is null && config.Values.Keys.Where(static key => Disk.IsKey(key) || key.StartsWith("net", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } devices)
        {
            config["boot"] = "order=" + (devices.Find(Disk.IsKey) is { } disk ? disk : devices[0]);
        }
    }

    private static IEnumerable<TimeSpan> Restoring(Call call, Guest guest, List<string> options, Volume backup, PveTask task)
    {
        task.Log($"restore vma archive: zstd -q -d -c {Volumes.PathOf(call.Cluster.Storages[backup.VolumeId.Split(':')[0]], backup)} | vma extract -v -r /var/tmp/vzdumptmp.fifo - /var/tmp/vzdumptmp");
        yield return TimeSpan.FromSeconds(20);
        var saved = backup.SavedConfig ?? new SortedDictionary<string, string>(StringComparer.Ordinal) { ["memory"] = "512", ["name"] = $"VM {guest.VmId}" };
        foreach (var (option, value) in saved)
        {
            guest.Config[option] = Disk.IsKey(option) ? Restored(call, guest, Disk.Parse(option, value), task) : value;
        }

        foreach (var option in options)
        {
            guest.Config[option] = OptionText.Normal(call.Cluster, guest.IsQemu, option, call[option]!);
        }

        if (call.Flag("unique"))
        {
            guest.Config["vmgenid"] = Guid.NewGuid().ToString();
        }

        Finish(call, guest);
    }

    private static string Restored(Call call, Guest guest, Disk disk, PveTask task)
    {
        if (disk.IsCdrom || disk.Storage is null)
        {
            return disk.Text;
        }

        var storage = call.Cluster.Volumes.Storage(call["storage"] ?? disk.Storage);
        var volume = call.Cluster.Volumes.Allocate(guest, storage, disk.Size, Volumes.FormatOf(storage, null, !guest.IsQemu));
        task.Log(Volumes.Creation(storage, volume));
        return (disk with { Volume = volume.VolumeId }).Text;
    }

    private static void Finish(Call call, Guest guest)
    {
        guest.Lock = null;
        if (call.Flag("start"))
        {
            GuestPower.TurnOn(call.Cluster, guest);
        }
    }
}
