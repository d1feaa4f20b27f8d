using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Copies of guests, and templates to copy from.</summary>
internal static class CloneHandlers
{
    public static void AddTo(HandlerTable table)
    {
        foreach (var type in (string[])["qemu", "lxc"])
        {
            table.Add($"POST /nodes/{{node}}/{type}/{{vmid}}/clone", call => Clone(call, type));
            table.Add($"POST /nodes/{{node}}/{type}/{{vmid}}/template", call => Template(call, type));
        }
    }

    private static JsonNode Clone(Call call, string type)
    {
        var source = call.Guest(type);
        var id = (int)call.Parameters.Integer("newid")!.Value;
        var target = call["target"] ?? call.Node;
        if (call["storage"] is { } storage)
        {
            call.Need($"/storage/{storage}", "Datastore.AllocateSpace");
            call.Cluster.Volumes.Usable(storage, target);
        }

        if (call.Cluster.Node(target) is null)
        {
            throw new PveError($"no such cluster node '{target}'");
        }

        GuestTexts.DemandUnlocked(source, call);
        var values = Values(call, source);
        var full = call.Parameters.Flag("full", !source.IsTemplate);
        DemandPossible(call, source, values, full);
        if (target != call.Node && Disk.Of(values).Any(disk => disk.Storage is { } on && !call.Cluster.Volumes.Storage(on).Shared))
        {
            throw new PveError($"can't clone {(source.IsQemu ? "VM" : "CT")} to node '{target}' ({(source.IsQemu ? "VM" : "CT")} uses local storage)");
        }

        if (call.Cluster.Guests.ContainsKey(id))
        {
            throw new PveError($"unable to create {(source.IsQemu ? "VM" : "CT")} {id}: config file already exists");
        }

        return Start(call, source, new Guest { VmId = id, Type = type, Node = target, CreatedAt = call.Cluster.Now }, values, full);
    }

    private static JsonNode Start(Call call, Guest source, Guest copy, SortedDictionary<string, string> values, bool full)
    {
        call.Cluster.Guests[copy.VmId] = copy;
        copy.Lock = "clone";
        if (call["pool"] is { } pool && call.Cluster.Pools.TryGetValue(pool, out var members))
        {
            members.Guests.Add(copy.VmId);
        }

        return call.Start(source.IsQemu ? "qmclone" : "vzclone", $"{source.VmId}", task => Cloning(call, source, copy, values, full, task));
    }

    private static SortedDictionary<string, string> Values(Call call, Guest source) => call["snapname"] is { } name
        ? source.Config.Snapshots.GetValueOrDefault(name)?.Values ?? throw new PveError($"snapshot '{name}' does not exist")
        : source.Config.Values;

    private static void DemandPossible(Call call, Guest source, SortedDictionary<string, string> values, bool full)
    {
        if (full)
        {
            return;
        }

        foreach (var parameter in ((string[])["storage", "format"]).Where(call.Parameters.Has))
        {
            throw new PveError($"parameter '{parameter}' not allowed for linked clones");
        }

        if (!source.IsTemplate && Disk.Of(values).FirstOrDefault(static disk => !disk.IsCdrom) is { } disk)
        {
            throw new PveError(source.IsQemu ? $"Linked clone feature is not supported for drive '{disk.Key}'" : $"Linked clone feature for '{disk.Volume}' is not available");
        }
    }

    private static IEnumerable<TimeSpan> Cloning(Call call, Guest source, Guest copy, SortedDictionary<string, string> values, bool full, PveTask task)
    {
        if (source.IsQemu)
        {
            task.Log($"creating a clone of VM {source.VmId} with ID {copy.VmId}");
        }

        var config = copy.Config;
        foreach (var (option, value) in values.Where(static entry => entry.Key is not ("template" or "lock" or "parent" or "description" or "protection") && !Disk.IsUnused(entry.Key)))
        {
            config[option] = value;
        }

        foreach (var disk in Disk.Of(values).Where(static disk => !disk.IsCdrom && disk.Storage is not null))
        {
            yield return TimeSpan.FromSeconds(full ? 10 : 1);
            config[disk.Key] = full ? Full(call, copy, disk, task) : Linked(call, copy, disk, task);
        }

        Rename(call, copy, source);
        copy.Lock = null;
    }

