using Hypergate.Schemas;

namespace Hypergate.Governance.Limits;

/// <summary>What one caller may use up. Of all that is said about a caller the least holds.</summary>
public sealed record LimitSettings
{
    [Setting("Calls a minute.", Minimum = 0, Maximum = 1_000_000, DefaultText = "no limit")]
    public int? CallsPerMinute { get; init; }

    [Setting("Calls a minute that change something.", Minimum = 0, Maximum = 1_000_000, DefaultText = "no limit")]
    public int? WritesPerMinute { get; init; }

    [Setting("Calls an hour of the class dangerous, on each backend.", Minimum = 0, Maximum = 100_000, DefaultText = "no limit")]
    public int? DangerousPerHour { get; init; }

    [Setting("Megabytes of answers of platforms a minute. The answer that goes beyond is given; those after it wait.", Minimum = 0, Maximum = 1_000_000, DefaultText = "no limit")]
    public int? MegabytesPerMinute { get; init; }

    [Setting("Scripts a minute.", Minimum = 0, Maximum = 100_000, DefaultText = "no limit")]
    public int? CodeRunsPerMinute { get; init; }

    [Setting("Scripts under way at the same time in each process, those that wait for consent included.", Minimum = 0, Maximum = 1_000, DefaultText = "no limit")]
    public int? CodeRunsAtOnce { get; init; }

    /// <summary>The lesser of each.</summary>
    internal static LimitSettings Least(LimitSettings one, LimitSettings other) => new()
    {
        CallsPerMinute = Least(one.CallsPerMinute, other.CallsPerMinute),
        WritesPerMinute = Least(one.WritesPerMinute, other.WritesPerMinute),
        DangerousPerHour = Least(one.DangerousPerHour, other.DangerousPerHour),
        MegabytesPerMinute = Least(one.MegabytesPerMinute, other.MegabytesPerMinute),
        CodeRunsPerMinute = Least(one.CodeRunsPerMinute, other.CodeRunsPerMinute),
        CodeRunsAtOnce = Least(one.CodeRunsAtOnce, other.CodeRunsAtOnce),
    };

    private static int? Least(int? one, int? other) => one is { } first && other is { } second ? Math.Min(first, second) : one ?? other;
}
