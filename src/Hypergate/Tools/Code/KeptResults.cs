namespace Hypergate.Tools.Code;

/// <summary>What runs returned, whole, for a while. Where memory does not hold them all, whoever has most loses their oldest.</summary>
/// <param name="time">The clock.</param>
/// <param name="lifetime">How long each is kept.</param>
/// <param name="mostCharacters">Of all of them.</param>
internal sealed class KeptResults(TimeProvider time, TimeSpan lifetime, long mostCharacters = 32 * 1024 * 1024)
{
    // What one costs beside its text, so that small ones are bounded as well.
    private const int Overhead = 1_024;

    private readonly Lock _lock = new(); // Guards the list, oldest first.
    private readonly List<Kept> _kept = [];

    public void Add(string run, string caller, string json)
    {
        lock (_lock)
        {
            Drop();
            _kept.RemoveAll(kept => kept.Run == run);
            _kept.Add(new(run, caller, json, time.GetUtcNow() + lifetime));
            while (_kept.Sum(static kept => kept.Size) > mostCharacters)
            {
                _kept.Remove(_kept.GroupBy(static kept => kept.Caller, StringComparer.Ordinal).MaxBy(static ofOne => ofOne.Sum(static kept => kept.Size))!.First());
            }
        }
    }

    /// <summary>Null where it is not known any more, or another caller's.</summary>
    public string? Find(string run, string caller)
    {
        lock (_lock)
        {
            Drop();
            return _kept.Find(kept => kept.Run == run && kept.Caller == caller)?.Json;
        }
    }

    private void Drop()
    {
        var now = time.GetUtcNow();
        _kept.RemoveAll(kept => kept.Until <= now);
    }

    private sealed record Kept(string Run, string Caller, string Json, DateTimeOffset Until)
    {
        public long Size => Json.Length + Overhead;
    }
}
