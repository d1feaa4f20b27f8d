using System.Globalization;

namespace Hypergate.Tools.Query.Values;

/// <summary>Reads moments: ISO 8601 (UTC where no zone is said), Unix seconds, and <c>now-30d</c>, <c>today</c>, <c>yesterday</c>.</summary>
internal static class Moments
{
    private const double LastSecond = 253_402_300_799;
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <returns>Null for anything else.</returns>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        text = text.Trim();
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out var moment))
        {
            return moment;
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? seconds is >= 0 and <= LastSecond ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null
            : Relative(text.Replace(" ", "", StringComparison.Ordinal).Replace("()", "", StringComparison.Ordinal).ToLowerInvariant(), now);
    }

    private static DateTimeOffset? Relative(string text, DateTimeOffset now)
    {
        var end = text.AsSpan().IndexOfAny('+', '-');
        var start = (end < 0 ? text : text[..end]) switch
        {
            "now" => now,
            "today" => new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero),
            "yesterday" => new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-1),
            _ => (DateTimeOffset?)null,
        };
        var at = end < 0 ? text.Length : end;
        while (start is not null && at < text.Length)
        {
            var next = text.AsSpan(at + 1).IndexOfAny('+', '-');
            var stop = next < 0 ? text.Length : at + 1 + next;
            start = Durations.ParseSeconds(text[(at + 1)..stop]) is { } seconds ? Shifted(start.Value, text[at] == '-' ? -seconds : seconds) : null;
            at = stop;
        }

        return start;
    }

    private static DateTimeOffset? Shifted(DateTimeOffset from, double seconds) =>
        seconds < (DateTimeOffset.MaxValue - from).TotalSeconds && seconds > (DateTimeOffset.MinValue - from).TotalSeconds ? from.AddSeconds(seconds) : null;
}
