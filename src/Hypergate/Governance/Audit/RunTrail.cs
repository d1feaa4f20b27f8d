using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>What the audit holds of one script run.</summary>
public static class RunTrail
{
    // Whoever comes back to a run does so soon; older records are not read for it.
    private static readonly TimeSpan Reach = TimeSpan.FromHours(24);

    /// <summary>The records of its calls, oldest first.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static async IAsyncEnumerable<JsonElement> FindAsync(IAuditTrail trail, string run, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, record) in trail.FindAsync(new AuditFilter { Parent = run, Since = time.GetUtcNow() - Reach }, cancellationToken))
        {
            yield return record;
        }
    }
}
