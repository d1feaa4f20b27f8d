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

    /// <summary>Reads all of it and tells every place where it is not as it was written.</summary>
    Task<AuditReport> VerifyAsync(CancellationToken cancellationToken);
}
