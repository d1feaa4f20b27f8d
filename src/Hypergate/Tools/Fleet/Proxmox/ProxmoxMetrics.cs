using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Tools.Fleet.Guests;
using Hypergate.Tools.Fleet.Metrics;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary>Measurements out of <c>rrddata</c>: one object a moment, without the values that are not there.</summary>
internal static class ProxmoxMetrics
{
    // Our name, the platform's, and by what it is multiplied.
    private static readonly (string Name, string Key, double Factor)[] OfNode =
    [
        ("cpu_usage_percent", "cpu", 100), ("cpu_total", "maxcpu", 1), ("loadavg", "loadavg", 1), ("iowait_percent", "iowait", 100),
        ("memory_usage", "memused", 1), ("memory_total", "memtotal", 1), ("memory_available", "memavailable", 1), ("swap_usage", "swapused", 1),
        ("swap_total", "swaptotal", 1), ("root_usage", "rootused", 1), ("root_total", "roottotal", 1), ("network_in", "netin", 1),
        ("network_out", "netout", 1), .. Pressure,
    ];

    private static readonly (string Name, string Key, double Factor)[] OfGuest =
    [
        ("cpu_usage_percent", "cpu", 100), ("cpu_total", "maxcpu", 1), ("memory_usage", "mem", 1), ("memory_total", "maxmem", 1),
        ("memory_host", "memhost", 1), ("disk_usage", "disk", 1), ("disk_total", "maxdisk", 1), ("disk_read", "diskread", 1),
        ("disk_write", "diskwrite", 1), ("network_in", "netin", 1), ("network_out", "netout", 1), ("pressure_cpu_full", "pressurecpufull", 1),
        .. Pressure,
    ];

    // The host cannot see into the disks of a VM and says 0.
    private static readonly (string Name, string Key, double Factor)[] OfVm = [.. OfGuest.Where(static metric => metric.Name != "disk_usage")];

    private static IEnumerable<(string Name, string Key, double Factor)> Pressure =>
    [
        ("pressure_cpu_some", "pressurecpusome", 1), ("pressure_io_some", "pressureiosome", 1), ("pressure_io_full", "pressureiofull", 1),
        ("pressure_memory_some", "pressurememorysome", 1), ("pressure_memory_full", "pressurememoryfull", 1),
    ];

    public static async Task<MetricsSeries> NodeAsync(
        FleetRequest request, FleetBackend backend, string node, MetricsWish wish, CancellationToken cancellationToken) =>
        Read(await request.Reads(backend).GetAsync("/nodes/{node}/rrddata", [("node", node), .. Query(wish)], cancellationToken), OfNode);

    public static async Task<MetricsSeries> GuestAsync(FleetRequest request, FleetGuest guest, MetricsWish wish, CancellationToken cancellationToken) =>
        Read(
            await request.Reads(guest.Backend).GetAsync(guest.NodePath("/rrddata"), [.. guest.NodeArguments, .. Query(wish)], cancellationToken),
            guest.IsContainer ? OfGuest : OfVm);

    private static (string Name, string Value)[] Query(MetricsWish wish) =>
        [("timeframe", wish.Frame.ToLowerInvariant()), ("cf", wish.Maximum ? "MAX" : "AVERAGE")];

    private static MetricsSeries Read(JsonElement data, (string Name, string Key, double Factor)[] metrics)
    {
        var points = data.Elements().Where(static point => point.Number("time") is not null).OrderBy(static point => point.Number("time")).ToList();
        var times = points.Select(static point => DateTimeOffset.FromUnixTimeSeconds(point.Int("time") ?? 0)).ToList();
        var values = metrics.ToDictionary(
            static metric => metric.Name,
            metric => points.Select(point => point.Number(metric.Key) * metric.Factor ?? double.NaN).ToArray(),
            StringComparer.Ordinal);
        return new MetricsSeries(Step(times), times, values);
    }

    // Old and new files can be joined in one answer, so the usual distance is the step.
    private static int Step(List<DateTimeOffset> times) => times.Count < 2
        ? 0
        : (int)times.Zip(times.Skip(1), static (left, right) => (right - left).TotalSeconds).Order().ElementAt((times.Count - 1) / 2);
}
