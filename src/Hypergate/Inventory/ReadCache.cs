using System.Collections.Concurrent;

namespace Hypergate.Inventory;

/// <summary>
/// What was read a moment ago, by backend and caller. A change made through this gateway empties it for that backend, and what was
/// read while the change went on is never kept.
/// </summary>
internal sealed class ReadCache(TimeProvider time)
{
    private const int MostEntries = 512;
    private static readonly TimeSpan UnsettledFor = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<ReadKey, Entry> _entries = new();
    private readonly ConcurrentDictionary<string, State> _states = new(StringComparer.Ordinal);

    /// <summary>What was changed a moment ago.</summary>
    public RecentChanges Changes { get; } = new(time);

    /// <summary>How often a backend was changed; to be asked before a read and brought back to <see cref="Keep"/>.</summary>
    public int Generation(string backend) => _states.TryGetValue(backend, out var state) ? state.Generation : 0;

    public bool TryFind<T>(ReadKey key, out T value)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Until > time.GetUtcNow() && entry.Value is T found)
        {
            value = found;
            return true;
        }

        value = default!;
        return false;
    }

    /// <summary>Keeps a value, unless its backend was changed since the read began or a task of ours still runs there.</summary>
    public void Keep(ReadKey key, object value, TimeSpan life, int generation)
    {
        var now = time.GetUtcNow();
        if (life <= TimeSpan.Zero || Generation(key.Backend) != generation || (_states.TryGetValue(key.Backend, out var state) && state.UnsettledUntil > now))
        {
            return;
        }

        if (_entries.Count >= MostEntries)
        {
            Purge(now);
        }

        _entries[key] = new(value, now + life);
    }

    /// <summary>A backend has been, or is about to be, changed.</summary>
    /// <param name="settled">False where the change goes on after the answer.</param>
    public void Forget(string backend, bool settled)
    {
        var until = settled ? DateTimeOffset.MinValue : time.GetUtcNow() + UnsettledFor;
        _states.AddOrUpdate(
            backend,
            static (_, until) => new State(1, until),
            static (_, old, until) => new State(old.Generation + 1, until > old.UnsettledUntil ? until : old.UnsettledUntil),
            until);
        foreach (var key in _entries.Keys)
        {
            if (key.Backend == backend)
            {
                _entries.TryRemove(key, out _);
            }
        }
    }

    private void Purge(DateTimeOffset now)
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Until <= now)
            {
                _entries.TryRemove(key, out _);
            }
        }

        if (_entries.Count >= MostEntries)
        {
            _entries.Clear();
        }
    }

    private sealed record Entry(object Value, DateTimeOffset Until);

    private sealed record State(int Generation, DateTimeOffset UnsettledUntil);
}

/// <summary>What was read.</summary>
/// <param name="Backend">By its configured name.</param>
/// <param name="Caller">Name and roles: rows of one caller are never shown to another.</param>
/// <param name="What">Everything else that decides the answer.</param>
internal readonly record struct ReadKey(string Backend, string Caller, string What);
