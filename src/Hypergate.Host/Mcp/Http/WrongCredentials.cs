namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// Counts wrong credentials by address. Whoever sends too many within a time is not listened to for as long, whatever comes then: who guesses keys learns nothing, and costs
/// nothing. Memory is bounded.
/// </summary>
internal sealed class WrongCredentials
{
    // Guards _entries: requests come on many threads.
    private readonly Lock _lock = new();
    private readonly BoundedNotes<Entry> _entries;
    private readonly int _most;
    private readonly TimeSpan _span;
    private readonly TimeProvider _time;

    /// <param name="most">How many an address may send; the last of them closes the door.</param>
    /// <param name="span">Within which time, from the first on, and for how long the door stays closed.</param>
    public WrongCredentials(int most, TimeSpan span, TimeProvider time)
    {
        (_most, _span, _time) = (most, span, time);
        _entries = new(HasEnded, static entry => entry.Since);
    }

    /// <summary>How long an address has to wait; null where it need not.</summary>
    public TimeSpan? Wait(string address)
    {
        lock (_lock)
        {
            return _entries.Find(address) is { } entry && entry.Count >= _most && !HasEnded(entry) ? _span - _time.GetElapsedTime(entry.Since) : null;
        }
    }

    /// <summary>Notes one.</summary>
    public void Note(string address)
    {
        lock (_lock)
        {
            var before = _entries.Find(address) is { } known && !HasEnded(known) ? known : new Entry(0, _time.GetTimestamp());
            var count = before.Count + 1;
            _entries.Keep(address, new(count, count >= _most ? _time.GetTimestamp() : before.Since));
        }
    }

    private bool HasEnded(Entry entry) => _time.GetElapsedTime(entry.Since) >= _span;

    /// <param name="Count">How many came.</param>
    /// <param name="Since">When the first came, or, where there were too many, the last.</param>
    private sealed record Entry(int Count, long Since);
}
