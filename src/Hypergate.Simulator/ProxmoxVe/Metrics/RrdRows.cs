using System.Globalization;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Metrics;

/// <summary>The figures of one moment. Traffic is a rate here, in bytes a second.</summary>
internal static class RrdRows
{
    private const double Rate = 200_000;
    private const double Pressure = 4;

    public static IEnumerable<(string Name, double Value)> Guest(Cluster cluster, Guest guest, DateTimeOffset time)
    {
        var about = guest.VmId.ToString(CultureInfo.InvariantCulture);
        var on = guest.State != RunState.Stopped && time >= guest.StartedAt;
        double At(string metric, double scale) => on ? Waves.At(cluster.Options.Seed, about, metric, time) * scale : 0;
        var (memory, disk) = (Figures.MaxMemory(guest), guest.Figures?.MaxDisk ?? Figures.MaxDisk(guest));
        yield return ("cpu", At("cpu", 1));
        yield return ("maxcpu", Figures.Cpus(guest));
        yield return ("mem", At("memory", memory));
        yield return ("maxmem", memory);
        yield return ("disk", guest.IsQemu ? 0 : At("disk", disk));
        yield return ("maxdisk", disk);
        foreach (var rate in (string[])["netin", "netout", "diskread", "diskwrite"])
        {
            yield return (rate, At(rate, Rate));
        }

        if (cluster.Options.OldMetrics)
        {
            yield break;
        }

        yield return ("memhost", At("memory", memory * 1.1));
        foreach (var pressure in (string[])["cpusome", "cpufull", "iosome", "iofull", "memorysome", "memoryfull"])
        {
            yield return ($"pressure{pressure}", At(pressure, Pressure));
        }
    }

    public static IEnumerable<(string Name, double Value)> Node(Cluster cluster, ClusterNode node, DateTimeOffset time)
    {
        double At(string metric, double scale) => Waves.At(cluster.Options.Seed, node.Name, metric, time) * scale;
        var memory = (double)Figures.NodeMemory(cluster, node, time);
        yield return ("cpu", Figures.NodeCpu(cluster, node, time));
        yield return ("maxcpu", node.Cores);
        yield return ("iowait", At("iowait", 0.05));
        yield return ("loadavg", At("loadavg", node.Cores));
        yield return ("memtotal", node.MaxMemory);
        yield return ("memused", memory);
        yield return ("swaptotal", 8L << 30);
        yield return ("swapused", At("swap", 1L << 30));
        yield return ("roottotal", node.MaxDisk);
        yield return ("rootused", Figures.NodeDisk(cluster, node));
        yield return ("netin", At("netin", 20 * Rate));
        yield return ("netout", At("netout", 20 * Rate));
        if (cluster.Options.OldMetrics)
        {
            yield break;
        }

        yield return ("memavailable", node.MaxMemory - memory);
        yield return ("arcsize", 0);
        foreach (var pressure in (string[])["cpusome", "iosome", "iofull", "memorysome", "memoryfull"])
        {
            yield return ($"pressure{pressure}", At(pressure, Pressure));
        }
    }

    public static IEnumerable<(string Name, double Value)> Storage(Storage storage, string node) =>
        [("total", storage.Total), ("used", storage.Used(node))];
}
