using System.Globalization;

namespace Hypergate.Governance.Gates;

/// <summary>Counts the calls that gates let pass, in windows that begin with the first of them. Memory is bounded; kept by this process alone.</summary>
internal sealed class GateCounter(TimeProvider time)
{
    private const int MostKeys = 10_000;

    // Guards the windows: calls come from many threads.
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Gate, string Caller), (DateTimeOffset Until, int Count)> _windows = [];

    /// <summary>Takes one; else why there is none, and when the next is.</summary>
    public string? Take(string gate, string caller, GateLimit limit)
    {
        var (now, key) = (time.GetUtcNow(), (gate, limit.Per == "all" ? "" : caller));
        lock (_lock)
        {
            Trim(now);
            var (until, count) = _windows.TryGetValue(key, out var window) && window.Until > now ? window : (now + LengthOf(limit.Window), 0);
            if (count >= limit.Count)
            {
                return string.Create(CultureInfo.InvariantCulture, $"at most {limit.Count} such calls in {limit.Window}; the next in {Math.Ceiling((until - now).TotalSeconds):0} s.");
            }

            _windows[key] = (until, count + 1);
            return null;
        }
    }

    // Windows in force stay: who floods it with names gains nothing.
    private void Trim(DateTimeOffset now)
    {
        if (_windows.Count < MostKeys)
        {
            return;
        }

        foreach (var key in _windows.Where(window => window.Value.Until <= now).Select(static window => window.Key).ToList())
        {
            _windows.Remove(key);
        }
    }

    private static TimeSpan LengthOf(string window) => int.Parse(window.AsSpan(..^1), CultureInfo.InvariantCulture) * (window[^1] switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    });
}
