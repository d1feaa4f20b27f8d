using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Backup jobs, one row for each of their schedules; a job without one has a row too.</summary>
internal static class XenOrchestraBackupJobs
{
    private static readonly RowMap<Job> Map = new("backup_jobs")
    {
        { "backend", static job => Cell.Of(job.Backend) },
        { "id", static job => Cell.Of(job.Item.Text("id")) },
        { "enabled", static job => Cell.Of(job.Schedule.ValueKind == JsonValueKind.Object && job.Schedule.Flag("enabled") == true) },
        { "schedule", static job => Cell.Of(job.Schedule.Name("cron")) },
        { "storage", static job => Cell.Of(job.Storage) },
        { "mode", static job => Cell.Of(job.Item.Name("mode") ?? job.Item.Name("type")) },
        { "scope", static job => Cell.Of(ScopeOf(job.Item.Get("vms"))) },
        { "guests", static job => Cell.Of(IdsOf(job.Item.Get("vms").Get("id"))) },
        { "compress", static job => Cell.Of(job.Item.Name("compression")) },
        { "retention", static job => Cell.Of(RetentionOf(job.Item.Get("settings").Get(job.Schedule.Text("id") ?? ""))) },
        { "comment", static job => Cell.Of(job.Item.Name("name")) },
        { "last_status", static job => Cell.Of(job.LastStatus) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        var jobs = await world.ListAsync("/backup-jobs", "id,name,mode,type,remotes,settings,vms,pools,compression");
        var schedules = (await world.TryListAsync("/schedules", "id,cron,enabled,jobId,name")).ToLookup(static schedule => schedule.Text("jobId"), StringComparer.Ordinal);
        var repositories = await XenOrchestraBackups.RepositoriesAsync(world);
        var last = visit.Wants("last_status") ? await LastAsync(world) : [];
        return Map.Rows(jobs.SelectMany(job => schedules[job.Text("id")].DefaultIfEmpty().Select(schedule => new Job(visit.Backend, job, schedule)
        {
            Storage = StoragesOf(job, repositories),
            LastStatus = last.GetValueOrDefault(job.Text("id") ?? ""),
        })));
    }

    /// <summary>The ids in <c>"a"</c> or <c>{"__or": ["a", "b"]}</c>.</summary>
    private static List<string>? IdsOf(JsonElement pattern) => pattern.ValueKind switch
    {
        JsonValueKind.String => [pattern.GetString()!],
        JsonValueKind.Object when pattern.Texts("__or") is { } ids => [.. ids],
        _ => null,
    };

    // A job names guests, or describes them: by pool, by tags, by state.
    private static string? ScopeOf(JsonElement pattern) => pattern switch
    {
        { ValueKind: not JsonValueKind.Object } => null,
        _ when pattern.Get("id").ValueKind != JsonValueKind.Undefined => IdsOf(pattern.Get("id")) is null ? "exclude" : "ids",
        _ when pattern.Get("$pool").ValueKind != JsonValueKind.Undefined => "pool",
        _ => "all",
    };

    private static string? StoragesOf(JsonElement job, Dictionary<string, string> repositories) =>
        IdsOf(job.Get("remotes").Get("id")) is { Count: > 0 } ids ? string.Join(", ", ids.Select(id => repositories.GetValueOrDefault(id, id))) : null;

    private static string? RetentionOf(JsonElement settings) => settings.ValueKind != JsonValueKind.Object
        ? null
        : string.Join(", ", settings.EnumerateObject()
            .Where(static setting => setting.Name.Contains("etention", StringComparison.Ordinal))
            .Select(static setting => $"{setting.Name}={setting.Value.AsText()}")) is { Length: > 0 } text ? text : null;

    private static async Task<Dictionary<string, string>> LastAsync(XenOrchestraWorld world)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var log in (await world.TryListAsync("/backup-logs", "id,jobId,status,start")).OrderBy(static log => log.Number("start")))
        {
            if (log.Text("jobId") is { } job)
            {
                last[job] = log.Text("status") switch { "success" => "ok", "pending" => "running", "skipped" => "warning", var other => other is null ? "unknown" : "error" };
            }
        }

        return last;
    }

    private sealed record Job(string Backend, JsonElement Item, JsonElement Schedule)
    {
        public string? Storage { get; init; }

        public string? LastStatus { get; init; }
    }
}
