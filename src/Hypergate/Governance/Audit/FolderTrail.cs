using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>The records in a folder of an <see cref="AuditLog"/>.</summary>
/// <param name="folder">It need not exist.</param>
/// <param name="key">Null to leave signatures unchecked.</param>
public sealed class FolderTrail(string folder, AuditKey? key) : IAuditTrail
{
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

    public Task<AuditReport> VerifyAsync(CancellationToken cancellationToken) => Task.FromResult(AuditVerifier.Verify(folder, key));
}
