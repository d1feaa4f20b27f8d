using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet.Guests;

/// <summary>Tools that list guests and their parts.</summary>
internal static class GuestLists
{
    private const int MostGuests = 200;

    private static readonly FleetColumns GuestColumns = new("guests")
    {
        { "vmid", "vmid", true },
        { "id", "id" },
        { "name", "name", true },
        { "node", "node", true },
        { "status", "status", true },
        { "type", "type", true },
        { "tags", "tags", true },
        { "is_template", "is_template" },
        { "uptime", "uptime" },
        { "lock", "lock" },
        { "ha_state", "ha_state" },
        { "pool", "pool" },
        { "cpu_count", "cpu_count" },
        { "cpu_usage_percent", "cpu_usage_percent" },
        { "memory_usage", "memory_usage" },
        { "memory_host", "memory_host" },
        { "memory_max", "memory_max" },
        { "memory_usage_percent", "memory_usage_percent" },
        { "disk_usage", "disk_usage" },
        { "disk_max", "disk_max" },
        { "network_in", "network_in" },
        { "network_out", "network_out" },
        { "disk_read", "disk_read" },
        { "disk_write", "disk_write" },
        { "host_cpu_percent", static _ => Cell.Null, false, ["cpu_usage_percent", "cpu_count"] },
        { "host_memory_percent", "node_memory_percent" },
        { "cluster", "cluster" },
        { "ip", "ip" },
    };

    private static readonly FleetColumns SnapshotColumns = new("snapshots")
    {
        { "vmid", "vmid", true },
        { "vm_name", "guest_name", true },
        { "name", "name", true },
        { "date", "created", true },
        { "includes_ram", "includes_memory", true },
        { "size", "size", true },
        { "guest_id", "guest_id" },
        { "id", "id" },
        { "description", "description" },
        { "parent", "parent" },
        { "is_parent_of_current", "is_current_parent" },
    };

