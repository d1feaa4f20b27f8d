using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Filters;
using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Durations as clients write them: milliseconds, or a number and a unit: <c>150 days</c>.</summary>
internal static class Duration
{
    /// <exception cref="XoError">500: the text is none.</exception>
    public static TimeSpan Parse(JsonNode value)
    {
        if (Number.Of(value) is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        var text = value.ToString().Trim();
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        return double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && Unit(text[digits..].Trim()) is { } unit
            ? unit * count
            : throw new XoError(500, $"not a valid duration: {text}");
    }

    private static TimeSpan? Unit(string word) => word.ToLowerInvariant() switch
    {
        "" or "ms" or "millisecond" or "milliseconds" => TimeSpan.FromMilliseconds(1),
        "s" or "sec" or "second" or "seconds" => TimeSpan.FromSeconds(1),
        "m" or "min" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
        "h" or "hour" or "hours" => TimeSpan.FromHours(1),
        "d" or "day" or "days" => TimeSpan.FromDays(1),
        "w" or "week" or "weeks" => TimeSpan.FromDays(7),
        "month" or "months" => TimeSpan.FromDays(30),
        "y" or "year" or "years" => TimeSpan.FromDays(365.25),
        _ => null,
    };
}
