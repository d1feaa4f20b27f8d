using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.XenOrchestra;
using Hypergate.Tools.Fleet.Guests;
using Hypergate.Tools.Fleet.Metrics;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary>Measurements out of the statistics of hosts and VMs: one array for each metric and device, ending at one moment.</summary>
internal static class XenOrchestraMetrics
{
    public static async Task<MetricsSeries> NodeAsync(
        FleetRequest request, FleetBackend backend, string node, MetricsWish wish, CancellationToken cancellationToken)
    {
        var reads = request.Reads(backend);
        var hosts = await new XenOrchestraWorld(reads, cancellationToken).HostsAsync();
        var id = hosts.First(host => XenOrchestraWorld.HostName(host) == node).Text("uuid")!;
        return Read(request, await reads.GetAsync("/hosts/{id}/stats", [("id", id), ("granularity", Granularity(wish))], cancellationToken), wish, isHost: true);
    }

    public static async Task<MetricsSeries> GuestAsync(FleetRequest request, FleetGuest guest, MetricsWish wish, CancellationToken cancellationToken)
    {
        if (guest.Status is not ("running" or "paused"))
        {
            throw new PlatformReadException($"it is {guest.Status}: Xen Orchestra measures running guests only.", 409);
        }

        return Read(request, await request.Reads(guest.Backend).GetAsync("/vms/{id}/stats", [("id", guest.Id), ("granularity", Granularity(wish))], cancellationToken), wish, isHost: false);
    }

    // What XO keeps: two hours by the minute, a week by the hour, a year by the day.
    private static string Granularity(MetricsWish wish) => wish.Frame switch
    {
        "Hour" => "minutes",
        "Day" or "Week" => "hours",
        _ => "days",
    };

    private static TimeSpan Length(MetricsWish wish) => wish.Frame switch
    {
        "Hour" => TimeSpan.FromHours(1),
        "Day" => TimeSpan.FromDays(1),
        "Week" => TimeSpan.FromDays(7),
        "Month" => TimeSpan.FromDays(31),
        _ => TimeSpan.FromDays(366),
    };

    private static MetricsSeries Read(FleetRequest request, JsonElement answer, MetricsWish wish, bool isHost)
    {
        var stats = answer.Get("stats");
        var step = (int)(answer.Int("interval") ?? 60);
        var end = Moments.OfSeconds(answer.Number("endTimestamp")) ?? request.Now;
        var values = new Dictionary<string, double[]>(StringComparer.Ordinal);
        void Add(string name, double[]? series)
        {
            if (series is { Length: > 0 })
            {
                values[name] = series;
            }
        }

        var (memory, free) = (Numbers(stats.Get("memory")), Numbers(stats.Get("memoryFree")));
        Add("cpu_usage_percent", Mean(stats.Get("cpus")));
        Add("loadavg", Numbers(stats.Get("load")));
        Add("memory_total", memory);
        Add("memory_usage", memory is not null && free?.Length == memory.Length ? [.. memory.Zip(free, static (all, rest) => all - rest)] : null);
        Add("network_in", Sum(stats.Get(isHost ? "pifs" : "vifs").Get("rx")));
        Add("network_out", Sum(stats.Get(isHost ? "pifs" : "vifs").Get("tx")));
        Add("disk_read", Sum(stats.Get("xvds").Get("r")));
        Add("disk_write", Sum(stats.Get("xvds").Get("w")));
        return Cut(values, step, end, Length(wish));
    }

    // All arrays end at the same moment; those that are shorter have no beginning.
    private static MetricsSeries Cut(Dictionary<string, double[]> values, int step, DateTimeOffset end, TimeSpan length)
    {
        var longest = values.Count == 0 ? 0 : values.Values.Max(static series => series.Length);
        var count = Math.Min(longest, Math.Max(1, (int)(length.TotalSeconds / Math.Max(1, step))));
        return new MetricsSeries(
            step,
            [.. Enumerable.Range(0, count).Select(index => end - TimeSpan.FromSeconds((double)step * (count - 1 - index)))],
            values.ToDictionary(
                static entry => entry.Key,
                entry => entry.Value.Length >= count ? entry.Value[^count..] : [.. Enumerable.Repeat(double.NaN, count - entry.Value.Length), .. entry.Value],
                StringComparer.Ordinal));
    }

    private static double[]? Numbers(JsonElement array) => array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray().Select(static item => item.AsNumber() ?? double.NaN)] : null;

    private static double[]? Mean(JsonElement devices) => Together(devices, static all => all.Average());

    private static double[]? Sum(JsonElement devices) => Together(devices, static all => all.Sum());

    private static double[]? Together(JsonElement devices, Func<List<double>, double> join)
    {
        var all = devices.ValueKind == JsonValueKind.Object ? devices.EnumerateObject().Select(static device => Numbers(device.Value)).OfType<double[]>().ToList() : [];
        if (all.Count == 0)
        {
            return null;
        }

        var length = all.Max(static series => series.Length);
        return [.. Enumerable.Range(0, length).Select(index =>
        {
            var there = all.Where(series => index >= length - series.Length).Select(series => series[index - (length - series.Length)]).Where(double.IsFinite).ToList();
            return there.Count == 0 ? double.NaN : join(there);
        })];
    }
}
