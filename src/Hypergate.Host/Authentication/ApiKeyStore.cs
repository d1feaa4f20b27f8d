using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
using Hypergate.Model;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Authentication;

/// <summary>
/// The keys that hold at this moment. New ones, also of other processes, hold from the next request on, and what is taken away no longer after
/// <see cref="Glance"/>, or where replicas share them within a second; last uses are noted by the hour.
/// </summary>
internal sealed partial class ApiKeyStore(IApiKeyShelf shelf, TimeProvider time, ILogger<ApiKeyStore> log) : IAsyncDisposable
{
    /// <summary>So long a look at the store counts: in a rush, one for each request would cost as much as checking the key.</summary>
    public static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    // Guards reading the file again, and the uses that are being noted.
    private readonly Lock _lock = new();
    private Snapshot? _snapshot;
    private long _lookedAt;
    private Task _noting = Task.CompletedTask;

    /// <summary>Whether there is any key, be it valid or not: then nobody comes in without one.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public bool HasKeys => Glanced() is { ById.Count: > 0 } || Look().ById.Count > 0;

    /// <summary>The caller of a key; null where it is unknown, revoked, disabled, or expired. Takes as long either way.</summary>
    /// <param name="from">Where it comes from; null where nobody knows.</param>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public Caller? Find(ApiKeyText text, IPAddress? from = null) =>
        Glanced() is { } known && Find(known, text, from) is { } caller ? caller : Find(Look(), text, from);

    /// <summary>Whether a caller that came with a key would still be let in. That it asked for less than it may changes nothing, nor that the key ends earlier than it was to, as one that is rotated.</summary>
    public bool IsValid(Caller caller)
    {
        try
        {
            return ApiKey.IdOf(caller) is { } id && (Glanced() ?? Look()).ById.TryGetValue(id, out var entry) && entry.Key.IsValid(time.GetUtcNow())
                && entry.Caller == (caller with { IsReadOnly = caller.IsReadOnly && entry.Caller.IsReadOnly, Expires = entry.Caller.Expires, Origin = CallOrigin.Unknown });
        }
        catch (IOException)
        {
            return true; // A store that cannot be read takes nothing away; new requests are refused meanwhile.
        }
    }

    /// <summary>Waits until every use is noted.</summary>
    public async ValueTask DisposeAsync() => await _noting;

    private Caller? Find(Snapshot snapshot, ApiKeyText text, IPAddress? from)
    {
        var isKnown = snapshot.ById.TryGetValue(text.Id, out var entry);
        var isSame = CryptographicOperations.FixedTimeEquals(text.Hash, isKnown ? entry!.Hash : NoHash);
        if (!isKnown || !isSame || !entry!.Key.IsValid(time.GetUtcNow()) || !entry.Key.Admits(from))
        {
            return null;
        }

        NoteUse(entry);
        return entry.Caller;
    }

    // The keys of a look that still counts: for what they give. Who finds nothing there looks again.
    private Snapshot? Glanced() => time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < Glance ? Volatile.Read(ref _snapshot) : null;

    private Snapshot Look()
    {
        var now = time.GetTimestamp();
        var stamp = shelf.Stamp();
        var seen = Volatile.Read(ref _snapshot) is { } known && known.Stamp == stamp ? known : Read(stamp);
        Volatile.Write(ref _lookedAt, now); // Last: what cannot be read is looked at again.
        return seen;
    }

    private Snapshot Read((DateTime Written, long Length)? stamp)
    {
        lock (_lock)
        {
            var before = _snapshot?.ById.Values.ToDictionary(static entry => entry.Key.Id, StringComparer.Ordinal) ?? [];
            var entries = shelf.Read().Select(key => Keep(before.GetValueOrDefault(key.Id), key));
            return _snapshot = new(stamp, entries.ToFrozenDictionary(static entry => entry.Key.Id, StringComparer.Ordinal));
        }
    }

    // The same caller stays the same object, so that what it holds open can be told from what it may no longer hold.
    private static Entry Keep(Entry? before, ApiKey key)
    {
        var entry = new Entry(key, Convert.FromHexString(key.Hash), key.Caller);
        return before is not null && before.Key.IsLike(key) ? entry with { Caller = before.Caller with { Expires = key.Expires } } : entry;
    }

    private void NoteUse(Entry entry)
    {
        var now = time.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        if (entry.Key.LastUsed >= hour || !entry.TryNote(hour))
        {
            return;
        }

        lock (_lock)
        {
            _noting = Task.WhenAll(_noting, WriteUseAsync(entry.Key.Id, hour));
        }
    }

    private async Task WriteUseAsync(string id, DateTimeOffset hour)
    {
        try
        {
            await Task.Run(() => shelf.ChangeAsync(
                keys => ((IReadOnlyList<ApiKey>)[.. keys.Select(key => key.Id == id ? key with { LastUsed = hour } : key)], true), time, CancellationToken.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotNoted(log, exception.Message);
        }
    }

    private sealed record Snapshot((DateTime Written, long Length)? Stamp, FrozenDictionary<string, Entry> ById);

    private sealed record Entry(ApiKey Key, byte[] Hash, Caller Caller)
    {
        private long _noted;

        public bool TryNote(DateTimeOffset hour) => Interlocked.Exchange(ref _noted, hour.UtcTicks) != hour.UtcTicks;
    }

    [LoggerMessage(1, LogLevel.Warning, "The last use of an API key is not recorded: {Problem}")]
    private static partial void NotNoted(ILogger logger, string problem);
}
