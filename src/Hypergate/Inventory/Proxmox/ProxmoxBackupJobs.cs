using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Planned backup jobs with the guests that they really cover.</summary>
internal static class ProxmoxBackupJobs
{
    private static readonly RowMap<Job> Map = new("backup_jobs")
    {
        { "backend", static job => Cell.Of(job.Backend) },
        { "cluster", static job => Cell.Of(job.Cluster) },
        { "id", static job => Cell.Of(job.Item.Text("id")) },
        { "enabled", static job => Cell.Of(job.Item.Flag("enabled") ?? true) },
        { "schedule", static job => Cell.Of(job.Item.Name("schedule") ?? OldSchedule(job.Item)) },
        { "storage", static job => Cell.Of(job.Item.Name("storage")) },
        { "mode", static job => Cell.Of(job.Item.Name("mode") ?? "snapshot") },
        { "scope", static job => Cell.Of(ScopeOf(job.Item)) },
        { "guests", static job => Cell.Of(job.Guests) },
        { "node", static job => Cell.Of(job.Item.Name("node")) },
        { "compress", static job => Cell.Of(job.Item.Name("compress")) },
        { "retention", static job => Cell.Of(RetentionOf(job.Item.Get("prune-backups"))) },
        { "comment", static job => Cell.Of(job.Item.Name("comment")) },
        { "next_run", static job => Cell.Of(Moments.OfSeconds(job.Item.Number("next-run"))) },
        { "last_status", static job => Cell.Of(job.LastStatus) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new ProxmoxWorld(visit.Reads, cancellationToken);
        var cluster = await world.ClusterNameAsync(visit);
        var jobs = (await visit.Reads.GetAsync("/cluster/backup", [], cancellationToken)).Elements().ToList();
        var runs = jobs.Count > 0 && visit.Wants("last_status") ? await ProxmoxBackupRuns.ReadAsync(world, visit, cancellationToken) : null;
        var guests = await Task.WhenAll(jobs.Select(job => visit.Wants("guests") ? GuestsOfAsync(visit.Reads, job, cancellationToken) : Task.FromResult<IReadOnlyList<string>?>(null)));
        return Map.Rows(jobs.Zip(guests).Select(entry => new Job(visit.Backend, cluster, entry.First) { Guests = entry.Second, LastStatus = runs?.LastOf(entry.First) }));
    }

    /// <summary>How a job chooses its guests.</summary>
    public static string ScopeOf(JsonElement job) => job switch
    {
        _ when job.Name("pool") is not null => "pool",
        _ when job.Flag("all") == true => job.Name("exclude") is null ? "all" : "exclude",
        _ => "ids",
    };

    // What the platform itself says is in it; what the job names where it does not say.
    private static async Task<IReadOnlyList<string>?> GuestsOfAsync(PlatformReads reads, JsonElement job, CancellationToken cancellationToken)
    {
        var included = await reads.TryGetAsync("/cluster/backup/{id}/included_volumes", [("id", job.Text("id") ?? "")], cancellationToken);
        return included.Get("children").ValueKind == JsonValueKind.Array
            ? [.. included.Items("children").Select(static guest => guest.Text("id")).OfType<string>()]
            : job.Name("vmid")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string? OldSchedule(JsonElement job) =>
        job.Name("starttime") is { } time ? string.Create(CultureInfo.InvariantCulture, $"{job.Text("dow")} {time}").Trim() : null;

    private static string? RetentionOf(JsonElement keep) => keep.ValueKind == JsonValueKind.Object
        ? string.Join(',', keep.EnumerateObject().OrderBy(static part => part.Name, StringComparer.Ordinal).Select(static part => $"{part.Name}={part.Value.AsText()}"))
        : keep.AsText();

    private sealed record Job(string Backend, string? Cluster, JsonElement Item)
    {
        public IReadOnlyList<string>? Guests { get; init; }

        public string? LastStatus { get; init; }
    }
}