    private static void Rename(Call call, Guest copy, Guest source)
    {
        var config = copy.Config;
        foreach (var net in config.Values.Keys.Where(static key => key.StartsWith("net", StringComparison.Ordinal)).ToList())
        {
            config[net] = System.Text.RegularExpressions.Regex.Replace(
                config[net]!, "[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}", OptionText.RandomMac(call.Cluster), System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        }

        if (source.IsQemu)
        {
            config["name"] = call["name"] ?? $"Copy-of-VM-{source.Name}";
            config["smbios1"] = $"uuid={Guid.NewGuid()}";
            config["vmgenid"] = Guid.NewGuid().ToString();
            config["meta"] = $"creation-qemu=11.0.0,ctime={call.Cluster.Seconds}";
        }
        else
        {
            config["hostname"] = call["hostname"] ?? $"Copy-of-CT-{source.Name}";
        }

        config["description"] = call["description"];
    }

    private static string Full(Call call, Guest copy, Disk disk, PveTask task)
    {
        task.Log($"create full clone of {(copy.IsQemu ? "drive" : "mountpoint")} {disk.Key} ({disk.Volume})");
        var volumes = call.Cluster.Volumes;
        var storage = volumes.Storage(call["storage"] ?? disk.Storage!);
        var original = volumes.Find(disk.Volume);
        var format = Volumes.FormatOf(storage, call["format"] ?? (storage.IsFileBased ? original?.Format : null), !copy.IsQemu);
        var volume = volumes.Allocate(copy, storage, disk.Size, format);
        volume.Used = original?.Used ?? volume.Used;
        task.Log(Volumes.Creation(storage, volume));
        if (copy.IsQemu)
        {
            var size = DiskSize.Readable(disk.Size);
            task.Log($"allocated target volume '{volume.VolumeId}'");
            task.Log($"transferred 0.0 B of {size} (0.00%)");
            task.Log($"transferred {size} of {size} (100.00%)");
            task.Log($"transferred {size} of {size} (100.00%)");
        }

        return (disk with { Volume = volume.VolumeId }).Text;
    }

    private static string Linked(Call call, Guest copy, Disk disk, PveTask task)
    {
        var storage = call.Cluster.Volumes.Storage(disk.Storage!);
        var original = call.Cluster.Volumes.Find(disk.Volume)!;
        task.Log($"create linked clone of {(copy.IsQemu ? "drive" : "mountpoint")} {disk.Key} ({disk.Volume})");
        var volume = call.Cluster.Volumes.Allocate(copy, storage, disk.Size, storage.IsFileBased ? "qcow2" : original.Format, original);
        if (storage.IsFileBased)
        {
            var file = volume.Name.Split('/')[^1];
            task.Log($"clone {original.Name}: images, {file}, {copy.VmId} to {file} (base={volume.Parent})");
            task.Log(Volumes.Creation(storage, volume));
        }

        return (disk with { Volume = volume.VolumeId }).Text;
    }

    private static JsonNode? Template(Call call, string type)
    {
        var guest = call.Guest(type);
        var (label, state) = guest.IsQemu ? ("VM", "VM is running") : ("CT", "the CT is running");
        GuestTexts.DemandUnlocked(guest, call);
        if (guest.Config.Snapshots.Count > 0)
        {
            throw new PveError($"unable to create template, because {label} contains snapshots");
        }

        if (guest.IsTemplate)
        {
            throw new PveError("you can't convert a template to a template");
        }

        if (guest.State != RunState.Stopped)
        {
            throw new PveError($"you can't convert a {label} to template if {state}");
        }

        if (!guest.IsQemu)
        {
            Convert(call, guest);
            return null;
        }

        return call.Start("qmtemplate", $"{call.VmId}", _ => Converting(call, guest));
    }

    private static IEnumerable<TimeSpan> Converting(Call call, Guest guest)
    {
        yield return TimeSpan.FromSeconds(1);
        Convert(call, guest);
    }

    // A base image has another name, so that nobody writes to it by mistake.
    private static void Convert(Call call, Guest guest)
    {
        guest.Config["template"] = "1";
        foreach (var disk in Disk.Of(guest.Config.Values).Where(static disk => !disk.IsCdrom).ToList())
        {
            if (call.Cluster.Volumes.Find(disk.Volume) is { } volume)
            {
                volume.VolumeId = volume.VolumeId.Replace($"vm-{guest.VmId}-", $"base-{guest.VmId}-", StringComparison.Ordinal)
                    .Replace($"subvol-{guest.VmId}-", $"basevol-{guest.VmId}-", StringComparison.Ordinal);
                guest.Config[disk.Key] = (disk with { Volume = volume.VolumeId }).Text;
            }
        }
    }
}
