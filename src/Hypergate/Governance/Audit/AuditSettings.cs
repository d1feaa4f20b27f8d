using Hypergate.Schemas;

namespace Hypergate.Governance.Audit;

/// <summary>The trail of every call.</summary>
public sealed record AuditSettings
{
    [Setting("Whether calls are recorded. While records cannot be written, nothing that changes something runs.")]
    public bool Enabled { get; init; } = true;

    [Setting("Days after which records are deleted, a whole file of them at a time; 0 keeps them.", Minimum = 0, Maximum = 36_500)]
    public int RetentionDays { get; init; } = 90;

    [Setting("Megabytes beyond which the oldest are deleted; 0 keeps them.", Minimum = 0, Maximum = 10_000_000)]
    public int RetentionMegabytes { get; init; } = 2048;

    /// <summary>An absolute path once the settings are read.</summary>
    [Setting("Where the records lie. A relative path starts at the settings file.", DefaultText = "`audit` in the data folder", Example = "/var/lib/hypergate/audit")]
    public string? Folder { get; init; }

    [Setting("Answers that are recorded themselves; of all others their shape alone.")]
    public AuditResultSettings Results { get; init; } = new();

    /// <summary>An absolute path, or an address, once the settings are read.</summary>
    [Setting("A second place for where the chain ends, signed, once a day and at the end: a file that lines are added to, or an https address that gets them by POST. What is cut off the records later is found with it.", Example = "/mnt/elsewhere/hypergate-checkpoints.jsonl")]
    public string? Checkpoint { get; init; }

    [Setting("A server of syslog that gets a copy of each record. It neither holds up nor breaks the audit.")]
    public SyslogSettings? Syslog { get; init; }

    [Setting("Whether telemetry.otlp gets a copy of each record, as a log record of OpenTelemetry.")]
    public bool Otlp { get; init; }

    /// <summary>The log as it is kept.</summary>
    /// <param name="dataFolder">Where the key lies, outside of the log's own folder.</param>
    public AuditLogOptions OptionsFor(string dataFolder) => new()
    {
        Folder = Folder ?? Path.Combine(dataFolder, "audit"),
        Key = KeyIn(dataFolder),
        RetentionDays = RetentionDays,
        RetentionBytes = RetentionMegabytes * 1024L * 1024L,
        KeepLock = TimeSpan.FromMilliseconds(25),
    };

    /// <summary>The key of the log of a data folder.</summary>
    public static AuditKey KeyIn(string dataFolder) => new(Path.Combine(dataFolder, "audit.key"));
}
