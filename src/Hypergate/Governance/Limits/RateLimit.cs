namespace Hypergate.Governance.Limits;

/// <summary>So much within a time: a bucket that holds it all and fills evenly.</summary>
/// <param name="Most">What the bucket holds, and gets within the time.</param>
/// <param name="Per">The time.</param>
internal sealed record RateLimit(double Most, TimeSpan Per)
{
    public static RateLimit PerMinute(double most) => new(most, TimeSpan.FromMinutes(1));

    public static RateLimit PerHour(double most) => new(most, TimeSpan.FromHours(1));

    /// <summary>How much comes within a second.</summary>
    public double PerSecond => Most / Per.TotalSeconds;

    /// <summary>Seconds until so much is there.</summary>
    public double SecondsUntil(double wanted, double left) => (wanted - left) / PerSecond;
}
