namespace Hypergate.Governance.Audit;

/// <summary>Deletes whole old segments, and says in a signed file where the chain now begins.</summary>
internal sealed class AuditRetention(AuditFolder folder, AuditLogOptions options, TimeProvider time)
{
    /// <summary>Runs when a segment begins. What cannot be deleted stays until the next time.</summary>
    /// <param name="current">The segment that begins; it is never deleted.</param>
    public void Apply(int current)
    {
        if (options.Key is not { } key || (options.RetentionDays == 0 && options.RetentionBytes == 0))
        {
            return;
        }

        try
        {
            var old = Old(current);
            if (old.Count > 0 && LastOf(old[^1]) is { } last)
            {
                new AuditStart(old[^1] + 1, last.Sequence, last.Hash).Write(folder.StartPath, key);
                old.ForEach(number => File.Delete(folder.SegmentPath(number)));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A record must not be refused because an old one cannot be deleted.
        }
    }

    private List<int> Old(int current)
    {
        var segments = folder.Segments().Where(number => number < current).Select(number => (Number: number, File: new FileInfo(folder.SegmentPath(number)))).ToList();
        var oldest = time.GetUtcNow().UtcDateTime - TimeSpan.FromDays(options.RetentionDays);
        var total = segments.Sum(static segment => segment.File.Length);
        var old = new List<int>();
        foreach (var (number, file) in segments)
        {
            if (!(options.RetentionDays > 0 && file.LastWriteTimeUtc < oldest) && !(options.RetentionBytes > 0 && total > options.RetentionBytes))
            {
                break;
            }

            total -= file.Length;
            old.Add(number);
        }

        return old;
    }

    private AuditLink? LastOf(int segment)
    {
        AuditLink? last = null;
        foreach (var line in AuditLines.Read(folder.SegmentPath(segment)))
        {
            last = line.IsWhole && AuditLine.Read(line.Bytes.Span) is { } link ? link : last;
        }

        return last;
    }
}
