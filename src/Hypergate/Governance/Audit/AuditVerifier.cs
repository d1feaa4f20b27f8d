using System.Globalization;

namespace Hypergate.Governance.Audit;

/// <summary>Reads a whole audit log and tells every place where it is not as it was written.</summary>
/// <remarks>
/// Found: a record that was changed, removed, inserted or moved; a segment that is missing; records cut off the end, because the head
/// file counts them. Not found: a chain computed anew from some record on, together with the head; compare
/// <see cref="AuditReport.Records"/> and <see cref="AuditReport.LastHash"/> with values that were kept elsewhere. May run while
/// others write.
/// </remarks>
public sealed class AuditVerifier
{
    private const int MostProblems = 100;
    private const int Attempts = 2_000;
    private readonly AuditFolder _folder;
    private readonly List<AuditProblem> _problems = [];
    private readonly List<string> _remarks = [];
    private int _unreadable;
    private AuditLink _last = new(0, "", AuditLine.Genesis, "");

    private readonly AuditKey? _key;

    private AuditVerifier(string folder, AuditKey? key) => (_folder, _key) = (new(folder), key);

    /// <param name="folder">The folder of an <see cref="AuditLog"/>.</param>
    /// <param name="key">Its key; null to leave signatures unchecked.</param>
    public static AuditReport Verify(string folder, AuditKey? key = null) => new AuditVerifier(folder, key).Verify();

    private AuditReport Verify()
    {
        var (head, lengths) = Snapshot();
        var expected = Begin();
        var last = lengths.Count == 0 ? 0 : lengths[^1].Number;
        foreach (var (number, length) in lengths.Where(segment => segment.Number >= expected).ToList())
        {
            if (number != expected)
            {
                Add(_folder.SegmentPath(expected), 0, "the file is missing");
            }

            ReadSegment(_folder.SegmentPath(number), length, number == last);
            expected = number + 1;
        }

        CompareWithHead(head, lengths.Count > 0);
        _remarks.AddRange(_folder.SetAside().Select(static file => $"{file}: half a record that a crash left was set aside here"));
        return new(_last.Sequence, _last.Hash, _problems, _remarks);
    }

    // What was deleted after its time is known by a signed file; the chain begins behind it.
    private int Begin()
    {
        try
        {
            if (AuditStart.Read(_folder.StartPath, _key) is { } start)
            {
                _last = new(start.Sequence, "", start.Hash, "");
                _remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{_folder.StartPath}: the first {start.Sequence} records were deleted after their time"));
                return start.Segment;
            }
        }
        catch (InvalidDataException exception)
        {
            Add(_folder.StartPath, 0, exception.Message);
        }

        return 1;
    }

    /// <summary>The head and the lengths of the files at one moment between two records.</summary>
    private (AuditHead? Head, IReadOnlyList<(int Number, long Length)> Lengths) Snapshot()
    {
        if (!File.Exists(_folder.HeadPath))
        {
            return (null, Lengths());
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var file = AuditFolder.TryShare(_folder.HeadPath);
            if (file is not null)
            {
                return (AuditHead.Read(file.SafeFileHandle), Lengths());
            }

            Thread.Sleep(1);
        }

        throw new IOException($"The audit log is held by another process: {_folder.HeadPath}.");
    }

    private IReadOnlyList<(int Number, long Length)> Lengths() =>
        [.. _folder.Segments().Select(number => (number, new FileInfo(_folder.SegmentPath(number)).Length))];

    private void ReadSegment(string file, long length, bool isLast)
    {
        foreach (var line in AuditLines.Read(file, length))
        {
            if (!line.IsWhole && isLast)
            {
                _remarks.Add($"{file}:{line.Number}: half a record at the end, as a crash leaves it; the next record sets it aside");
                continue;
            }

            if (!line.IsWhole || AuditLine.Read(line.Bytes.Span) is not { } link)
            {
                _unreadable++;
                Add(file, line.Number, "the record was changed: its hash does not fit its content");
                continue;
            }

            Follow(file, line.Number, link);
        }
    }

    private void Follow(string file, int line, AuditLink link)
    {
        var missing = link.Sequence - _last.Sequence - 1;
        if (link.Previous != _last.Hash && (missing != _unreadable || missing == 0))
        {
            Add(file, line, missing switch
            {
                0 => "the record before this one was changed or exchanged",
                > 0 => string.Create(CultureInfo.InvariantCulture, $"{missing} records before this one were changed or removed"),
                _ => "the record is not where it was written: moved, repeated or inserted",
            });
        }

        if (link.Operation == AuditEnd.RebuiltOperation)
        {
            AddRebuilt(file, line);
        }

        (_last, _unreadable) = (link, 0);
    }

    // Who has no key can spoil a signed head, but not without this trace.
    private void AddRebuilt(string file, int line)
    {
        if (_key is null)
        {
            _remarks.Add($"{file}:{line}: the head was lost before this record, so records cut off before it cannot be missed");
        }
        else
        {
            Add(file, line, "the signed head was lost or changed before this record was written: records may be cut off before it");
        }
    }

    private void CompareWithHead(AuditHead? head, bool hasSegments)
    {
        if (head is null)
        {
            if (hasSegments)
            {
                Add(_folder.HeadPath, 0, "the file is missing or unreadable, so records cut off the end cannot be missed");
            }

            return;
        }

        if (_key?.Verify(head.Signed, head.Mac) is false)
        {
            Add(_folder.HeadPath, 0, "its signature is not this gateway's: somebody else wrote the end of the chain");
        }

        if (head.Sequence == _last.Sequence && head.Hash == _last.Hash)
        {
            return;
        }

        if (_last.Sequence == head.Sequence + 1 && _last.Previous == head.Hash)
        {
            _remarks.Add($"{_folder.HeadPath}: the last record is newer than the head, as a crash leaves it");
            return;
        }

        Add(_folder.HeadPath, 0, _last.Sequence < head.Sequence
            ? string.Create(CultureInfo.InvariantCulture, $"{head.Sequence - _last.Sequence} records at the end are missing")
            : "the last record is not the one that was written last");
    }

    private void Add(string file, int line, string text)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new(file, line, text));
        }
    }
}
