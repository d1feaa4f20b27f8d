namespace Hypergate.Host.Authentication;

/// <summary>Where the API keys lie.</summary>
/// <remarks>Whatever cannot be read or written is an <see cref="IOException"/>.</remarks>
internal interface IApiKeyShelf
{
    /// <summary>What tells one content from another without reading it; null where there is none.</summary>
    (DateTime Written, long Length)? Stamp();

    /// <summary>All keys, as this process knows them.</summary>
    IReadOnlyList<ApiKey> Read();

    /// <summary>Looks for changes of other processes; for what does not look by itself.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>Changes the keys while nobody else does.</summary>
    Task<T> ChangeAsync<T>(Func<IReadOnlyList<ApiKey>, (IReadOnlyList<ApiKey> Keys, T Result)> change, TimeProvider time, CancellationToken cancellationToken);
}
