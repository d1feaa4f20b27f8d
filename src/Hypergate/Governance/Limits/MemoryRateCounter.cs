using System.Collections.Concurrent;

namespace Hypergate.Governance.Limits;

/// <summary>Counts in this process alone. Memory is bounded.</summary>
internal sealed class MemoryRateCounter(TimeProvider time) : IRateCounter
{
    private const int MostKeys = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public ValueTask<double?> TakeAsync(string key, int perMinute, CancellationToken cancellationToken)
    {
        Trim();
        return ValueTask.FromResult(_buckets.GetOrAdd(key, _ => new Bucket(perMinute, time.GetUtcNow())).Take(perMinute, time.GetUtcNow()));
    }

    // Full buckets remember nothing that matters.
    private void Trim()
    {
        if (_buckets.Count > MostKeys)
        {
            _buckets.Clear();
        }
    }

    private sealed class Bucket(double left, DateTimeOffset at)
    {
        // Guards the level: calls come from many threads.
        private readonly Lock _lock = new();
        private double _left = left;
        private DateTimeOffset _at = at;

        /// <summary>Takes one; else the seconds until there is one.</summary>
        public double? Take(int perMinute, DateTimeOffset now)
        {
            lock (_lock)
            {
                _left = Math.Min(perMinute, _left + (now - _at).TotalMinutes * perMinute);
                _at = now;
                if (_left < 1)
                {
                    return (1 - _left) * 60 / perMinute;
                }

                _left--;
                return null;
            }
        }
    }
}
