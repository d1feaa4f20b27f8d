using System.Globalization;

namespace Hypergate.Host.Cli;

/// <summary>Lengths of time as people type them: <c>30m</c>, <c>12h</c>, <c>90d</c>.</summary>
internal static class Durations
{
    private const int Most = 100_000;

    /// <summary>Null where the text is none.</summary>
    public static TimeSpan? TryRead(string text) =>
        text is [.. var digits, var unit] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Most
            ? unit switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            }
            : null;
}
