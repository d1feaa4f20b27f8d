namespace Hypergate.Backends.Files;

/// <summary>Where the replicas of one gateway put files for each other. What cannot be reached is an <see cref="IOException"/>.</summary>
internal interface IFileDepot
{
    /// <summary>Lets the others know of a file, and puts its bytes where they find them, unless it is too large for that.</summary>
    Task PutAsync(StoredFile file, CancellationToken cancellationToken);

    /// <summary>What is known of a file of the owner, with an empty path, and whether its bytes are to be had; null where there is none.</summary>
    Task<(StoredFile File, bool HasBytes)?> FindAsync(string handle, string owner, CancellationToken cancellationToken);

    /// <summary>The bytes, in their order.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(StoredFile file, CancellationToken cancellationToken);
}
