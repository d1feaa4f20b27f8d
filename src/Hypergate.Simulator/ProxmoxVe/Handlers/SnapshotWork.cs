using Hypergate.Simulator.ProxmoxVe.Metrics;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>What the tasks of snapshots do. The lock that they hold stays where they are stopped.</summary>
internal sealed class SnapshotWork(Call call, Guest guest, PveTask task)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private readonly GuestConfig _config = guest.Config;

    public IEnumerable<TimeSpan> Take(string name)
    {
        if (guest.IsTemplate)
        {
            throw new TaskError("you can't take a snapshot if it's a template");
        }

        GuestTexts.DemandUnlocked(guest, call);
        if (_config.Snapshots.ContainsKey(name))
        {
            throw new TaskError($"snapshot name '{name}' already used");
        }

        if (Disks().Any(disk => !CanSnapshot(disk)))
        {
            throw new TaskError("snapshot feature is not available");
        }

        guest.Lock = "snapshot";
        var values = new SortedDictionary<string, string>(_config.Values, StringComparer.Ordinal);
        values.Remove("lock");
        values.Remove("description");
        var memory = call.Flag("vmstate") && guest.State != RunState.Stopped ? SaveMemory(name) : null;
        if (memory is not null)
        {
            yield return TimeSpan.FromSeconds(5);
            task.Log("completed saving the VM state in 1s, saved 1.18 MiB");
        }

        foreach (var disk in Disks())
        {
            task.Log(guest.IsQemu ? $"snapshotting 'drive-{disk.Key}' ({disk.Volume})" : $"create snapshot on volume '{disk.Volume}'");
            if (guest.IsQemu && guest.State != RunState.Stopped && call.Cluster.Volumes.Find(disk.Volume)?.Format == "qcow2")
            {
                task.Log("internal qemu snapshot");
            }
        }

        yield return Short;
        _config.Snapshots[name] = new GuestSnapshot
        {
            Name = name,
            Values = values,
            Parent = _config.Parent,
            Time = call.Cluster.Seconds,
            Description = call["description"] ?? "",
            StateVolume = memory,
        };
        _config.Parent = name;
        guest.Lock = null;
    }

    public IEnumerable<TimeSpan> Delete(string name)
    {
        var snapshot = Snapshot(name);
        if (guest.IsTemplate)
        {
            throw new TaskError("you can't delete a snapshot if vm is a template");
        }

        GuestTexts.DemandUnlocked(guest, call);
        guest.Lock = "snapshot-delete";
        yield return TimeSpan.FromSeconds(2);
        foreach (var child in _config.Snapshots.Values.Where(child => child.Parent == name))
        {
            child.Parent = snapshot.Parent;
        }

        _config.Parent = _config.Parent == name ? snapshot.Parent : _config.Parent;
        if (snapshot.StateVolume is { } state)
        {
            call.Cluster.Volumes.Free(state);
        }

        _config.Snapshots.Remove(name);
        guest.Lock = null;
    }

    // A running guest is stopped first; it runs again with its saved memory, or where that is asked for.
    public IEnumerable<TimeSpan> Rollback(string name)
    {
        if (guest.IsTemplate)
        {
            throw new TaskError("you can't rollback if vm is a template");
        }

        var snapshot = Snapshot(name);
        DemandNewest(snapshot);
        GuestTexts.DemandUnlocked(guest, call);
        guest.Lock = "rollback";
        if (guest.State != RunState.Stopped)
        {
            GuestPower.TurnOff(guest);
        }

        yield return TimeSpan.FromSeconds(3);
        var description = _config["description"];
        _config.Pending.Clear();
        _config.PendingDeletes.Clear();
        _config.Replace(snapshot.Values);
        _config["description"] = description;
        _config.Parent = name;
        if (snapshot.StateVolume is not null || call.Flag("start"))
        {
            GuestPower.TurnOn(call.Cluster, guest);
        }
    }

    private GuestSnapshot Snapshot(string name) => _config.Snapshots.GetValueOrDefault(name) ?? throw GuestTexts.NoSnapshot(name);

    // ZFS only goes back to the newest one.
    private void DemandNewest(GuestSnapshot snapshot)
    {
        var onZfs = Disks().FirstOrDefault(disk => call.Cluster.Storages.GetValueOrDefault(disk.Storage ?? "")?.Type == "zfspool");
        if (onZfs is not null && _config.Snapshots.Values.Any(other => other.Time > snapshot.Time))
        {
            throw new TaskError($"can't rollback, '{snapshot.Name}' is not most recent snapshot on '{onZfs.Volume}'");
        }
    }

    private IEnumerable<Disk> Disks() => Disk.Of(_config.Values).Where(static disk => !disk.IsCdrom && disk.Storage is not null);

    private bool CanSnapshot(Disk disk) => call.Cluster.Storages.GetValueOrDefault(disk.Storage!) is { } storage
        && (!storage.IsFileBased || call.Cluster.Volumes.Find(disk.Volume)?.Format == "qcow2");

    private string SaveMemory(string name)
    {
        var id = _config["vmstatestorage"] ?? Disks().FirstOrDefault()?.Storage ?? "local";
        var storage = call.Cluster.Volumes.Storage(id);
        var volume = call.Cluster.Volumes.AllocateNamed(guest, storage, $"vm-{guest.VmId}-state-{name}", (2 * Figures.MaxMemory(guest)) + (500L << 20));
        task.Log(Volumes.Creation(storage, volume));
        task.Log($"saving VM state and RAM using storage '{id}'");
        return volume.VolumeId;
    }
}
