using System.Globalization;
using Hypergate.Simulator.ProxmoxVe.Server;

namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>Makes, finds and frees the volumes of guests.</summary>
internal sealed class Volumes(Cluster cluster)
{
    /// <summary>A storage of the configuration; 500 where there is none.</summary>
    public Storage Storage(string id) => cluster.Storages.GetValueOrDefault(id) ?? throw new PveError($"storage '{id}' does not exist");

    /// <summary>A storage that a node may use now.</summary>
    public Storage Usable(string id, string node)
    {
        var storage = Storage(id);
        if (storage.Disabled)
        {
            throw new PveError($"storage '{id}' is disabled");
        }

        return !storage.OnNode(node) ? throw new PveError($"storage '{id}' is not available on node '{node}'")
            : storage.InactiveOn.Contains(node) ? throw new PveError($"storage '{id}' is not online")
            : storage;
    }

    public Volume? Find(string volumeId) =>
        volumeId.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && cluster.Storages.TryGetValue(volumeId[..at], out var storage)
            ? storage.Volumes.Find(volume => volume.VolumeId == volumeId)
            : null;

    /// <summary>The format that a storage makes unless told otherwise.</summary>
    public static string FormatOf(Storage storage, string? wanted, bool container) =>
        storage.IsFileBased ? wanted ?? "raw" : container && storage.Type == "zfspool" ? "subvol" : "raw";

    /// <summary>A new disk of a guest, under the next free number.</summary>
    /// <param name="guest">Whose it is.</param>
    /// <param name="storage">Where it lies.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="format">The format, where the storage has a choice.</param>
    /// <param name="parent">The base that it stands on; null: it is whole.</param>
    public Volume Allocate(Guest guest, Storage storage, long size, string format, Volume? parent = null)
    {
        var prefix = format == "subvol" ? "subvol" : "vm";
        var number = 0;
        while (storage.Volumes.Exists(volume => volume.VmId == guest.VmId && Number(volume) == number))
        {
            number++;
        }

        var name = $"{prefix}-{guest.VmId}-disk-{number}";
        return Add(guest, storage, parent is null ? Path(guest.VmId, storage, name, format) : $"{parent.Name}/{Path(guest.VmId, storage, name, format)}", size, format, parent);
    }

    /// <summary>A volume with a name of its own, such as a saved memory.</summary>
    public Volume AllocateNamed(Guest guest, Storage storage, string name, long size) =>
        Add(guest, storage, Path(guest.VmId, storage, name, "raw"), size, "raw", null);

    /// <summary>What the log says about it.</summary>
    public static string Creation(Storage storage, Volume volume)
    {
        var name = volume.Name.Split('/')[^1];
        if (!storage.IsFileBased)
        {
            return storage.Type == "lvmthin" ? $"  Logical volume \"{name}\" created." : $"created volume '{volume.VolumeId}'";
        }

        var details = volume switch
        {
            { Format: "qcow2", Parent: { } parent } =>
                $"cluster_size=131072 extended_l2=on preallocation=off compression_type=zlib size={volume.Size} backing_file={parent} backing_fmt={parent.Split('.')[^1]} lazy_refcounts=off refcount_bits=16",
            { Format: "qcow2" } =>
                $"cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size={volume.Size} lazy_refcounts=off refcount_bits=16",
            _ => $"size={volume.Size} preallocation=off",
        };
        return $"Formatting '{storage.Path}/images/{volume.VmId}/{name}', fmt={volume.Format} {details}";
    }

    /// <summary>The file of a volume.</summary>
    public static string PathOf(Storage storage, Volume volume) => volume.Content switch
    {
        "iso" => $"{storage.Path}/template/{volume.Name}",
        "vztmpl" => $"{storage.Path}/template/cache/{volume.Name.Split('/')[^1]}",
        "backup" => $"{storage.Path}/dump/{volume.Name.Split('/')[^1]}",
        _ when storage.IsFileBased => $"{storage.Path}/images/{volume.VmId}/{volume.Name.Split('/')[^1]}",
        _ => $"/dev/{storage.Id}/{volume.Name.Split('/')[^1]}",
    };

    /// <summary>Removes a volume, if it is there.</summary>
    public void Free(string volumeId)
    {
        if (Find(volumeId) is { } volume)
        {
            DemandUnused(volume);
            cluster.Storages[volumeId[..volumeId.IndexOf(':', StringComparison.Ordinal)]].Volumes.Remove(volume);
        }
    }

    /// <summary>500 where linked clones stand on a volume.</summary>
    public void DemandUnused(Volume volume)
    {
        if (cluster.Storages.Values.Any(storage => storage.Volumes.Exists(other => other.Name.StartsWith(volume.Name + "/", StringComparison.Ordinal))))
        {
            throw new PveError($"base volume '{volume.Name}' is still in use by linked clones");
        }
    }

    private Volume Add(Guest guest, Storage storage, string name, long size, string format, Volume? parent)
    {
        var volume = new Volume
        {
            VolumeId = $"{storage.Id}:{name}",
            Content = guest.IsQemu ? "images" : "rootdir",
            Format = format,
            Node = guest.Node,
            Size = size,
            Used = Math.Min(size, 4096),
            VmId = guest.VmId,
            Created = cluster.Seconds,
            Parent = parent is null ? null : storage.IsFileBased ? $"../{parent.Name}" : parent.Name,
        };
        storage.Volumes.Add(volume);
        return volume;
    }

    private static string Path(int vmId, Storage storage, string name, string format) =>
        storage.IsFileBased ? $"{vmId}/{name}.{format}" : name;

    private static int Number(Volume volume)
    {
        var end = volume.Name.Split('/')[^1].Split('.')[0].Split('-')[^1];
        return int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }
}
