namespace Hypergate.Host.Mcp.Http;

/// <summary>So many uses a second for each key, with a store for bursts. Memory is bounded: full buckets are forgotten first.</summary>
internal sealed class TokenBuckets
{
    // Guards _buckets: requests come on many threads.
    private readonly Lock _lock = new();
    private readonly BoundedNotes<Bucket> _buckets;
    private readonly double _perSecond;
    private readonly double _burst;
    private readonly TimeProvider _time;

    /// <param name="perSecond">How fast a bucket fills.</param>
    /// <param name="burst">How much it holds.</param>
    public TokenBuckets(double perSecond, double burst, TimeProvider time)
    {
        (_perSecond, _burst, _time) = (perSecond, burst, time);
        _buckets = new(bucket => Fill(bucket, perSecond, burst) >= burst, static bucket => bucket.At);
    }

    /// <summary>Takes one; null where there was one, else how long to wait for the next.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="most">How many a second for this key, where fewer than for all; twice as many at once.</param>
    public TimeSpan? Take(string key, int? most = null)
    {
        var (rate, full) = most < _perSecond ? (most.Value, most.Value * 2d) : (_perSecond, _burst);
        lock (_lock)
        {
            var left = Fill(key, rate, full);
            if (left < 1)
            {
                return TimeSpan.FromSeconds((1 - left) / rate);
            }

            _buckets.Keep(key, new(left - 1, _time.GetTimestamp()));
            return null;
        }
    }

    /// <summary>How long to wait until there is one; null where there is one. Takes nothing.</summary>
    public TimeSpan? Wait(string key)
    {
        lock (_lock)
        {
            var left = Fill(key, _perSecond, _burst);
            return left < 1 ? TimeSpan.FromSeconds((1 - left) / _perSecond) : null;
        }
    }

    private double Fill(string key, double rate, double full) => _buckets.Find(key) is { } bucket ? Fill(bucket, rate, full) : full;

    private double Fill(Bucket bucket, double rate, double full) => Math.Min(full, bucket.Left + (_time.GetElapsedTime(bucket.At).TotalSeconds * rate));

    private sealed record Bucket(double Left, long At);
}
