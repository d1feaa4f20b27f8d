using Hypergate.Schemas;

namespace Hypergate.Tools.Fleet.Nodes;

/// <summary>Tools about nodes.</summary>
internal static class NodeTools
{
    private static readonly FleetColumns NodeColumns = new("nodes")
    {
        { "node", "name", true },
        { "status", "status", true },
        { "cpu_usage_percent", "cpu_usage_percent", true },
        { "memory_usage_percent", "memory_usage_percent", true },
        { "disk_usage_percent", "disk_usage_percent", true },
        { "cluster", "cluster" },
        { "uptime", "uptime" },
        { "cpu_total", "cpu_count" },
        { "memory_usage", "memory_usage" },
        { "memory_total", "memory_total" },
        { "disk_usage", "disk_usage" },
        { "disk_total", "disk_total" },
        { "level", "level" },
        { "guests_running", "guests_running" },
        { "version", "version" },
    };

    private static readonly FleetColumns ReplicationColumns = new("replications")
    {
        { "id", "id", true },
        { "vmid", "vmid", true },
        { "source", "source", true },
        { "target", "target", true },
        { "schedule", "schedule", true },
        { "last_sync", "last_sync", true },
        { "fail_count", "fail_count", true },
        { "error", "error", true },
        { "guest_name", "guest_name" },
        { "type", "type" },
        { "disabled", "disabled" },
        { "next_sync", "next_sync" },
        { "duration_seconds", "duration" },
        { "comment", "comment" },
        { "rate_mb", "rate_mb" },
    };

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("list_nodes", "List nodes", "Nodes (hosts) with state and use of CPU, memory and disk.")
        {
            Tables = ["nodes"],
            Parameters = [FleetParameter.Detail],
            Rows = 100,
            Run = static async (request, cancellationToken) =>
                NodeColumns.Answer((await request.TableAsync("nodes", NodeColumns.Sources(request), cancellationToken)).Rows),
        },
        new("get_node_status", "Node status", "One node: version, kernel, CPU, memory, swap, load, root file system, network interfaces.")
        {
            Tables = ["nodes"],
            Parameters = [new("node", ArgumentType.Text, "Name of the node (host)") { Required = true }],
            Run = static async (request, cancellationToken) =>
            {
                var (backend, node) = await FindAsync(request, request.Arguments.Needed("node"), cancellationToken);
                return await backend.Platform.NodeStatus(request, backend, node, cancellationToken);
            },
        },
        new("list_replications", "List replications", "Storage replications of guests to other nodes, with their last success and error.")
        {
            Tables = ["replications"],
            Parameters =
            [
                new("vmid", ArgumentType.Integer),
                new("node", ArgumentType.Text, "Source or target"),
                FleetParameter.Detail,
            ],
            Rows = 100,
            Run = ReplicationsAsync,
        },
    ];

    /// <summary>The backend and exact name of a node.</summary>
    public static async Task<(FleetBackend Backend, string Node)> FindAsync(FleetRequest request, string name, CancellationToken cancellationToken)
    {
        var nodes = (await request.TableAsync("nodes", ["backend", "name", "id"], cancellationToken)).Rows
            .Select(static row => (Backend: row.Text("backend")!, Name: row.Text("name") ?? "", Id: row.Text("id"))).ToList();
        var found = nodes.Where(node => node.Name == name || node.Id == name || $"{node.Backend}/{node.Name}" == name).ToList();
        return found switch
        {
            [var only] => (request.Find(only.Backend), only.Name),
            [] => throw new FleetException(
                "not_found",
                $"There is no node '{name}'." + (NearestName.Find(name, nodes.Select(static node => node.Name)) is { } near ? $" Did you mean '{near}'?" : "")
                    + (request.Warnings.Count > 0 ? $" {string.Join(" ", request.Warnings)}" : ""),
                "list_nodes shows what there is."),
            _ => throw new FleetException("ambiguous", $"'{name}' is a node of {string.Join(", ", found.Select(static node => node.Backend))}.", "Name the backend."),
        };
    }

    private static async Task<FleetAnswer> ReplicationsAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        foreach (var backend in request.Backends.Where(static backend => !backend.Platform.HasNumbers))
        {
            request.Warn($"{backend.Title} has no storage replication (backend {backend.Name}).");
        }

        var (vmid, node) = (request.Arguments.Int("vmid"), request.Arguments.Text("node"));
        var rows = await request.TableAsync("replications", null, cancellationToken);
        return ReplicationColumns.Answer(rows.Rows
            .Where(row => vmid is null || row.Int("vmid") == vmid)
            .Where(row => node is null || row.Text("source") == node || row.Text("target") == node));
    }
}
