using System.Globalization;
using System.Text.Json;

namespace Hypergate.Backends.Proxmox;

/// <summary>The overview of a cluster: counts, states, capacity, and what is not well.</summary>
internal static class ProxmoxSummary
{
    private const double FullStorage = 0.9;
    private const double FullMemory = 0.95;
    private const int MostTasks = 5;

    public static SummaryRules Rules { get; } = new()
    {
        Reads =
        [
            new("list_cluster_resources", ""),
            new("list_cluster_status", ""),
            new("list_cluster_tasks", ""),
        ],
        Make = Make,
    };

    private static InfrastructureSummary Make(IReadOnlyDictionary<string, JsonElement> read)
    {
        var resources = Rows(read, "list_cluster_resources");
        var status = Rows(read, "list_cluster_status");
        var nodes = resources.FindAll(static row => Text(row, "type") == "node");
        var guests = resources.FindAll(static row => Text(row, "type") is "qemu" or "lxc" && !ProxmoxValue.Flag(row, "template"));
        var cluster = status.Find(static row => Text(row, "type") == "cluster") is { ValueKind: JsonValueKind.Object } found ? Text(found, "name")
            : nodes is [var only] ? Text(only, "node") : "cluster";
        var summary = new InfrastructureSummary
        {
            Pools = [new PoolSummary(cluster, "", nodes.Count, guests.Count(static guest => Text(guest, "status") == "running"), guests.Count)],
            Hosts = [.. nodes.Select(node => Host(node, cluster, guests)).OrderBy(static host => host.Name, StringComparer.Ordinal)],
            Vms = guests.CountBy(static guest => Text(guest, "status")).OrderByDescending(static state => state.Value).ToDictionary(StringComparer.Ordinal),
            Storage = Storage(resources),
            HostsRead = "nodes_query list_nodes",
            StorageRead = "cluster_query list_cluster_resources with type storage",
        };
        return summary with { Attention = [.. Attention(summary, status, guests, Rows(read, "list_cluster_tasks"))] };
    }

    private static HostSummary Host(JsonElement node, string cluster, List<JsonElement> guests)
    {
        var name = Text(node, "node");
        return new HostSummary(
            name, cluster, Text(node, "status"),
            guests.Count(guest => Text(guest, "node") == name && Text(guest, "status") == "running"),
            (int)Number(node, "maxcpu"), Number(node, "mem"), Number(node, "maxmem"));
    }

    // A shared storage has a row on each node, with the same numbers.
    private static List<StorageSummary> Storage(List<JsonElement> resources) =>
    [
        .. resources.Where(static row => Text(row, "type") == "storage")
            .GroupBy(static row => ProxmoxValue.Flag(row, "shared") ? Text(row, "storage") : $"{Text(row, "storage")} on {Text(row, "node")}", StringComparer.Ordinal)
            .Select(static rows => (Name: rows.Key, Row: rows.MaxBy(static row => Number(row, "maxdisk"))))
            .Select(static storage => new StorageSummary(storage.Name, Text(storage.Row, "plugintype"), ProxmoxValue.Flag(storage.Row, "shared"), Number(storage.Row, "disk"), Number(storage.Row, "maxdisk")))
            .OrderBy(static storage => storage.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Attention(InfrastructureSummary summary, List<JsonElement> status, List<JsonElement> guests, List<JsonElement> tasks)
    {
        if (status.Exists(static row => Text(row, "type") == "cluster" && !ProxmoxValue.Flag(row, "quorate")))
        {
            yield return "The cluster has lost its quorum: it can be read, but nothing can be changed.";
        }

        foreach (var host in summary.Hosts)
        {
            if (host.State is not ("online" or ""))
            {
                yield return $"Node {host.Name} is {host.State}.";
            }
            else if (host.MemorySize > 0 && host.MemoryUsed > FullMemory * host.MemorySize)
            {
                yield return $"Node {host.Name} has used {Percent(host.MemoryUsed, host.MemorySize)} of its memory.";
            }
        }

        foreach (var guest in guests.Where(static guest => Text(guest, "status") is "unknown" or "io-error" or "internal-error" || Text(guest, "hastate") == "error"))
        {
            yield return $"Guest {Text(guest, "name")} ({Text(guest, "id")} on {Text(guest, "node")}) is {Text(guest, "status")}{(Text(guest, "hastate") == "error" ? ", HA error" : "")}.";
        }

        foreach (var guest in guests.Where(static guest => Text(guest, "lock").Length > 0))
        {
            yield return $"Guest {Text(guest, "name")} ({Text(guest, "id")} on {Text(guest, "node")}) is locked: {Text(guest, "lock")}.";
        }

        foreach (var storage in summary.Storage.Where(static storage => storage.Size > 0 && storage.Used > FullStorage * storage.Size))
        {
            yield return $"Storage {storage.Name} is {Percent(storage.Used, storage.Size)} full.";
        }

        foreach (var task in tasks.Where(IsFailed).Take(MostTasks))
        {
            yield return $"Task {Text(task, "type")} {Text(task, "id")} on {Text(task, "node")} failed at {Date(Number(task, "endtime"))}: {Text(task, "status")}";
        }
    }

    private static bool IsFailed(JsonElement task) =>
        Text(task, "endtime").Length > 0 && Text(task, "status") is var status && status is not ("" or "OK" or "RUNNING") && !status.StartsWith("WARNINGS", StringComparison.Ordinal);

    private static List<JsonElement> Rows(IReadOnlyDictionary<string, JsonElement> read, string operation) =>
        read.TryGetValue(operation, out var list) ? [.. ProxmoxValue.Rows(list)] : [];

    private static string Text(JsonElement item, string property) => ProxmoxValue.Text(item, property) ?? "";

    private static long Number(JsonElement item, string property) => (long)(ProxmoxValue.Number(item, property) ?? 0);

    private static string Percent(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0} %");

    private static string Date(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
