using Hypergate.Governance.Authorization;

namespace Hypergate.Governance.Changes;

/// <summary>A time that comes again and again, ready to be asked.</summary>
/// <exception cref="ArgumentException">Its cron or time zone is none.</exception>
internal sealed class ChangeWindow(WindowSettings settings)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(32);

    private readonly CronPattern _cron = CronPattern.TryRead(settings.Cron) ?? throw new ArgumentException("It must be five fields of cron, such as 0 22 * * mon-fri.", nameof(settings));
    private readonly TimeZoneInfo _zone = TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var found) ? found : throw new ArgumentException("There is no such time zone.", nameof(settings));

    public string Name => settings.Name;

    /// <summary>Whether it asks for more than the backend's name.</summary>
    public bool NeedsObjects => settings.Pools is not null || settings.Tags is not null;

    public bool IsFor(string backend) => settings.Backends is null || settings.Backends.Any(pattern => Glob.Fits(pattern, backend));

    /// <summary>Whether it is about an object; what is not known of it may be.</summary>
    public bool IsAbout(ChangedObject changed) => Fits(settings.Pools, changed.Pools) && Fits(settings.Tags, changed.Tags);

    /// <summary>Whether it is open at a moment: it opened less than its minutes ago.</summary>
    public bool IsOpen(DateTimeOffset now)
    {
        var minute = Floor(now);
        for (var back = 0; back < settings.Minutes; back++)
        {
            if (Opens(minute - (back * Minute)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When it opens next; null where that is more than a month away.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset now)
    {
        var end = now + Horizon;
        for (var minute = Floor(now) + Minute; minute < end; minute += Minute)
        {
            if (Opens(minute))
            {
                return minute;
            }
        }

        return null;
    }

    // Where clocks jump ahead, what lies in the gap happens at its end.
    private bool Opens(DateTimeOffset minute)
    {
        var local = TimeZoneInfo.ConvertTime(minute, _zone).DateTime;
        var before = TimeZoneInfo.ConvertTime(minute - Minute, _zone).DateTime;
        if (_cron.Fits(local))
        {
            return true;
        }

        for (var skipped = before + Minute; skipped < local; skipped += Minute)
        {
            if (_cron.Fits(skipped))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Fits(IReadOnlyList<string>? patterns, IReadOnlyList<string>? values) =>
        patterns is null || values is null || values.Any(value => patterns.Any(pattern => Glob.Fits(pattern, value)));

    private static DateTimeOffset Floor(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}

/// <summary>What is known of an object that a call would change; null where it could not be found out.</summary>
internal sealed record ChangedObject(IReadOnlyList<string>? Pools, IReadOnlyList<string>? Tags)
{
    public static ChangedObject Unknown { get; } = new(null, null);
}
