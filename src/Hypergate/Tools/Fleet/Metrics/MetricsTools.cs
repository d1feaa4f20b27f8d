using Hypergate.Inventory;
using Hypergate.Results;

namespace Hypergate.Tools.Fleet.Metrics;

/// <summary>Tools that show measurements over time, in few points with a summary.</summary>
internal static class MetricsTools
{
    private const int MostGuests = 20;

    private static readonly Dictionary<string, string[]> NodeGroups = new(StringComparer.Ordinal)
    {
        ["Cpu"] = ["cpu_usage_percent", "cpu_total", "loadavg", "iowait_percent"],
        ["Memory"] = ["memory_usage", "memory_total", "memory_available", "swap_usage", "swap_total"],
        ["Disk"] = ["root_usage", "root_total"],
        ["Network"] = ["network_in", "network_out"],
        ["Pressure"] = ["pressure_cpu_some", "pressure_io_some", "pressure_io_full", "pressure_memory_some", "pressure_memory_full"],
    };

    private static readonly Dictionary<string, string[]> GuestGroups = new(StringComparer.Ordinal)
    {
        ["Cpu"] = ["cpu_usage_percent", "cpu_total"],
        ["Memory"] = ["memory_usage", "memory_total", "memory_host"],
        ["Disk"] = ["disk_usage", "disk_total", "disk_read", "disk_write"],
        ["Network"] = ["network_in", "network_out"],
        ["Pressure"] = ["pressure_cpu_some", "pressure_cpu_full", "pressure_io_some", "pressure_io_full", "pressure_memory_some", "pressure_memory_full"],
    };

