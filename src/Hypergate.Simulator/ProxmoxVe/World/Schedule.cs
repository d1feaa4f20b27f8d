using System.Globalization;

namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>When a calendar event comes next, in UTC: <c>02:00</c>, <c>sun 04:00</c>, <c>mon..fri 22:30</c>, <c>*/15</c>.</summary>
internal static class Schedule
{
    private const int MostMinutes = 8 * 24 * 60;
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The first minute after a moment that the event names; null for an event of another form.</summary>
    public static DateTimeOffset? Next(string text, DateTimeOffset after)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [.., var time] || words.Length > 2 || TimeOf(time) is not { } isTime || DaysOf(words.Length == 2 ? words[0] : "sun..sat") is not { } days)
        {
            return null;
        }

        var minute = new DateTimeOffset(after.UtcDateTime.Date, TimeSpan.Zero).AddMinutes((int)after.UtcDateTime.TimeOfDay.TotalMinutes);
        for (var step = 0; step < MostMinutes; step++)
        {
            minute = minute.AddMinutes(1);
            if (days.Contains((int)minute.DayOfWeek) && isTime(minute.Hour, minute.Minute))
            {
                return minute;
            }
        }

        return null;
    }

    private static Func<int, int, bool>? TimeOf(string text)
    {
        if (text.StartsWith("*/", StringComparison.Ordinal))
        {
            return int.TryParse(text.AsSpan(2), CultureInfo.InvariantCulture, out var every) && every is > 0 and < 60 ? (_, minute) => minute % every == 0 : null;
        }

        return TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (hour, minute) => hour == time.Hour && minute == time.Minute
            : null;
    }

    private static HashSet<int>? DaysOf(string text)
    {
        var days = new HashSet<int>();
        foreach (var part in text.ToLowerInvariant().Split(','))
        {
            var ends = part.Split("..").Select(static day => Array.IndexOf(Days, day)).ToArray();
            if (ends.Length > 2 || ends.Contains(-1))
            {
                return null;
            }

            for (var day = ends[0]; ; day = (day + 1) % Days.Length)
            {
                days.Add(day);
                if (day == ends[^1])
                {
                    break;
                }
            }
        }

        return days;
    }
}
