namespace Hypergate.Governance.Audit;

/// <summary>Reads a whole audit log and tells every place where it is not as it was written.</summary>
/// <remarks>
/// Found: a record that was changed, removed, inserted or moved; a segment that is missing; records cut off the end, because the head
/// file counts them; all of them removed, because there is a key that has signed some. Not found without checkpoints: a chain computed anew from
/// some record on with the key at hand, or an older state of the whole folder put back. May run while others write.
/// </remarks>
public sealed class AuditVerifier
{
    private const int Attempts = 2_000;

    private readonly AuditFolder _folder;
    private readonly AuditKey? _key;
    private readonly AuditChain _chain;

    private AuditVerifier(string folder, AuditKey? key, IReadOnlyList<AuditCheckpoint> checkpoints) => (_folder, _key, _chain) = (new(folder), key, new(key, checkpoints));

    /// <param name="folder">The folder of an <see cref="AuditLog"/>.</param>
    /// <param name="key">Its key; null to leave signatures unchecked.</param>
    /// <param name="checkpoints">What was kept elsewhere of where it ended; null for nothing.</param>
    public static AuditReport Verify(string folder, AuditKey? key = null, IReadOnlyList<AuditCheckpoint>? checkpoints = null) => new AuditVerifier(folder, key, checkpoints ?? []).Verify();

    private AuditReport Verify()
    {
        var (head, lengths) = Snapshot();
        var expected = Begin();
        var last = lengths.Count == 0 ? 0 : lengths[^1].Number;
        foreach (var (number, length) in lengths.Where(segment => segment.Number >= expected).ToList())
        {
            if (number != expected)
            {
                _chain.Add(_folder.SegmentPath(expected), 0, "the file is missing");
            }

            ReadSegment(_folder.SegmentPath(number), length, number == last);
            expected = number + 1;
        }

        CompareWithHead(head, lengths.Count > 0);
        _chain.CompareWithCheckpoints();
        foreach (var file in _folder.SetAside())
        {
            _chain.Remark($"{file}: half a record that a crash left was set aside here");
        }

        return _chain.Report;
    }

    // What was deleted after its time is known by a signed file; the chain begins behind it.
    private int Begin()
    {
        try
        {
            if (AuditStart.Read(_folder.StartPath, _key) is { } start)
            {
                _chain.BeginAfter(start, _folder.StartPath);
                return start.Segment;
            }
        }
        catch (InvalidDataException exception)
        {
            _chain.Add(_folder.StartPath, 0, exception.Message);
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
            using var nobodyWrites = _folder.TryShare();
            if (nobodyWrites is not null)
            {
                using var head = File.OpenHandle(_folder.HeadPath, share: FileShare.ReadWrite);
                return (AuditHead.Read(head), Lengths());
            }

            _folder.Want();
            Thread.Sleep(1);
        }

        throw new IOException($"The audit log is held by another process: {_folder.LockPath}.");
    }

    private IReadOnlyList<(int Number, long Length)> Lengths() =>
        [.. _folder.Segments().Select(number => (number, new FileInfo(_folder.SegmentPath(number)).Length))];

    private void ReadSegment(string file, long length, bool isLast)
    {
        foreach (var line in AuditLines.Read(file, length))
        {
            if (!line.IsWhole && isLast)
            {
                _chain.Remark($"{file}:{line.Number}: half a record at the end, as a crash leaves it; the next record sets it aside");
                continue;
            }

            _chain.Take(file, line.Number, line.IsWhole ? AuditLine.Read(line.Bytes.Span) : null);
        }
    }

    private void CompareWithHead(AuditHead? head, bool hasSegments)
    {
        if (head is not null)
        {
            _chain.CompareWith(_folder.HeadPath, head.Sequence, head.Hash, _key?.Verify(head.Signed, head.Mac));
        }
        else if (hasSegments)
        {
            _chain.Add(_folder.HeadPath, 0, "the file is missing or unreadable, so records cut off the end cannot be missed");
        }
        else if (_key?.HasSigned == true)
        {
            _chain.Add(_folder.HeadPath, 0, "there are no records, though there is a key that has signed some: they were removed, or this is not their folder");
        }
    }
}
