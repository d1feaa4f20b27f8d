using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Audit;

/// <summary>Of which calls the answers are recorded.</summary>
public sealed record AuditResultSettings
{
    [Setting("Operations by name, with *, whose answers are recorded without their secrets; none by default.", Example = "ListBackupLogs")]
    public IReadOnlyList<string> Operations { get; init; } = [];

    [Setting("Kilobytes of an answer that are recorded at most; of longer ones less of each list and text.", Minimum = 1, Maximum = 64)]
    public int MaxKilobytes { get; init; } = 16;

    /// <summary>Whether the answers of an operation are recorded.</summary>
    internal bool Keeps(Operation operation) => Operations.Count > 0 && Operations.Any(pattern => OperationPattern.Matches(pattern, operation));
}
