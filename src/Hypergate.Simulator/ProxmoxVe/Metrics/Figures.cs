using System.Globalization;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Metrics;

/// <summary>The numbers of guests, nodes and storages at a moment.</summary>
internal static class Figures
{
    private const long Mebibyte = 1L << 20;
    private const long DefaultRootSize = 4L << 30;

    public static GuestFigures Of(Cluster cluster, Guest guest) => Of(cluster, guest, cluster.Now);

    public static GuestFigures Of(Cluster cluster, Guest guest, DateTimeOffset time)
    {
        var figures = new GuestFigures
        {
            State = guest.State,
            MaxCpu = Cpus(guest),
            MaxMemory = MaxMemory(guest),
            MaxDisk = guest.Figures?.MaxDisk ?? MaxDisk(guest),
        };
        return guest.State == RunState.Stopped ? figures : Running(cluster, guest, figures, time);
    }

    public static double Cpus(Guest guest) => guest.IsQemu
        ? Number(guest.Config["vcpus"], Number(guest.Config["sockets"], 1) * Number(guest.Config["cores"], 1))
        : Number(guest.Config["cores"], 1);

    public static long MaxMemory(Guest guest) => (long)Number(guest.Config["memory"]?.Replace("current=", "", StringComparison.Ordinal), 512) * Mebibyte;

    /// <summary>The size of the disk it boots from, or of a container's root.</summary>
    public static long MaxDisk(Guest guest)
    {
        if (!guest.IsQemu)
        {
            return guest.Config["rootfs"] is { } root ? Disk.Parse("rootfs", root).Size : DefaultRootSize;
        }

        var disks = Disk.Of(guest.Config.Values).Where(static disk => !disk.IsCdrom && !disk.IsCloudInit && disk.Size > 0).ToList();
        var order = guest.Config["boot"]?.Replace("order=", "", StringComparison.Ordinal).Split(';') ?? [];
        return (disks.Find(disk => order.Contains(disk.Key)) ?? disks.FirstOrDefault())?.Size ?? 0;
    }

    public static double NodeCpu(Cluster cluster, ClusterNode node, DateTimeOffset time) =>
        node.Figures?.Cpu ?? Waves.At(cluster.Options.Seed, node.Name, "cpu", time);

    public static long NodeMemory(Cluster cluster, ClusterNode node, DateTimeOffset time) =>
        node.Figures?.Memory ?? (long)(node.MaxMemory * Waves.At(cluster.Options.Seed, node.Name, "memory", time));

    public static long NodeDisk(Cluster cluster, ClusterNode node) =>
        node.Figures?.Disk ?? (long)(node.MaxDisk * Waves.Constant(cluster.Options.Seed, node.Name, "disk") * 0.8);

    public static long NodeUptime(Cluster cluster, ClusterNode node) =>
        node.Figures?.Uptime ?? (long)(cluster.Now - cluster.Started + node.UptimeAtStart).TotalSeconds;

    private static GuestFigures Running(Cluster cluster, Guest guest, GuestFigures figures, DateTimeOffset time)
    {
        var uptime = (long)Math.Max(0, (time - guest.StartedAt).TotalSeconds);
        if (guest.Figures is { } told)
        {
            return figures with
            {
                Cpu = told.Cpu,
                Memory = told.Memory,
                MemoryHost = told.MemoryHost,
                NetIn = told.NetIn,
                NetOut = told.NetOut,
                DiskRead = told.DiskRead,
                DiskWrite = told.DiskWrite,
                Uptime = told.Uptime,
            };
        }

        var about = guest.VmId.ToString(CultureInfo.InvariantCulture);
        var (seed, memory) = (cluster.Options.Seed, (long)(figures.MaxMemory * Waves.At(cluster.Options.Seed, about, "memory", time)));
        return figures with
        {
            Cpu = guest.State == RunState.Paused ? 0 : Math.Round(Waves.At(seed, about, "cpu", time), 6),
            Memory = memory,
            MemoryHost = guest.IsQemu ? memory + (memory / 10) : 0,
            Disk = guest.IsQemu ? 0 : (long)(figures.MaxDisk * Waves.At(seed, about, "disk", time)),
            NetIn = Counter(seed, about, "netin", uptime),
            NetOut = Counter(seed, about, "netout", uptime),
            DiskRead = Counter(seed, about, "diskread", uptime),
            DiskWrite = Counter(seed, about, "diskwrite", uptime),
            Uptime = uptime,
        };
    }

    private static long Counter(int seed, string about, string metric, long uptime) =>
        (long)(uptime * 40_000 * Waves.Constant(seed, about, metric));

    private static double Number(string? text, double otherwise) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