    private static readonly FleetParameter[] Common =
    [
        new("time_frame", ArgumentType.Choice) { Values = ["Hour", "Day", "Week", "Month", "Year"], Default = "\"Day\"" },
        new("consolidation", ArgumentType.Choice) { Values = ["Average", "Maximum"], Default = "\"Average\"" },
        new("metrics", ArgumentType.Choices, "Default: all") { Values = ["Cpu", "Memory", "Disk", "Network", "Pressure"] },
        new("points", ArgumentType.Integer, "Most points of a series") { Least = 1, Most = 1_440, Default = "60" },
        new("chart", ArgumentType.Choice, "Also a picture") { Values = ["Svg", "Png"] },
    ];

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("list_node_rrd_data", "Node metrics", "CPU, memory, disk, network and pressure of nodes over time: summary and at most 60 points. Rates are bytes a second.")
        {
            Tables = ["nodes"],
            Reads = ["/hosts/{id}/stats", "/nodes/{node}/rrddata"],
            Parameters = [new("nodes", ArgumentType.Texts, "Default: all"), .. Common],
            Run = NodesAsync,
        },
        new("list_vm_rrd_data", "Guest metrics", "CPU, memory, disk, network and pressure of guests over time: summary and at most 60 points. Rates are bytes a second.")
        {
            Tables = ["guests"],
            Reads = ["/vms/{id}/stats", "/nodes/{node}/qemu/{vmid}/rrddata", "/nodes/{node}/lxc/{vmid}/rrddata"],
            Parameters = [FleetParameter.Guests with { Required = true, Most = MostGuests }, .. Common],
            Run = GuestsAsync,
        },
    ];

    private static async Task<FleetAnswer> NodesAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var set = await request.TableAsync("nodes", ["backend", "name", "id"], cancellationToken);
        var known = set.Rows.Select(row => (Backend: request.Find(row.Text("backend")!), Name: row.Text("name") ?? "")).ToList();
        var asked = request.Arguments.Texts("nodes");
        if (asked.FirstOrDefault(name => known.TrueForAll(node => node.Name != name)) is { } unknown)
        {
            throw new FleetException("not_found", $"There is no node '{unknown}'.", $"There are {string.Join(", ", known.Select(static node => node.Name))}.");
        }

        var wish = Wish(request);
        var nodes = known.Where(node => asked.Count == 0 || asked.Contains(node.Name)).ToList();
        var read = await Task.WhenAll(nodes.Select(node => TryAsync(
            request, node.Backend, node.Name, () => node.Backend.Platform.Metrics.Node(request, node.Backend, node.Name, wish, cancellationToken))));
        return Answer(request, "node", read, NodeGroups);
    }

    private static async Task<FleetAnswer> GuestsAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        if (request.Arguments.Texts("vmids").Count == 0)
        {
            throw new FleetException("invalid_arguments", "'vmids' names no guest.");
        }

        var wish = Wish(request);
        var guests = await GuestLookup.ManyAsync(request, cancellationToken);
        var read = await Task.WhenAll(guests.Select(guest => TryAsync(
            request, guest.Backend, guest.Label, () => guest.Backend.Platform.Metrics.Guest(request, guest, wish, cancellationToken))));
        return Answer(request, "guest", read, GuestGroups);
    }

    private static MetricsWish Wish(FleetRequest request) =>
        new(request.Arguments.Text("time_frame") ?? "Day", request.Arguments.Text("consolidation") == "Maximum");

    private static async Task<Measured?> TryAsync(FleetRequest request, FleetBackend backend, string name, Func<Task<MetricsSeries>> read)
    {
        try
        {
            return new Measured(backend, name, await read());
        }
        catch (PlatformReadException problem)
        {
            request.Warn($"{backend.Name}: {request.Room.Words(name)}: {problem.Message}");
            return null;
        }
    }

    private static FleetAnswer.Record Answer(FleetRequest request, string kind, IReadOnlyList<Measured?> read, Dictionary<string, string[]> groups)
    {
        var found = read.OfType<Measured>().ToList();
        if (found.Count == 0)
        {
            throw new FleetException("failed", $"There are no measurements. {string.Join(" ", request.Warnings)}".TrimEnd());
        }

        var asked = request.Arguments.Texts("metrics");
        var names = groups.Where(group => asked.Count == 0 || asked.Contains(group.Key)).SelectMany(static group => group.Value).ToList();
        var (points, maximum) = (Points(request, found, names), Wish(request).Maximum);
        var reduced = found.Select(item => item with { Series = MetricsReduction.To(Only(item.Series, names), points, maximum), Whole = item.Series }).ToList();
        var form = new MetricsForm(kind, reduced, names);
        var record = FleetRequest.Record(found[0].Backend, writer => form.Write(writer, named: false)) with
        {
            Named = ToolSchema.Write(writer => form.Write(writer, named: true)),
            Rows = form.Rows(),
        };
        return request.Arguments.Text("chart") is { } chart ? record with { Images = [.. MetricsChart.Draw(reduced, names, chart)] } : record;
    }

    // So many that the answer keeps to its budget: a number takes about nine characters, a time twenty-four, and some formats name
    // each value or each row.
    private static int Points(FleetRequest request, List<Measured> found, List<string> names)
    {
        const double Share = 0.7;
        var asked = (int)(request.Arguments.Int("points") ?? 60);
        var format = FleetWriter.Format(request);
        var perPoint = found.Sum(item => 24 + (format.HoldsRowsOnly ? item.Name.Length + item.Backend.Name.Length + 6 : 0)
            + item.Series.Values.Keys.Where(names.Contains).Sum(name => format == ResultFormats.JsonCompact || format.NamesColumnsOnce ? 9 : 13 + name.Length));
        var room = (int)(request.Room.Output.BudgetCharacters * Share / Math.Max(1, perPoint));
        if (room >= asked)
        {
            return asked;
        }

        request.Warn($"At most {Math.Max(1, room)} points a series, to fit {request.Room.Output.BudgetCharacters} characters: name fewer objects or metrics to see more.");
        return Math.Max(1, room);
    }

    private static MetricsSeries Only(MetricsSeries series, List<string> names) => series with
    {
        Values = series.Values.Where(entry => names.Contains(entry.Key) && entry.Value.Any(double.IsFinite)).ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>The measurements of one object.</summary>
    internal sealed record Measured(FleetBackend Backend, string Name, MetricsSeries Series)
    {
        /// <summary>Before they were reduced.</summary>
        public MetricsSeries? Whole { get; init; }
    }
}
