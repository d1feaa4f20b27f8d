using Microsoft.Win32.SafeHandles;

namespace Hypergate.Governance.Audit;

/// <summary>A file of the chain that stays open from one record to the next, as long as it is what the head says.</summary>
internal sealed class AuditSegment(AuditFolder folder, int number, FileMode mode) : IDisposable
{
    private readonly FileInfo _seen = new(folder.SegmentPath(number));

    /// <exception cref="FileNotFoundException">It is not there and not to be made.</exception>
    public SafeFileHandle File { get; } = Open(folder.SegmentPath(number), mode);

    /// <summary>Whether the next record belongs here: the head names it, its file stands in the folder, and its last record is of today.</summary>
    public bool IsFor(AuditHead head, DateTimeOffset now, bool isKept)
    {
        if (head.Segment != number)
        {
            return false;
        }

        if (!isKept)
        {
            _seen.Refresh();
        }

        return _seen.Exists && (isKept || _seen.Length == head.Bytes) && IsOf(_seen.LastWriteTimeUtc, now, head.Bytes);
    }

    /// <summary>Whether it is of another day than today: a segment a day, so that days can be kept and deleted.</summary>
    public bool IsOfAnotherDay(AuditHead head, DateTimeOffset now) => !IsOf(System.IO.File.GetLastWriteTimeUtc(File), now, head.Bytes);

    public void Dispose() => File.Dispose();

    private static bool IsOf(DateTime written, DateTimeOffset now, long bytes) =>
        bytes == 0 || DateOnly.FromDateTime(written) >= DateOnly.FromDateTime(now.UtcDateTime);

    private static SafeFileHandle Open(string path, FileMode mode)
    {
        if (mode != FileMode.Open)
        {
            AuditFolder.Open(path, mode).Dispose();
        }

        return AuditFolder.OpenHandle(path);
    }
}
