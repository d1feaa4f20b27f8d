namespace Hypergate.Simulator.ProxmoxVe.World.Seed;

/// <summary>Three shared storages and three local ones.</summary>
internal static class StorageSeed
{
    private const long Terabyte = 1L << 40;

    public static void Fill(Cluster cluster)
    {
        Add(cluster, "local", "dir", "/var/lib/vz", shared: false, Terabyte / 2, "iso,vztmpl,backup,snippets,import");
        Add(cluster, "local-lvm", "lvmthin", "", shared: false, 2 * Terabyte, "images,rootdir");
        Add(cluster, "local-zfs", "zfspool", "", shared: false, 4 * Terabyte, "images,rootdir");
        Add(cluster, "ceph-vm", "rbd", "", shared: true, 40 * Terabyte, "images,rootdir");
        Add(cluster, "nfs-iso", "nfs", "/mnt/pve/nfs-iso", shared: true, 4 * Terabyte, "iso,vztmpl");
        Add(cluster, "backup", "nfs", "/mnt/pve/backup", shared: true, 20 * Terabyte, "backup");
        Images(cluster);
    }

    private static void Add(Cluster cluster, string id, string type, string path, bool shared, long total, string content) =>
        cluster.Storages[id] = new Storage
        {
            Id = id,
            Type = type,
            Path = path,
            Shared = shared,
            Total = total,
            UsedOtherwise = (long)(total * (0.1 + (0.3 * cluster.Dice.NextDouble()))),
            Content = [.. content.Split(',')],
        };

    private static void Images(Cluster cluster)
    {
        string[] images = ["debian-13.1.0-amd64-netinst.iso", "ubuntu-24.04.3-live-server-amd64.iso", "virtio-win-0.1.271.iso", "Win2022_20348.iso"];
        var storage = cluster.Storages["nfs-iso"];
        foreach (var image in images)
        {
            var size = 600_000_000L + (cluster.Dice.Next(5000) * 1_000_000L);
            storage.Volumes.Add(Volume(cluster, $"nfs-iso:iso/{image}", "iso", "iso", size));
        }

        storage.Volumes.Add(Volume(cluster, "nfs-iso:vztmpl/debian-13-standard_13.1-1_amd64.tar.zst", "vztmpl", "tzst", 126_515_062));
        storage.Volumes.Add(Volume(cluster, "nfs-iso:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst", "vztmpl", "tzst", 141_589_318));
    }

    private static Volume Volume(Cluster cluster, string id, string content, string format, long size) => new()
    {
        VolumeId = id,
        Content = content,
        Format = format,
        Node = cluster.Local.Name,
        Size = size,
        Used = size,
        Created = cluster.Now.AddDays(-20 - cluster.Dice.Next(300)).ToUnixTimeSeconds(),
    };
}
