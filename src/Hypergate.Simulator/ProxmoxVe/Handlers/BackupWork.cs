using System.Globalization;
using Hypergate.Simulator.ProxmoxVe.Metrics;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>What the task of a backup does: one node makes one backup at a time.</summary>
internal sealed class BackupWork(Call call, PveTask task)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);
    private readonly Cluster _cluster = call.Cluster;

    public IEnumerable<TimeSpan> Run(IReadOnlyList<int> ids, string storageId)
    {
        if (!_cluster.Storages.TryGetValue(storageId, out var storage))
        {
            throw new TaskError($"could not get storage information for '{storageId}': storage '{storageId}' does not exist");
        }

        if (!storage.Content.Contains("backup"))
        {
            throw new TaskError($"could not get storage information for '{storageId}': can't use storage '{storageId}' for backups - wrong content type");
        }

        foreach (var pause in Queue())
        {
            yield return pause;
        }

        task.Log($"INFO: starting new backup job: vzdump {string.Join(' ', ids)} --storage {storageId} --mode {call["mode"] ?? "snapshot"}");
        var failed = false;
        foreach (var id in ids)
        {
            if (Guest(id) is not { } guest)
            {
                failed = true;
                continue;
            }

            foreach (var pause in One(guest, storage))
            {
                yield return pause;
            }
        }

        task.Log(failed ? "INFO: Backup job finished with errors" : "INFO: Backup job finished successfully");
        if (failed)
        {
            throw new TaskError("job errors");
        }
    }

    private IEnumerable<TimeSpan> Queue()
    {
        bool Ahead() => _cluster.Tasks.All.Any(other =>
            other.Running && other != task && other.Upid.Type == "vzdump" && other.Upid.Node == task.Upid.Node
            && _cluster.Tasks.IsOlder(other, task));
        if (Ahead())
        {
            task.Log("INFO: trying to get global lock - waiting...");
        }

        while (Ahead())
        {
            yield return Glance;
        }
    }

    private Guest? Guest(int id)
    {
        if (!_cluster.Guests.TryGetValue(id, out var guest))
        {
            task.Log($"ERROR: Backup of VM {id} failed - unable to find VM '{id}'");
            return null;
        }

        if (guest.Lock is { } held)
        {
            task.Log($"ERROR: Backup of VM {id} failed - {(guest.IsQemu ? "VM" : "CT")} is locked ({held})");
            return null;
        }

        return guest;
    }

    private IEnumerable<TimeSpan> One(Guest guest, Storage storage)
    {
        var start = _cluster.Now;
        task.Log($"INFO: Starting Backup of VM {guest.VmId} ({guest.Type})");
        task.Log($"INFO: Backup started at {start.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}");
        task.Log($"INFO: status = {guest.State.Word()}");
        guest.Lock = "backup";
        yield return TimeSpan.FromSeconds(30);
        guest.Lock = null;
        var volume = Archive(guest, storage, start);
        storage.Volumes.Add(volume);
        task.Log($"INFO: creating vzdump archive '{Volumes.PathOf(storage, volume)}'");
        task.Log($"INFO: archive file size: {DiskSize.Readable(volume.Size)}");
        Prune(guest, storage, volume);
        task.Log($"INFO: Finished Backup of VM {guest.VmId} ({(_cluster.Now - start).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture)})");
        task.Log($"INFO: Backup finished at {_cluster.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}");
    }

    private Volume Archive(Guest guest, Storage storage, DateTimeOffset start)
    {
        var ending = (call["compress"] ?? "0") switch
        {
            "zstd" => ".zst",
            "gzip" or "1" => ".gz",
            "lzo" => ".lzo",
            _ => "",
        };
        var format = (guest.IsQemu ? "vma" : "tar") + ending;
        var size = Math.Max(2048, Figures.MaxDisk(guest) / 8);
        return new Volume
        {
            VolumeId = $"{storage.Id}:backup/vzdump-{guest.Type}-{guest.VmId}-{start.ToString("yyyy_MM_dd-HH_mm_ss", CultureInfo.InvariantCulture)}.{format}",
            Content = "backup",
            Format = format,
            Node = guest.Node,
            Size = size,
            Used = size,
            VmId = guest.VmId,
            Created = start.ToUnixTimeSeconds(),
            Notes = Notes(guest),
            Protected = call.Flag("protected"),
            Subtype = guest.Type,
            SavedConfig = new SortedDictionary<string, string>(guest.Config.Values, StringComparer.Ordinal),
        };
    }

    private string? Notes(Guest guest) => call["notes-template"]?
        .Replace("{{guestname}}", guest.Name, StringComparison.Ordinal)
        .Replace("{{vmid}}", $"{guest.VmId}", StringComparison.Ordinal)
        .Replace("{{node}}", guest.Node, StringComparison.Ordinal)
        .Replace("{{cluster}}", _cluster.Name, StringComparison.Ordinal)
        .Replace("\\n", "\n", StringComparison.Ordinal);

    // Unless told otherwise, a retention removes older ones.
    private void Prune(Guest guest, Storage storage, Volume made)
    {
        if (call["prune-backups"] is not { } retention || !call.Parameters.Flag("remove", true))
        {
            return;
        }

        var keep = BackupHandlers.Keep(retention);
        foreach (var old in storage.Volumes
            .Where(volume => volume.Content == "backup" && volume.VmId == guest.VmId && !volume.Protected && volume != made)
            .OrderByDescending(static volume => volume.Created)
            .Skip(Math.Max(0, keep - 1))
            .ToList())
        {
            storage.Volumes.Remove(old);
            task.Log($"INFO: prune older backups with retention: {retention}: removing {old.VolumeId}");
        }
    }
}
