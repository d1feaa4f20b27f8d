using Hypergate.Schemas;

namespace Hypergate.Backends;

/// <summary>How much of the gateway's work one platform is given at a time, whoever asks.</summary>
public sealed record BackendSettingsLimits
{
    [Setting("Requests of calls that are under way at the same time; further ones wait, callers in turn.", Minimum = 1, Maximum = 1000)]
    public int AtOnce { get; init; } = 32;

    [Setting("How many may wait; further ones are refused.", Minimum = 0, Maximum = 100_000)]
    public int Queue { get; init; } = 256;

    [Setting("Seconds that each may wait; then it is refused.", Minimum = 1, Maximum = 600)]
    public int QueueSeconds { get; init; } = 10;

    [Setting("Requests a second at most, evenly spaced.", Minimum = 1, Maximum = 100_000, DefaultText = "off")]
    public int? PerSecond { get; init; }
}
