namespace Hypergate.Catalog;

/// <summary>The catalog in force. A call reads <see cref="Current"/> once and stays with what it read.</summary>
public sealed class LiveCatalog
{
    private CatalogSnapshot _current = CatalogSnapshot.Empty;

    /// <summary>Raised after the operations of a backend have become others, on the thread that brought them.</summary>
    public event EventHandler<CatalogChangedEventArgs>? Changed;

    public CatalogSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Puts a backend's catalog in force. The same description read again changes nothing for listeners.</summary>
    public void Replace(BackendCatalog catalog) => Swap(catalog.Backend, snapshot => snapshot.With(catalog));

    /// <summary>Takes a backend's operations away: it was removed from the settings, or must not be used.</summary>
    public void Remove(string backend) => Swap(backend, snapshot => snapshot.Without(backend));

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
