namespace Hypergate.Governance.State;

/// <summary>State that lives and dies with the process.</summary>
internal sealed class MemoryStateStore : IStateStore
{
    // Guards the entries.
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Family, string Key), StateEntry> _entries = [];
    private long _version;

    public ValueTask<StateEntry?> FindAsync(string family, string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_entries.GetValueOrDefault((family, key)));
        }
    }

    public ValueTask<IReadOnlyList<StateEntry>> ListAsync(string family, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<StateEntry>>(
                [.. _entries.Where(pair => pair.Key.Family == family).Select(static pair => pair.Value).OrderBy(static entry => entry.Key, StringComparer.Ordinal)]);
        }
    }

    public ValueTask<bool> TryWriteAsync(string family, string key, long? version, string? value, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_entries.GetValueOrDefault((family, key))?.Version != version)
            {
                return ValueTask.FromResult(false);
            }

            if (value is null)
            {
                _entries.Remove((family, key));
            }
            else
            {
                _entries[(family, key)] = new StateEntry(key, ++_version, value);
            }

            return ValueTask.FromResult(true);
        }
    }
}