    /// <summary>What narrows a list of guests.</summary>
    public static IReadOnlyList<FleetParameter> Filters { get; } =
    [
        new("status", ArgumentType.Choice) { Values = ["running", "stopped", "paused", "suspended", "unknown"] },
        new("type", ArgumentType.Choice) { Values = ["qemu", "lxc", "vm"] },
        new("node", ArgumentType.Text),
        new("pool", ArgumentType.Text),
        new("tags", ArgumentType.Texts, "All must match"),
        new("name", ArgumentType.Text, "Part of the name"),
        new("include_templates", ArgumentType.Flag) { Default = "false" },
    ];

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("list_vms", "List guests", "VMs and containers with state and place; Full also with their use of CPU, memory, disk and network.")
        {
            Tables = ["guests"],
            Parameters = [.. Filters, FleetParameter.Detail],
            Rows = 100,
            Run = GuestsAsync,
        },
        new("list_snapshots", "List snapshots", "Snapshots of guests, oldest first.")
        {
            Tables = ["snapshots"],
            Parameters =
            [
                FleetParameter.Guests with { Most = MostGuests },
                new("older_than", ArgumentType.Span, "Age such as 30d, or a time"),
                new("include_size", ArgumentType.Flag, "Sizes, where the platform knows them") { Default = "false" },
                FleetParameter.Detail,
            ],
            Rows = 100,
            Run = SnapshotsAsync,
        },
        new("list_guest_networks", "List guest networks", "Network interfaces of guests with their IP addresses, from inside the guest where it tells.")
        {
            Tables = ["nics"],
            Parameters = [FleetParameter.Guests with { Most = MostGuests }, .. Filters],
            Rows = 100,
            Run = GuestNetworks.RunAsync,
        },
        FindTool.Tool,
    ];

    /// <summary>Whether a guest meets the filters of the arguments.</summary>
    public static bool IsWanted(FleetArguments arguments, RowSet.Row guest) =>
        (arguments.Flag("include_templates") == true || !guest.Flag("is_template"))
        && (arguments.Text("status") is not { } status || guest.Text("status") == status)
        && (arguments.Text("type") is not { } type || guest.Text("type") == type)
        && (arguments.Text("node") is not { } node || guest.Text("node") == node)
        && (arguments.Text("pool") is not { } pool || guest.Text("pool") == pool)
        && (arguments.Text("name") is not { } name || guest.Text("name")?.Contains(name, StringComparison.OrdinalIgnoreCase) == true)
        && arguments.Texts("tags").All(tag => guest.List("tags").Contains(tag, StringComparer.OrdinalIgnoreCase));

    private static async Task<FleetAnswer> GuestsAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        string[] filtered = ["status", "type", "node", "pool", "tags", "name", "is_template"];
        var bounds = request.Arguments.Flag("include_templates") == true
            ? []
            : (IReadOnlyList<ColumnBound>)[new ColumnBound("is_template", BoundComparison.Equal, [Cell.Of(false)])];
        var set = await request.TableAsync("guests", GuestColumns.Sources(request).Concat(filtered), cancellationToken, bounds);
        var rows = set.Rows.Where(row => IsWanted(request.Arguments, row)).ToList();
        var table = GuestColumns.Answer(rows);

        // A uuid is the only sure name of a guest without a number.
        table = request.Backends.Any(static backend => !backend.Platform.HasNumbers) ? table with { Minimal = ["vmid", "id", .. table.Minimal.Skip(1)] } : table;
        return GuestColumns.Sources(request).Contains("cpu_count") ? await WithHostShareAsync(request, table, rows, cancellationToken) : table;
    }

    private static async Task<FleetAnswer> WithHostShareAsync(
        FleetRequest request, FleetAnswer.Table table, List<RowSet.Row> rows, CancellationToken cancellationToken)
    {
        var nodes = await request.TableAsync("nodes", ["backend", "name", "cpu_count"], cancellationToken);
        var threads = new Dictionary<(string?, string?), double?>();
        foreach (var node in nodes.Rows)
        {
            threads[(node.Text("backend"), node.Text("name"))] = node.Number("cpu_count");
        }

        var column = table.Columns.ToList().IndexOf("host_cpu_percent");
        foreach (var (cells, row) in table.Rows.Zip(rows))
        {
            cells[column] = Cell.Share(row.Number("cpu_usage_percent") * row.Number("cpu_count") / 100, threads.GetValueOrDefault((row.Text("backend"), row.Text("node"))));
        }

        return table;
    }

    private static async Task<FleetAnswer> SnapshotsAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var before = request.Arguments.Before("older_than");
        var guests = await GuestsToReadAsync(request, cancellationToken);
        var columns = SnapshotColumns.Sources(request).Append("created").Append("guest_id")
            .Where(column => column != "size" || request.Arguments.Flag("include_size") == true);
        var set = await request.TableAsync("snapshots", columns, cancellationToken, Bounds.Of(guests, Bounds.AtMost("created", before)));
        var table = SnapshotColumns.Answer(set.Rows
            .Where(row => guests is null || guests.Values.Any(guest => guest.Text == row.Text("guest_id")))
            .Where(row => before is null || row.Time("created") < before)
            .OrderBy(static row => row.Time("created")));
        if (request.Arguments.Flag("include_size") == true && request.Backends.Any(static backend => backend.Platform.HasNumbers))
        {
            request.Warn("Proxmox VE does not tell the size of a snapshot.");
        }

        return request.Backends.Any(static backend => !backend.Platform.HasNumbers) ? table with { Minimal = [.. table.Minimal, "id"] } : table;
    }

    /// <summary>Which guests to ask one by one: those that are named, else all up to a limit; null for all.</summary>
    public static async Task<ColumnBound?> GuestsToReadAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var named = request.Arguments.Has("vmids");
        if (!named && request.Backends.All(static backend => !backend.Platform.HasNumbers))
        {
            return null;
        }

        var guests = await GuestLookup.ManyAsync(request, cancellationToken);
        var asked = guests.Where(static guest => guest.Backend.Platform.HasNumbers).ToList();
        if (asked.Count > MostGuests)
        {
            request.Warn($"Only the first {MostGuests} of {asked.Count} guests were asked: name others with vmids.");
        }
        else if (!named)
        {
            return null;
        }

        var free = guests.Where(static guest => !guest.Backend.Platform.HasNumbers);
        return new ColumnBound("guest_id", BoundComparison.Equal, [.. asked.Take(MostGuests).Concat(free).Select(static guest => Cell.Of(guest.Id))]);
    }
}
