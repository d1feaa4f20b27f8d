using System.Globalization;

namespace Hypergate.Governance.Audit;

/// <summary>Follows records one after the other, and notes every place where the chain is not as it was written.</summary>
/// <param name="key">Null to leave signatures unchecked.</param>
/// <param name="checkpoints">What was kept elsewhere of where it ended.</param>
internal sealed class AuditChain(AuditKey? key, IReadOnlyList<AuditCheckpoint> checkpoints)
{
    private const int MostProblems = 100;
    private const string Checkpoint = "checkpoint";

    private readonly ILookup<long, AuditCheckpoint> _checkpoints = checkpoints.Where(one => key is null || one.IsSignedBy(key) != false).ToLookup(static one => one.Sequence);
    private readonly List<AuditProblem> _problems = [];
    private readonly List<string> _remarks = [];
    private int _unreadable;
    private string _place = ""; // Of the last line, for people.

    /// <summary>The last record so far.</summary>
    public AuditLink Last { get; private set; } = new(0, "", AuditLine.Genesis, "");

    public AuditReport Report => new(Last.Sequence, Last.Hash, _problems, _remarks);

    /// <summary>What was deleted after its time is known; the chain begins behind it.</summary>
    public void BeginAfter(AuditStart start, string place)
    {
        Last = new(start.Sequence, "", start.Hash, "");
        CompareWithCheckpoints(place, 0);
        Remark(string.Create(CultureInfo.InvariantCulture, $"{place}: the first {start.Sequence} records were deleted after their time"));
    }

    /// <summary>Takes the next line.</summary>
    /// <param name="file">Where it lies.</param>
    /// <param name="line">Its number there.</param>
    /// <param name="link">Null where it is no record, or its hash does not fit.</param>
    public void Take(string file, long line, AuditLink? link)
    {
        _place = string.Create(CultureInfo.InvariantCulture, $", behind {file}:{line}");
        if (link is { } next)
        {
            Follow(file, line, next);
            return;
        }

        _unreadable++;
        Add(file, line, "the record was changed: its hash does not fit its content");
    }

    /// <summary>Compares the end of the chain with what the head says of it.</summary>
    /// <param name="place">Where the head lies.</param>
    /// <param name="isTrusted">Whether its signature is right; null where nobody can tell.</param>
    public void CompareWith(string place, long sequence, string hash, bool? isTrusted)
    {
        if (isTrusted is false)
        {
            Add(place, 0, "its signature is not this gateway's: somebody else wrote the end of the chain");
        }
        else if (isTrusted is null && key is not null)
        {
            Remark($"{place}: its signature was not looked at, because the key that tells is not here: a chain that somebody wrote anew looks the same");
        }

        if (sequence == Last.Sequence && hash == Last.Hash)
        {
            return;
        }

        if (Last.Sequence == sequence + 1 && Last.Previous == hash)
        {
            Remark($"{place}: the last record is newer than the head, as a crash leaves it");
            return;
        }

        Add(place, 0, Last.Sequence < sequence
            ? string.Create(CultureInfo.InvariantCulture, $"{sequence - Last.Sequence} records at the end are missing{_place}")
            : "the last record is not the one that was written last");
    }

    /// <summary>Compares the end of the chain with what was kept elsewhere of it.</summary>
    public void CompareWithCheckpoints()
    {
        foreach (var foreign in checkpoints.Where(one => !_checkpoints[one.Sequence].Contains(one)))
        {
            Add(Checkpoint, 0, $"{Words(foreign)} is not signed by this gateway");
        }

        var newest = checkpoints.Where(one => _checkpoints[one.Sequence].Contains(one)).MaxBy(static one => one.Sequence);
        if (newest?.Sequence > Last.Sequence)
        {
            Add(Checkpoint, 0, string.Create(CultureInfo.InvariantCulture, $"{Words(newest)}, and now the last is record {Last.Sequence}: {newest.Sequence - Last.Sequence} records were cut off the end since, or an older state was put back"));
        }
        else if (newest is not null)
        {
            Remark($"{Words(newest)}, the newest of {checkpoints.Count} checkpoints: the records have not been cut off below it");
        }
    }

    public void Remark(string text) => _remarks.Add(text);

    public void Add(string file, long line, string text)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new(file, line, text));
        }
    }

    private void Follow(string file, long line, AuditLink link)
    {
        var missing = link.Sequence - Last.Sequence - 1;
        if (link.Previous != Last.Hash && (missing != _unreadable || missing == 0))
        {
            Add(file, line, missing switch
            {
                0 => "the record before this one was changed or exchanged",
                > 0 => string.Create(CultureInfo.InvariantCulture, $"{missing} records before this one were changed or removed"),
                _ => "the record is not where it was written: moved, repeated or inserted",
            });
        }

        (Last, _unreadable) = (link, 0);
        CompareWithCheckpoints(file, line);
        if (link.Operation == AuditEnd.RebuiltOperation)
        {
            AddRebuilt(file, line);
        }
    }

    private void CompareWithCheckpoints(string file, long line)
    {
        foreach (var checkpoint in _checkpoints[Last.Sequence].Where(one => one.Hash != Last.Hash))
        {
            Add(file, line, $"this is not the record that was there: {Words(checkpoint)} with another hash, so the chain was written anew from here or before");
        }
    }

    private static string Words(AuditCheckpoint one) => string.Create(CultureInfo.InvariantCulture, $"on {one.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z the last was record {one.Sequence}");

    // Who has no key can spoil a signed head, but not without this trace.
    private void AddRebuilt(string file, long line)
    {
        if (key is not null)
        {
            Add(file, line, "the signed head was lost or changed before this record was written: records may be cut off before it");
        }
        else
        {
            Remark($"{file}:{line}: the head was lost before this record, so records cut off before it cannot be missed");
        }
    }
}
