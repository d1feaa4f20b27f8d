using Microsoft.Win32.SafeHandles;

namespace Hypergate.Governance.Audit;

/// <summary>Finds the end of the chain under the lock, also after a crash or a manipulation.</summary>
internal sealed class AuditEnd(AuditFolder folder, long segmentBytes, TimeProvider time)
{
    /// <summary>The operation of the record that tells of a lost head.</summary>
    public const string RebuiltOperation = "audit.head_rebuilt";

    public static AuditRecord Rebuilt { get; } = new()
    {
        Phase = AuditPhase.Event,
        Caller = "gateway",
        Operation = RebuiltOperation,
        Detail = "head.json was lost or is not signed by this gateway, or all records were removed; those that were cut off before this one cannot be missed",
    };

    /// <summary>
    /// Opens the segment in which the next record is to be written. A record that a dead process wrote without telling the head is
    /// taken in, half a record is set aside. Where the segment is not as the head says, it stays as it is, as evidence, and the
    /// chain goes on in a new one.
    /// </summary>
    public AuditSegment Open(ref AuditHead head)
    {
        var segment = OpenPresent(head);
        if (segment is null)
        {
            head = head with { Segment = head.Segment + 1, Bytes = 0 };
            segment = new AuditSegment(folder, head.Segment, FileMode.OpenOrCreate);
        }

        if (RandomAccess.GetLength(segment.File) == head.Bytes || TryRepair(segment.File, ref head))
        {
            return segment;
        }

        segment.Dispose();
        head = head with { Segment = folder.Segments().Max() + 1, Bytes = 0 };
        return new AuditSegment(folder, head.Segment, FileMode.CreateNew);
    }

    /// <summary>Whether the segment that is open goes on with the next record.</summary>
    /// <param name="segment">Open.</param>
    /// <param name="head">Where the chain ends.</param>
    /// <param name="isKept">Whether nobody else can have touched it since the last record.</param>
    public bool GoesOn(AuditSegment segment, AuditHead head, bool isKept) => head.Bytes < segmentBytes && segment.IsFor(head, time.GetUtcNow(), isKept);

    /// <summary>The end of the chain as the last whole record tells it.</summary>
    public AuditHead Rebuild()
    {
        foreach (var number in folder.Segments().Reverse())
        {
            AuditHead? last = null;
            foreach (var line in AuditLines.Read(folder.SegmentPath(number)))
            {
                last = line.IsWhole && AuditLine.Read(line.Bytes.Span) is { } link ? new(link.Sequence, link.Hash, number, line.End) : last;
            }

            if (last is not null)
            {
                return last;
            }
        }

        return AuditHead.Empty;
    }

    // The segment that the head names, or null where it is full, gone or of another day.
    private AuditSegment? OpenPresent(AuditHead head)
    {
        if (head.Segment == 0 || head.Bytes >= segmentBytes)
        {
            return null;
        }

        try
        {
            var segment = new AuditSegment(folder, head.Segment, FileMode.Open);
            if (!segment.IsOfAnotherDay(head, time.GetUtcNow()))
            {
                return segment;
            }

            segment.Dispose();
        }
        catch (FileNotFoundException)
        {
            // Somebody has removed it; the verifier tells.
        }

        return null;
    }

    private bool TryRepair(SafeFileHandle segment, ref AuditHead head)
    {
        var extra = AuditFolder.ReadFrom(segment, head.Bytes);
        if (extra.Length == 0)
        {
            return false;
        }

        var lineEnd = Array.IndexOf(extra, (byte)'\n');
        if (lineEnd >= 0)
        {
            if (AuditLine.Read(extra.AsSpan(0, lineEnd)) is not { } link || link.Previous != head.Hash || link.Sequence != head.Sequence + 1)
            {
                return false;
            }

            head = head with { Sequence = link.Sequence, Hash = link.Hash, Bytes = head.Bytes + lineEnd + 1 };
            extra = extra[(lineEnd + 1)..];
        }

        if (extra.Contains((byte)'\n'))
        {
            return false;
        }

        if (extra.Length > 0)
        {
            folder.Keep(extra, head.Segment, head.Bytes);
            RandomAccess.SetLength(segment, head.Bytes);
        }

        return true;
    }
}
