using System.ComponentModel;

namespace Hypergate.Governance.Audit;

/// <summary><c>audit</c> in the settings.</summary>
public sealed record AuditSettings
{
    [Description("Whether calls are recorded. Without it nothing can be changed.")]
    public bool Enabled { get; init; } = true;

    [Description("Where the records lie; default: audit in the data folder.")]
    public string? Folder { get; init; }
}
