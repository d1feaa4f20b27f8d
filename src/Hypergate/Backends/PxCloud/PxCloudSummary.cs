using System.Globalization;
using System.Text.Json;

namespace Hypergate.Backends.PxCloud;

/// <summary>The overview of an installation: clusters, nodes, machines, storages, and what is not well.</summary>
internal static class PxCloudSummary
{
    private const double FullStorage = 0.85;
    private const double FullMemory = 0.95;
    private const long Gigabyte = 1L << 30;
    private const long Megabyte = 1L << 20;
    private const int MostAlerts = 5;

    public static SummaryRules Rules { get; } = new()
    {
        Reads = [new("get_api_clusters", ""), new("get_api_nodes", ""), new("get_api_vms", ""), new("get_api_storages", ""), new("get_api_alerts", "")],
        Make = Make,
    };

    private static InfrastructureSummary Make(IReadOnlyDictionary<string, JsonElement> read)
    {
        var (clusters, nodes, vms) = (Rows(read, "get_api_clusters"), Rows(read, "get_api_nodes"), Rows(read, "get_api_vms").FindAll(static vm => !PxCloudValue.Flag(vm, "template")));
        var summary = new InfrastructureSummary
        {
            Pools = [.. clusters.Select(cluster => Pool(cluster, nodes, vms))],
            Hosts = [.. nodes.Select(node => Host(node, vms)).OrderBy(static host => host.Pool, StringComparer.Ordinal).ThenBy(static host => host.Name, StringComparer.Ordinal)],
            Vms = vms.CountBy(static vm => Text(vm, "status")).OrderByDescending(static state => state.Value).ToDictionary(StringComparer.Ordinal),
            Storage = [.. Rows(read, "get_api_storages").Select(Storage).OrderBy(static storage => storage.Name, StringComparer.Ordinal)],
            HostsRead = "get_api_nodes",
            StorageRead = "get_api_storages",
        };
        return summary with { Attention = [.. Attention(summary, clusters, Rows(read, "get_api_alerts"))] };
    }

    private static PoolSummary Pool(JsonElement cluster, List<JsonElement> nodes, List<JsonElement> vms)
    {
        var id = Text(cluster, "id");
        var own = vms.FindAll(vm => Text(vm, "cluster") == id);
        return new PoolSummary(Text(cluster, "name"), id, nodes.Count(node => Text(node, "cluster") == id), own.Count(static vm => Text(vm, "status") == "running"), own.Count);
    }

    private static HostSummary Host(JsonElement node, List<JsonElement> vms)
    {
        var (name, cluster) = (Text(node, "name"), Text(node, "cluster"));
        return new HostSummary(
            name, cluster, Text(node, "status"), vms.Count(vm => Text(vm, "cluster") == cluster && Text(vm, "node") == name && Text(vm, "status") == "running"),
            (int)PxCloudValue.Number(node, "cpu_cores"), (long)PxCloudValue.Number(node, "memory_used_mb") * Megabyte, (long)PxCloudValue.Number(node, "memory_mb") * Megabyte);
    }

    private static StorageSummary Storage(JsonElement storage) => new(
        Text(storage, "id") is { Length: > 0 } id ? id : Text(storage, "name"), Text(storage, "type"), PxCloudValue.Flag(storage, "shared"),
        (long)PxCloudValue.Number(storage, "used_gb") * Gigabyte, (long)PxCloudValue.Number(storage, "total_gb") * Gigabyte);

    private static IEnumerable<string> Attention(InfrastructureSummary summary, List<JsonElement> clusters, List<JsonElement> alerts)
    {
        foreach (var cluster in clusters.Where(static cluster => Text(cluster, "status") is "degraded" or "offline"))
        {
            yield return $"Cluster {Text(cluster, "name")} is {Text(cluster, "status")}.";
        }

        foreach (var host in summary.Hosts)
        {
            if (host.State is not ("online" or ""))
            {
                yield return $"Node {host.Name} of {host.Pool} is {host.State}.";
            }
            else if (host.MemorySize > 0 && host.MemoryUsed > FullMemory * host.MemorySize)
            {
                yield return $"Node {host.Name} of {host.Pool} has used {Percent(host.MemoryUsed, host.MemorySize)} of its memory.";
            }
        }

        foreach (var storage in summary.Storage.Where(static storage => storage.Size > 0 && storage.Used > FullStorage * storage.Size))
        {
            yield return $"Storage {storage.Name} is {Percent(storage.Used, storage.Size)} full.";
        }

        foreach (var alert in alerts.Where(static alert => !PxCloudValue.Flag(alert, "acknowledged") && Text(alert, "severity") is "warning" or "critical").Take(MostAlerts))
        {
            yield return $"Alert ({Text(alert, "severity")}): {Text(alert, "text")}";
        }
    }

    private static List<JsonElement> Rows(IReadOnlyDictionary<string, JsonElement> read, string operation) =>
        read.TryGetValue(operation, out var list) ? [.. PxCloudValue.Rows(list)] : [];

    private static string Text(JsonElement item, string property) => PxCloudValue.Text(item, property) ?? "";

    private static string Percent(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0} %");
}
