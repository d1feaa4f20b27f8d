namespace Hypergate.Governance.Audit;

/// <summary>Where and how the audit log is kept.</summary>
public sealed record AuditLogOptions
{
    /// <summary>The folder of the log and of nothing else. Created with access for its owner alone.</summary>
    public required string Folder { get; init; }

    /// <summary>A new segment is begun when one has this size.</summary>
    public long SegmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Whether each record is forced to the disk. Without it a record survives the end of the process at once, and a loss of power
    /// after the few seconds in which the system writes.
    /// </summary>
    public bool FlushEachRecord { get; init; }

    /// <summary>Signs where the chain begins and ends; null for an unsigned log, which keeps everything.</summary>
    public AuditKey? Key { get; init; }

    /// <summary>Segments whose last record is older are deleted; 0 keeps them.</summary>
    public int RetentionDays { get; init; }

    /// <summary>The oldest segments are deleted while all together are larger; 0 keeps them.</summary>
    public long RetentionBytes { get; init; }

    /// <summary>Gets each line, with its line end, after it was kept; may neither block nor throw. Null for nobody.</summary>
    public Action<ReadOnlyMemory<byte>>? Written { get; init; }

    /// <summary>
    /// How soon the next record of a rush comes. Until none has come for so long, the lock is kept, unless another process
    /// wants it; before something changes, it is always taken anew. Zero: never kept.
    /// </summary>
    public TimeSpan KeepLock { get; init; }

    /// <summary>How many records, each within <see cref="KeepLock"/> of the one before, are a rush.</summary>
    public int Rush { get; init; } = 64;

    /// <summary>How long to wait for another process that is writing.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
