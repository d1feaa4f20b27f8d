using System.Globalization;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Storage;

/// <summary>Tools that look at backups and the jobs that make them.</summary>
internal static class BackupTools
{
    private static readonly FleetColumns BackupColumns = new("backups")
    {
        { "volid", "volid", true },
        { "vmid", "vmid", true },
        { "guest_name", "guest_name", true },
        { "storage", "storage", true },
        { "creation", "created", true },
        { "size", "size", true },
        { "format", "format", true },
        { "guest_id", "guest_id" },
        { "node", "node" },
        { "notes", "notes" },
        { "protected", "is_protected" },
        { "encrypted", "encrypted" },
        { "verified", "verified" },
        { "guest_exists", "guest_exists" },
        { "job_id", "job_id" },
    };

    private static readonly FleetColumns JobColumns = new("backup_jobs")
    {
        { "id", "id", true },
        { "enabled", "enabled", true },
        { "schedule", "schedule", true },
        { "storage", "storage", true },
        { "mode", "mode", true },
        { "scope", "scope", true },
        { "next_run", "next_run", true },
        { "last_run_status", "last_status", true },
        { "node", "node" },
        { "compress", "compress" },
        { "retention", "retention" },
        { "comment", "comment" },
        { "guests", "guests" },
    };

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("list_backups", "List backups", "Backups of guests, newest first, also of guests that are gone.")
        {
            Tables = ["backups"],
            Parameters =
            [
                new("vmid", ArgumentType.Guest, "Number, uuid or unique name; the number also of a guest that is gone"),
                new("node", ArgumentType.Text),
                new("storage", ArgumentType.Text),
                new("newer_than", ArgumentType.Span, "Age such as 7d, or a time"),
                new("older_than", ArgumentType.Span, "Age such as 30d, or a time"),
                new("verified", ArgumentType.Flag),
                FleetParameter.Detail,
            ],
            Rows = 100,
            Run = BackupsAsync,
        },
        new("list_backup_jobs", "List backup jobs", "Planned backup jobs with schedule, storage, guests and how the last run ended.")
        {
            Tables = ["backup_jobs"],
            Parameters =
            [
                new("vmid", ArgumentType.Guest, "Only jobs that include this guest"),
                new("enabled", ArgumentType.Flag),
                FleetParameter.Detail,
            ],
            Rows = 100,
            Run = JobsAsync,
        },
    ];

    private static async Task<FleetAnswer> BackupsAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments;
        var (storage, node, verified) = (arguments.Text("storage"), arguments.Text("node"), arguments.Flag("verified"));
        var (before, after) = (arguments.Before("older_than"), arguments.Before("newer_than"));
        var number = long.TryParse(arguments.Text("vmid"), CultureInfo.InvariantCulture, out var parsed) ? parsed : (long?)null;
        var guest = arguments.Has("vmid") && number is null ? await GuestLookup.OneAsync(request, cancellationToken) : null;
        var set = await request.TableAsync(
            "backups",
            null,
            cancellationToken,
            Bounds.Of(Bounds.Equal("vmid", number ?? guest?.Vmid), Bounds.Equal("storage", storage), Bounds.Equal("node", node), Bounds.AtMost("created", before), Bounds.AtLeast("created", after)));
        return BackupColumns.Answer(set.Rows
            .Where(row => number is null || row.Int("vmid") == number)
            .Where(row => guest is null || (row.Text("backend") == guest.Backend.Name && (guest.Vmid is { } id ? row.Int("vmid") == id : row.Text("guest_id") == guest.Id)))
            .Where(row => storage is null || row.Text("storage") == storage)
            .Where(row => before is null || row.Time("created") < before)
            .Where(row => after is null || row.Time("created") >= after)
            .Where(row => verified is null || (verified.Value ? row.Flag("verified") : !row.Flag("verified")))
            .OrderByDescending(static row => row.Time("created")));
    }

    private static async Task<FleetAnswer> JobsAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var guest = request.Arguments.Has("vmid") ? await GuestLookup.OneAsync(request, cancellationToken) : null;
        var enabled = request.Arguments.Flag("enabled");
        var set = await request.TableAsync("backup_jobs", null, cancellationToken);
        return JobColumns.Answer(set.Rows
            .Where(row => enabled is null || row.Flag("enabled") == enabled)
            .Where(row => guest is null || (row.Text("backend") == guest.Backend.Name && Includes(row, guest))));
    }

    // A job that describes its guests instead of naming them may include any.
    private static bool Includes(RowSet.Row job, FleetGuest guest) => job["guests"].IsNull
        ? job.Text("scope") is "all" or "pool" or "exclude"
        : job.List("guests").Contains(guest.Vmid?.ToString(CultureInfo.InvariantCulture) ?? guest.Id);
}
