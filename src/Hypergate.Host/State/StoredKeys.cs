using System.Text.Json;
using Hypergate.Governance.State;
using Hypergate.Host.Authentication;

namespace Hypergate.Host.State;

/// <summary>
/// The API keys in a store that replicas share: one entry, changed whole. Requests are checked against a copy that is at most a second
/// old; while the store is away, the copy holds.
/// </summary>
internal sealed class StoredKeys(IStateStore store, TimeProvider time) : IApiKeyShelf, IAsyncDisposable
{
    private const string Family = "keys";
    private const string Key = "all";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private Copy? _copy;
    private Task _watching = Task.CompletedTask;

    /// <summary>Reads them, and looks for changes from then on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        _watching = WatchAsync();
    }

    public (DateTime Written, long Length)? Stamp() => (default, Present.Version);

    public IReadOnlyList<ApiKey> Read() => Present.Keys;

    public async Task RefreshAsync(CancellationToken cancellationToken) => Volatile.Write(ref _copy, Parse(await store.FindAsync(Family, Key, cancellationToken)));

    // The clock is the caller's wish, not needed here: the store waits by itself.
    public async Task<T> ChangeAsync<T>(Func<IReadOnlyList<ApiKey>, (IReadOnlyList<ApiKey> Keys, T Result)> change, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = await store.FindAsync(Family, Key, cancellationToken);
            var (keys, result) = change(Parse(entry).Keys);
            if (await store.TryWriteAsync(Family, Key, entry?.Version, JsonSerializer.Serialize(new ApiKeyDocument(keys), ApiKeyJson.Default.ApiKeyDocument), cancellationToken))
            {
                await RefreshAsync(cancellationToken);
                return result;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private Copy Present => Volatile.Read(ref _copy) ?? throw new IOException("The API keys have not been read yet.");

    private async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(Pause, time, _end.Token);
            try
            {
                await RefreshAsync(_end.Token);
            }
            catch (IOException)
            {
                // The copy holds meanwhile.
            }
        }
    }

    private static Copy Parse(StateEntry? entry)
    {
        try
        {
            return entry is null ? new Copy(0, []) : new Copy(entry.Version, JsonSerializer.Deserialize(entry.Value, ApiKeyJson.Default.ApiKeyDocument)?.Keys ?? throw new IOException("There is no list of API keys."));
        }
        catch (JsonException exception)
        {
            throw new IOException("The list of API keys is damaged. Restore it, or remove it and make new keys.", exception);
        }
    }

    private sealed record Copy(long Version, IReadOnlyList<ApiKey> Keys);
}
