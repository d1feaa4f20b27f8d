namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// Counts wrong credentials by address. Whoever sends too many within a time is not listened to for as long, whatever comes then: who guesses keys learns nothing, and costs
/// nothing. Memory is bounded.
/// </summary>
/// <param name="most">How many an address may send; the last of them closes the door.</param>
/// <param name="span">Within which time, from the first on, and for how long the door stays closed.</param>
internal sealed class WrongCredentials(int most, TimeSpan span, TimeProvider time)
{
    private const int MostAddresses = 10_000;

    // Guards _entries: requests come on many threads.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>How long an address has to wait; null where it need not.</summary>
    public TimeSpan? Wait(string address)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(address, out var entry) && entry.Count >= most && !HasEnded(entry) ? span - time.GetElapsedTime(entry.Since) : null;
        }
    }

    /// <summary>Notes one.</summary>
    public void Note(string address)
    {
        lock (_lock)
        {
            var before = _entries.TryGetValue(address, out var known) && !HasEnded(known) ? known : new Entry(0, time.GetTimestamp());
            var count = before.Count + 1;
            MakeRoomFor(address);
            _entries[address] = new(count, count >= most ? time.GetTimestamp() : before.Since);
        }
    }

    private bool HasEnded(Entry entry) => time.GetElapsedTime(entry.Since) >= span;

    private void MakeRoomFor(string address)
    {
        if (_entries.Count < MostAddresses || _entries.ContainsKey(address))
        {
            return;
        }

        foreach (var ended in _entries.Where(pair => HasEnded(pair.Value)).Select(static pair => pair.Key).ToList())
        {
            _entries.Remove(ended);
        }

        if (_entries.Count >= MostAddresses)
        {
            _entries.Remove(_entries.MinBy(static pair => pair.Value.Since).Key);
        }
    }

    /// <param name="Count">How many came.</param>
    /// <param name="Since">When the first came, or, where there were too many, the last.</param>
    private sealed record Entry(int Count, long Since);
}
