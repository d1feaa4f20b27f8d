namespace Hypergate.Host.Mcp.Http;

/// <summary>So many uses a second for each key, with a store for bursts. Memory is bounded: full buckets are forgotten.</summary>
/// <param name="perSecond">How fast a bucket fills.</param>
/// <param name="burst">How much it holds.</param>
internal sealed class TokenBuckets(double perSecond, double burst, TimeProvider time)
{
    private const int MostKeys = 10_000;

    // Guards _buckets: requests come on many threads.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one; null where there was one, else how long to wait for the next.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="most">How many a second for this key, where fewer than for all; twice as many at once.</param>
    public TimeSpan? Take(string key, int? most = null)
    {
        var (rate, full) = most < perSecond ? (most.Value, most.Value * 2d) : (perSecond, burst);
        lock (_lock)
        {
            var left = Fill(key, rate, full);
            if (left < 1)
            {
                return TimeSpan.FromSeconds((1 - left) / rate);
            }

            Keep(key, left - 1);
            return null;
        }
    }

    /// <summary>How long to wait until there is one; null where there is one. Takes nothing.</summary>
    public TimeSpan? Wait(string key)
    {
        lock (_lock)
        {
            var left = Fill(key);
            return left < 1 ? TimeSpan.FromSeconds((1 - left) / perSecond) : null;
        }
    }

    private double Fill(string key) => Fill(key, perSecond, burst);

    private double Fill(string key, double rate, double full) => _buckets.TryGetValue(key, out var bucket)
        ? Math.Min(full, bucket.Left + (time.GetElapsedTime(bucket.At).TotalSeconds * rate))
        : full;

    private void Keep(string key, double left)
    {
        if (_buckets.Count >= MostKeys && !_buckets.ContainsKey(key))
        {
            foreach (var full in _buckets.Keys.Where(known => Fill(known) >= burst).ToList())
            {
                _buckets.Remove(full);
            }

            if (_buckets.Count >= MostKeys)
            {
                _buckets.Remove(_buckets.MinBy(static pair => pair.Value.At).Key);
            }
        }

        _buckets[key] = new(left, time.GetTimestamp());
    }

    private sealed record Bucket(double Left, long At);
}
