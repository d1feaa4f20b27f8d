using Hypergate.Schemas;

namespace Hypergate.Governance.Audit;

/// <summary>The trail of every call.</summary>
public sealed record AuditSettings
{
    [Setting("Whether calls are recorded. While records cannot be written, nothing that changes something runs.")]
    public bool Enabled { get; init; } = true;

    /// <summary>An absolute path once the settings are read.</summary>
    [Setting("Where the records lie. A relative path starts at the settings file.", DefaultText = "`audit` in the data folder", Example = "/var/lib/hypergate/audit")]
    public string? Folder { get; init; }
}
