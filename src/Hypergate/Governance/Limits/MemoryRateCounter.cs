using System.Collections.Concurrent;

namespace Hypergate.Governance.Limits;

/// <summary>Counts in this process alone. Memory is bounded.</summary>
internal sealed class MemoryRateCounter(TimeProvider time) : IRateCounter
{
    private const int MostKeys = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public ValueTask<double?> TakeAsync(string key, RateLimit limit, double amount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Of(key, limit).Take(limit, amount, isOwed: false, time.GetUtcNow()));

    public ValueTask ChargeAsync(string key, RateLimit limit, double amount, CancellationToken cancellationToken)
    {
        Of(key, limit).Take(limit, amount, isOwed: true, time.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    private Bucket Of(string key, RateLimit limit)
    {
        Trim();
        return _buckets.GetOrAdd(key, static (_, made) => new Bucket(made.Most, made.Now), (limit.Most, Now: time.GetUtcNow()));
    }

    // Those idle for longest go: they are the fullest.
    private void Trim()
    {
        if (_buckets.Count > MostKeys)
        {
            foreach (var (key, _) in _buckets.OrderBy(static pair => pair.Value.At).Take(MostKeys / 4).ToList())
            {
                _buckets.TryRemove(key, out _);
            }
        }
    }

    private sealed class Bucket(double left, DateTimeOffset at)
    {
        // Guards the level: calls come from many threads.
        private readonly Lock _lock = new();
        private double _left = left;

        /// <summary>When it was last looked at.</summary>
        public DateTimeOffset At { get; private set; } = at;

        /// <summary>Takes an amount; else the seconds until it is there.</summary>
        public double? Take(RateLimit limit, double amount, bool isOwed, DateTimeOffset now)
        {
            lock (_lock)
            {
                _left = Math.Min(limit.Most, _left + (now - At).TotalSeconds * limit.PerSecond);
                At = now;
                if (_left < amount && !isOwed)
                {
                    return limit.SecondsUntil(amount, _left);
                }

                _left -= amount;
                return null;
            }
        }
    }
}
