using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>The records in a folder of an <see cref="AuditLog"/>.</summary>
/// <param name="folder">It need not exist.</param>
/// <param name="key">Null to leave signatures unchecked.</param>
public sealed class FolderTrail(string folder, AuditKey? key) : IAuditTrail
{
    private const int HeadReads = 20;

    public string Place => folder;

#pragma warning disable CS1998 // Files are read as they come; the trail of a database waits.
    public async IAsyncEnumerable<(string Line, JsonElement Record)> FindAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
#pragma warning restore CS1998
    {
        foreach (var found in AuditSearch.Find(folder, filter))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return found;
        }
    }

    public Task<IReadOnlyList<string>> TailAsync(int count, CancellationToken cancellationToken) => Task.FromResult(AuditTail.Read(folder, count));

    public IAsyncEnumerable<string> FollowAsync(long after, TimeProvider time, CancellationToken cancellationToken) => new AuditFollower(folder, time).ReadAsync(after, cancellationToken);

    public Task<AuditCheckpoint?> CheckpointAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var path = new AuditFolder(folder).HeadPath;
        if (!File.Exists(path))
        {
            return Task.FromResult<AuditCheckpoint?>(null);
        }

        // Somebody may be writing it at this moment; then the signature tells.
        for (var attempt = 0; attempt < HeadReads; attempt++)
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite);
            if (AuditHead.Read(file) is { } head && key?.Verify(head.Signed, head.Mac) == true)
            {
                return Task.FromResult<AuditCheckpoint?>(AuditCheckpoint.Make(head.Sequence, head.Hash, now, key));
            }
        }

        throw new IOException($"{path} is not signed by this gateway; 'hypergate audit verify' tells more.");
    }

    public Task<AuditReport> VerifyAsync(IReadOnlyList<AuditCheckpoint> checkpoints, CancellationToken cancellationToken) => Task.FromResult(AuditVerifier.Verify(folder, key, checkpoints));
}
