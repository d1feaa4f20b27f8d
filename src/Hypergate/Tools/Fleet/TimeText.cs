using System.Globalization;

namespace Hypergate.Tools.Fleet;

/// <summary>Reads moments and spans of time as people write them.</summary>
internal static class TimeText
{
    /// <summary><c>90s</c>, <c>15m</c>, <c>12h</c>, <c>30d</c>, <c>2w</c>, <c>6mo</c>, <c>1y</c>; null for anything else.</summary>
    public static TimeSpan? Span(string text)
    {
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(static c => char.IsAsciiDigit(c) || c == '.').Count();
        if (digits == 0 || !double.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        double? days = trimmed[digits..].Trim().ToLowerInvariant() switch
        {
            "s" or "sec" or "second" or "seconds" => 1.0 / 86_400,
            "m" or "min" or "minute" or "minutes" => 1.0 / 1_440,
            "h" or "hour" or "hours" => 1.0 / 24,
            "d" or "day" or "days" => 1,
            "w" or "week" or "weeks" => 7,
            "mo" or "month" or "months" => 30,
            "y" or "year" or "years" => 365,
            _ => null,
        };
        return number * days is { } span and < 365_000 ? TimeSpan.FromDays(span) : null;
    }

    /// <summary>ISO 8601 (UTC where it names no zone), <c>now</c>, <c>now-24h</c>, <c>-24h</c>, or seconds since 1970; null for anything else.</summary>
    public static DateTimeOffset? Moment(string text, DateTimeOffset now)
    {
        var trimmed = text.Trim();
        if (trimmed.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            return now;
        }

        var back = trimmed.StartsWith("now-", StringComparison.OrdinalIgnoreCase) ? trimmed[4..] : trimmed.StartsWith('-') ? trimmed[1..] : null;
        if (back is not null)
        {
            return Span(back) is { } span ? now - span : null;
        }

        if (trimmed.Length is 9 or 10 && long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        return trimmed.Length >= 8 && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;
    }
}
