using System.Globalization;
using System.Text.Json;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>The overview of a Xen Orchestra: counts, states, capacity, and what is not well.</summary>
internal static class XenOrchestraSummary
{
    private const double FullStorage = 0.9;
    private const double FullMemory = 0.95;
    private const int MostAlarms = 5;

    public static SummaryRules Rules { get; } = new()
    {
        Reads =
        [
            new("GetPools", "id,name_label"),
            new("GetHosts", "id,name_label,power_state,enabled,memory,cpus,$pool,rebootRequired"),
            new("GetVms", "id,power_state,$pool,$container"),
            new("GetSrs", "id,name_label,SR_type,content_type,shared,physical_usage,size,inMaintenanceMode"),
            new("GetAlarms", "id,name,body,object,time"),
            new("GetBackupLogs", "id,status,jobName,start"),
            new("GetServers", "id,label,host,status"),
        ],
        Make = Make,
    };

    private static InfrastructureSummary Make(IReadOnlyDictionary<string, JsonElement> read)
    {
        var pools = Rows(read, "GetPools");
        var hosts = Rows(read, "GetHosts");
        var vms = Rows(read, "GetVms");
        var names = pools.ToDictionary(static pool => Text(pool, "id"), static pool => Text(pool, "name_label"), StringComparer.Ordinal);
        var storage = Rows(read, "GetSrs").Where(static sr => Text(sr, "content_type") != "iso").Select(Storage)
            .OrderBy(static sr => sr.Name, StringComparer.Ordinal).ToList();
        var summary = new InfrastructureSummary
        {
            Pools = [.. pools.Select(pool => Pool(pool, hosts, vms)).OrderBy(static pool => pool.Name, StringComparer.Ordinal)],
            Hosts = [.. hosts.Select(host => Host(host, names, vms)).OrderBy(static host => host.Name, StringComparer.Ordinal)],
            Vms = vms.CountBy(static vm => Text(vm, "power_state"))
                .OrderByDescending(static state => state.Value).ToDictionary(StringComparer.Ordinal),
            Storage = storage,
        };
        return summary with { Attention = [.. Attention(summary, read)] };
    }

    private static PoolSummary Pool(JsonElement pool, List<JsonElement> hosts, List<JsonElement> vms)
    {
        var id = Text(pool, "id");
        return new PoolSummary(
            Text(pool, "name_label"),
            id,
            hosts.Count(host => Text(host, "$pool") == id),
            vms.Count(vm => Text(vm, "$pool") == id && Text(vm, "power_state") == "Running"),
            vms.Count(vm => Text(vm, "$pool") == id));
    }

    private static HostSummary Host(JsonElement host, Dictionary<string, string> pools, List<JsonElement> vms)
    {
        var id = Text(host, "id");
        var state = Text(host, "power_state");
        var enabled = !host.TryGetProperty("enabled", out var flag) || flag.ValueKind != JsonValueKind.False;
        return new HostSummary(
            Text(host, "name_label"),
            pools.GetValueOrDefault(Text(host, "$pool"), ""),
            enabled || state != "Running" ? state : "Disabled",
            vms.Count(vm => Text(vm, "$container") == id),
            (int)Number(host, "cpus", "cores"),
            Number(host, "memory", "usage"),
            Number(host, "memory", "size"));
    }

    private static StorageSummary Storage(JsonElement sr) => new(
        Text(sr, "name_label"),
        Text(sr, "SR_type"),
        sr.TryGetProperty("shared", out var shared) && shared.ValueKind == JsonValueKind.True,
        Number(sr, "physical_usage"),
        Number(sr, "size"));

    private static IEnumerable<string> Attention(InfrastructureSummary summary, IReadOnlyDictionary<string, JsonElement> read)
    {
        foreach (var host in summary.Hosts)
        {
            if (host.State != "Running")
            {
                yield return $"Host {host.Name} (pool {host.Pool}) is {host.State}.";
            }
            else if (host.MemorySize > 0 && host.MemoryUsed > FullMemory * host.MemorySize)
            {
                yield return $"Host {host.Name} has used {Percent(host.MemoryUsed, host.MemorySize)} of its memory.";
            }
        }

        foreach (var server in Rows(read, "GetServers").Where(static server => Text(server, "status") is not ("connected" or "")))
        {
            yield return $"Server {Text(server, "label")} ({Text(server, "host")}) is {Text(server, "status")}: its pool cannot be seen.";
        }

        foreach (var sr in summary.Storage.Where(static sr => sr.Size > 0 && sr.Used > FullStorage * sr.Size))
        {
            yield return $"Storage {sr.Name} is {Percent(sr.Used, sr.Size)} full.";
        }

        foreach (var failed in Rows(read, "GetBackupLogs").Where(static log => Text(log, "status") is "failure" or "interrupted"))
        {
            yield return $"Backup job {Text(failed, "jobName")} ended with {Text(failed, "status")} on {Date(Number(failed, "start"))}.";
        }

        foreach (var line in Alarms(Rows(read, "GetAlarms")))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Alarms(List<JsonElement> alarms)
    {
        foreach (var alarm in alarms.OrderByDescending(static alarm => Number(alarm, "time")).Take(MostAlarms))
        {
            var body = alarm.TryGetProperty("body", out var found) ? found : default;
            var about = alarm.TryGetProperty("object", out var subject) ? subject : default;
            yield return $"Alarm {Text(body, "name")} {Text(body, "value")} on {Text(about, "type")} {Text(about, "uuid")} ({Date(Number(alarm, "time"))}).".Replace("  ", " ", StringComparison.Ordinal);
        }

        if (alarms.Count > MostAlarms)
        {
            yield return $"{alarms.Count - MostAlarms} more alarms: alarms_query GetAlarms lists them.";
        }
    }

    private static List<JsonElement> Rows(IReadOnlyDictionary<string, JsonElement> read, string operation) =>
        read.TryGetValue(operation, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : "";

    private static long Number(JsonElement item, params ReadOnlySpan<string> path)
    {
        foreach (var property in path)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(property, out item))
            {
                return 0;
            }
        }

        return item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) ? (long)number : 0;
    }

    private static string Percent(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0} %");

    private static string Date(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
