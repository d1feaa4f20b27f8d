using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Schemas;
using Hypergate.Tests.Inventory.Tables;
using Hypergate.Tools;
using Hypergate.Tools.Query;

namespace Hypergate.Tests.Tools.Query;

/// <summary>Two clusters and a pool with a handful of everything, asked through the tools.</summary>
internal sealed class QueryWorld
{
    private const long Gib = 1L << 30;

    private static readonly QueryBackend[] Backends = [new("prod", "proxmox-ve"), new("lab", "proxmox-ve"), new("xo", "xen-orchestra")];

    public QueryWorld(OutputSettings? output = null) => Tools = QueryTools.All(Tables, Backends, output ?? new OutputSettings(), Time);

    public MemoryTables Tables { get; } = new();

    /// <summary>Stands at 2026-01-01.</summary>
    public ManualTime Time { get; } = new();

    public IReadOnlyList<ToolDefinition> Tools { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public static QueryWorld Filled()
    {
        var world = new QueryWorld();
        world.AddNodes();
        world.AddGuests();
        world.AddStorages();
        world.AddHistory();
        return world;
    }

    /// <summary>Asks for a query in either form.</summary>
    public async Task<ToolResult> AskAsync(string query, string? format = null, string? cursor = null, string caller = "local")
    {
        var arguments = new Dictionary<string, object> { ["query"] = query.StartsWith('{') ? JsonElement.Parse(query) : query };
        if (format is not null)
        {
            arguments["format"] = format;
        }

        if (cursor is not null)
        {
            arguments["cursor"] = cursor;
        }

        return await RunAsync("execute_query", JsonSerializer.SerializeToElement(arguments), caller);
    }

    public async Task<ToolResult> RunAsync(string tool, JsonElement arguments, string caller = "local")
    {
        var definition = Tools.Single(candidate => candidate.Name == tool);
        var result = await definition.Run(new ToolRequest(new Caller(caller, []), arguments, Conversation.Silent), TestContext.Current.CancellationToken);
        Assert.True(result.IsError || JsonSchemaCheck.Check(definition.OutputSchema, result.Structured!.Value).Count == 0);
        return result;
    }

    /// <summary>The rows of an answer, each as the text of its cells.</summary>
    public async Task<string[]> RowsAsync(string query)
    {
        var result = await AskAsync(query, "JsonCompact");
        Assert.False(result.IsError, result.Text);
        return [.. JsonElement.Parse(result.Text).GetProperty("data").GetProperty("rows").EnumerateArray()
            .Select(static row => string.Join(" ", row.EnumerateArray().Select(static cell => cell.ValueKind == JsonValueKind.Null ? "-" : cell.ToString())))];
    }

    /// <summary>The error that a query gives.</summary>
    public async Task<JsonElement> ErrorAsync(string query, string? cursor = null, string caller = "local")
    {
        var result = await AskAsync(query, cursor: cursor, caller: caller);
        Assert.True(result.IsError, result.Text);
        return JsonElement.Parse(result.Text).GetProperty("error");
    }

    private void AddNodes()
    {
        AddNode("prod", "pve01", "online", 64, 48, "9.2.1");
        AddNode("prod", "pve02", "online", 64, 60, "9.1.4");
        AddNode("lab", "pve01", "offline", 32, null, "9.2.1");
        AddNode("xo", "xcp1", "online", 128, 32, "8.3.0");
    }

    private void AddNode(string backend, string name, string status, int gib, int? used, string version) => Tables.Add(
        "nodes", ("backend", backend), ("cluster", backend), ("name", name), ("id", $"node/{name}"), ("status", status), ("memory_total", gib * Gib),
        ("memory_usage", used * Gib), ("version", version));

    private void AddGuests()
    {
        AddGuest("prod", 100, "web01", "pve01", "running", 8, 7.5, 71.5, ["prod", "web"]);
        AddGuest("prod", 101, "web02", "pve01", "running", 8, 4, 12.3, ["prod"]);
        AddGuest("prod", 102, "db01", "pve02", "running", 32, 30, 85, ["prod", "db"]);
        AddGuest("prod", 103, "old", "pve02", "stopped", 4, null, null, []);
        AddGuest("lab", 100, "test", "pve01", "stopped", 2, null, null, null);
        Tables.Add("guest_configs", ("backend", "prod"), ("vmid", 102), ("guest_name", "db01"), ("node", "pve02"), ("os_type", "l26"));
        AddGuest("xo", null, "app", "xcp1", "running", 16, null, null, ["prod"]);
    }

    private void AddGuest(string backend, int? vmid, string name, string node, string status, int gib, double? used, double? cpu, string[]? tags) => Tables.Add(
        "guests", ("backend", backend), ("cluster", backend), ("vmid", vmid), ("id", vmid is null ? $"uuid-{name}" : $"qemu/{vmid}"), ("name", name), ("node", node),
        ("status", status), ("type", vmid is null ? "vm" : "qemu"), ("memory_max", gib * Gib), ("memory_usage", used is { } value ? (long)(value * Gib) : null),
        ("memory_usage_percent", used * 100 / gib), ("cpu_usage_percent", cpu), ("tags", tags), ("is_template", false));

    private void AddStorages()
    {
        AddStorage("prod", "local", "pve01", 100, 85, false, true);
        AddStorage("prod", "local", "pve02", 100, 20, false, true);
        AddStorage("prod", "ceph", "pve01", 1000, 900, true, true);
        AddStorage("prod", "ceph", "pve02", 1000, 900, true, false);
        AddStorage("xo", "nfs", null, 500, 100, true, true);
        AddDisk("prod", 100, "scsi0", "ceph", 32, false);
        AddDisk("prod", 100, "ide2", null, 1, true);
        AddDisk("prod", 102, "scsi0", "ceph", 64, false);
        AddDisk("prod", 101, "scsi0", "local", 16, false);
    }

    private void AddStorage(string backend, string name, string? node, int total, int used, bool shared, bool counted) => Tables.Add(
        "storages", ("backend", backend), ("name", name), ("id", $"storage/{node}/{name}"), ("node", node), ("status", "available"), ("is_shared", shared),
        ("total", total * Gib), ("usage", used * Gib), ("usage_percent", 100.0 * used / total), ("counted", counted));

    private void AddDisk(string backend, int vmid, string key, string? storage, int gib, bool cdrom) => Tables.Add(
        "disks", ("backend", backend), ("vmid", vmid), ("guest_id", $"qemu/{vmid}"), ("key", key), ("storage", storage), ("size", gib * Gib), ("is_cdrom", cdrom));

    private void AddHistory()
    {
        AddSnapshot("prod", 100, "before-upgrade", 45);
        AddSnapshot("prod", 102, "yesterday", 1);
        AddSnapshot("xo", null, "ancient", 400);
        AddBackup(100, 1);
        AddBackup(100, 3);
        AddBackup(101, 10);
        AddTask("root@pam", "error", 2);
        AddTask("root@pam", "error", 5);
        AddTask("ops@pve", "error", 23);
        AddTask("ops@pve", "error", 30);
        AddTask("ops@pve", "ok", 1);
    }

    private void AddSnapshot(string backend, int? vmid, string name, int days) => Tables.Add(
        "snapshots", ("backend", backend), ("vmid", vmid), ("guest_id", vmid is null ? "uuid-app" : $"qemu/{vmid}"), ("name", name), ("id", $"{vmid}/{name}"),
        ("created", Now.AddDays(-days)), ("age", days * 86_400));

    private void AddBackup(int vmid, int days) => Tables.Add(
        "backups", ("backend", "prod"), ("volid", $"pbs:backup/{vmid}/{days}"), ("vmid", vmid), ("guest_id", $"qemu/{vmid}"), ("storage", "pbs"), ("created", Now.AddDays(-days)));

    private void AddTask(string user, string status, int hours) => Tables.Add(
        "tasks", ("backend", "prod"), ("id", $"UPID:{user}:{hours}"), ("user", user), ("status", status), ("type", "vzdump"), ("started", Now.AddHours(-hours)));
}
