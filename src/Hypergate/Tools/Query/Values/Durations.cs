using System.Buffers;
using System.Globalization;

namespace Hypergate.Tools.Query.Values;

/// <summary>Reads durations: seconds, or numbers with units one after the other: <c>30d</c>, <c>1h30m</c>.</summary>
internal static class Durations
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> EndOfUnit = SearchValues.Create("0123456789. ");

    /// <returns>Seconds; null for anything else.</returns>
    public static double? ParseSeconds(string text)
    {
        var rest = text.AsSpan().Trim();
        if (double.TryParse(rest, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsFinite(seconds) ? seconds : null;
        }

        double sum = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..].TrimStart();
            var letters = rest.IndexOfAny(EndOfUnit);
            var unit = letters < 0 ? rest : rest[..letters];
            if (SecondsOf(unit) is not { } factor)
            {
                return null;
            }

            sum += number * factor;
            rest = rest[unit.Length..].TrimStart();
        }

        return text.Length > 0 && double.IsFinite(sum) ? sum : null;
    }

    private static double? SecondsOf(ReadOnlySpan<char> unit) => unit switch
    {
        "s" or "sec" or "second" or "seconds" => 1,
        "m" or "min" or "minute" or "minutes" => 60,
        "h" or "hour" or "hours" => 3_600,
        "d" or "day" or "days" => 86_400,
        "w" or "week" or "weeks" => 604_800,
        _ => null,
    };
}
