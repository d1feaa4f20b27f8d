using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>The records of an <see cref="IAuditLog"/>, to read and to verify.</summary>
/// <remarks>Whatever cannot be read is an <see cref="IOException"/>.</remarks>
public interface IAuditTrail
{
    /// <summary>Where it lies, for people.</summary>
    string Place { get; }

    /// <summary>What fits, oldest first, in bounded memory: each line as it was written, and its content.</summary>
    IAsyncEnumerable<(string Line, JsonElement Record)> FindAsync(AuditFilter filter, CancellationToken cancellationToken);

    /// <summary>The newest lines, oldest first.</summary>
    Task<IReadOnlyList<string>> TailAsync(int count, CancellationToken cancellationToken);

    /// <summary>The lines behind a record as they come, until it is cancelled.</summary>
    /// <param name="after">The number of the last record that is known; 0 for none.</param>
    /// <param name="time">For the pauses between looks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<string> FollowAsync(long after, TimeProvider time, CancellationToken cancellationToken);

    /// <summary>Where the chain ends now, signed; null while there is no record.</summary>
    Task<AuditCheckpoint?> CheckpointAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads all of it and tells every place where it is not as it was written.</summary>
    /// <param name="checkpoints">What was kept elsewhere of where it ended.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<AuditReport> VerifyAsync(IReadOnlyList<AuditCheckpoint> checkpoints, CancellationToken cancellationToken);
}
