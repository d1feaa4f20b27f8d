using System.Collections.Concurrent;

namespace Hypergate.Catalog;

/// <summary>The catalog in force. A call reads <see cref="Current"/> once and stays with what it read.</summary>
public sealed class LiveCatalog
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _settled = new(StringComparer.Ordinal);
    private CatalogSnapshot _current = CatalogSnapshot.Empty;

    /// <summary>Raised after the operations of a backend have become others, on the thread that brought them.</summary>
    public event EventHandler<CatalogChangedEventArgs>? Changed;

    public CatalogSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Puts a backend's catalog in force. The same description read again changes nothing for listeners.</summary>
    public void Replace(BackendCatalog catalog)
    {
        Swap(catalog.Backend, snapshot => snapshot.With(catalog));
        Settle(catalog.Backend);
    }

    /// <summary>Says that a backend's operations are known, or that a first try to learn them has failed: who waits goes on.</summary>
    public void Settle(string backend) => Settled(backend).TrySetResult();

    /// <summary>Waits until a backend's operations are known or were given up for now. A call that comes before is not refused for its haste.</summary>
    public Task SettledAsync(string backend, CancellationToken cancellationToken) =>
        Settled(backend).Task.WaitAsync(cancellationToken);

    /// <summary>Takes a backend's operations away: it was removed from the settings, or must not be used.</summary>
    public void Remove(string backend) => Swap(backend, snapshot => snapshot.Without(backend));

    private TaskCompletionSource Settled(string backend) =>
        _settled.GetOrAdd(backend, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private void Swap(string backend, Func<CatalogSnapshot, CatalogSnapshot> change)
    {
        while (true)
        {
            var before = Current;
            var after = change(before);
            if (Interlocked.CompareExchange(ref _current, after, before) != before)
            {
                continue;
            }

            if (before.Find(backend)?.Hash != after.Find(backend)?.Hash)
            {
                Changed?.Invoke(this, new CatalogChangedEventArgs(backend, after));
            }

            return;
        }
    }
}

/// <param name="backend">Whose operations have become others.</param>
/// <param name="snapshot">The catalog with them.</param>
public sealed class CatalogChangedEventArgs(string backend, CatalogSnapshot snapshot) : EventArgs
{
    public string Backend { get; } = backend;

    public CatalogSnapshot Snapshot { get; } = snapshot;
}
