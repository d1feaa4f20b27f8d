using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory;

/// <summary>Moments and durations out of what platforms count.</summary>
internal static class Moments
{
    private const double MostSeconds = 253_402_300_799;

    /// <summary>A moment in seconds since 1970; nothing for zero, which platforms say for never.</summary>
    public static DateTimeOffset? OfSeconds(double? seconds) =>
        seconds is { } count and > 0 and < MostSeconds ? DateTimeOffset.UnixEpoch.AddTicks((long)(count * TimeSpan.TicksPerSecond)) : null;

    public static DateTimeOffset? OfMilliseconds(double? milliseconds) => OfSeconds(milliseconds / 1_000);

    /// <summary>Whole seconds from one moment to a later one; nothing where one is unknown.</summary>
    public static Cell Between(DateTimeOffset? start, DateTimeOffset? end) =>
        start is { } from && end is { } to ? Cell.Of((long?)Math.Max(0, (long)(to - from).TotalSeconds)) : Cell.Null;
}
