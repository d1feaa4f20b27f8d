namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// A note for each of ten thousand keys at most. Where there is no room for another, those go that say nothing any more, and where all say something, a tenth, the oldest first: so that
/// whoever comes with ever new keys makes it tidy up once in a thousand times. For one thread at a time.
/// </summary>
/// <param name="isOver">Whether a note says no more than none.</param>
/// <param name="since">When it was made, to tell which is older.</param>
internal sealed class BoundedNotes<T>(Func<T, bool> isOver, Func<T, long> since)
    where T : class
{
    internal const int Most = 10_000;

    private readonly Dictionary<string, T> _notes = new(StringComparer.Ordinal);

    public int Count => _notes.Count;

    /// <summary>The note for a key; null where there is none.</summary>
    public T? Find(string key) => _notes.GetValueOrDefault(key);

    /// <summary>Notes it, instead of what was noted before.</summary>
    public void Keep(string key, T note)
    {
        if (_notes.Count >= Most && !_notes.ContainsKey(key))
        {
            MakeRoom();
        }

        _notes[key] = note;
    }

    private void MakeRoom()
    {
        Forget(_notes.Where(pair => isOver(pair.Value)));
        if (_notes.Count >= Most)
        {
            Forget(_notes.OrderBy(pair => since(pair.Value)).Take(Most / 10));
        }
    }

    private void Forget(IEnumerable<KeyValuePair<string, T>> notes)
    {
        foreach (var (key, _) in notes.ToList())
        {
            _notes.Remove(key);
        }
    }
}
