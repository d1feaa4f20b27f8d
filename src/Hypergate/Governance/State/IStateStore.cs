namespace Hypergate.Governance.State;

/// <summary>
/// What several processes of one gateway must agree on: approvals, freezes, confirmations. Small entries in families; a change names the
/// version that it was made from, so that of two changes at once one is told to look again.
/// </summary>
/// <remarks>Every store runs the same contract suite. Whatever cannot be read or written is an <see cref="IOException"/>.</remarks>
internal interface IStateStore
{
    /// <summary>An entry; null where there is none.</summary>
    ValueTask<StateEntry?> FindAsync(string family, string key, CancellationToken cancellationToken);

    /// <summary>All entries of a family, by their keys.</summary>
    ValueTask<IReadOnlyList<StateEntry>> ListAsync(string family, CancellationToken cancellationToken);

    /// <summary>Writes an entry, or takes it away.</summary>
    /// <param name="family">The family.</param>
    /// <param name="key">The key.</param>
    /// <param name="version">The version that was seen; null where none was there.</param>
    /// <param name="value">JSON; null to take it away.</param>
    /// <param name="cancellationToken">Ends the wait for other writers.</param>
    /// <returns>False where the entry is no longer as it was seen; nothing was written.</returns>
    ValueTask<bool> TryWriteAsync(string family, string key, long? version, string? value, CancellationToken cancellationToken);
}

/// <summary>An entry as it was at one moment.</summary>
/// <param name="Version">Rises with each change.</param>
/// <param name="Value">JSON.</param>
internal sealed record StateEntry(string Key, long Version, string Value);
