using Microsoft.Win32.SafeHandles;

namespace Hypergate.Governance.Audit;

/// <summary>
/// An append-only log of hash-chained lines. Several logs, also of several processes, may write to one folder at once: each takes
/// the lock, finds the end of the chain, and goes on there.
/// </summary>
/// <remarks>
/// <para>Detected by <see cref="AuditVerifier"/>: a changed, removed, inserted or moved record anywhere, and records cut off the end.</para>
/// <para>
/// The head is signed with a key outside of the folder, so that who may write to the folder alone cannot compute the chain anew. Not
/// detected by the folder alone: an older state of it put back, or what is done with the key at hand. Against that there are
/// checkpoints in another place.
/// </para>
/// </remarks>
public sealed class AuditLog : IAuditLog
{
    // Guards everything below among the threads of this process.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly AuditLogOptions _options;
    private readonly AuditScrubbing _scrubbing;
    private readonly TimeProvider _time;
    private readonly AuditFolder _folder;
    private readonly AuditEnd _end;
    private readonly AuditLease _lease;
    private AuditSegment? _segment;
    private AuditHead? _last;
    private bool _isAhead; // Whether the head has yet to be told of the last record: of one at most.

    public AuditLog(AuditLogOptions options, AuditScrubbing scrubbing, TimeProvider time)
    {
        (_options, _scrubbing, _time) = (options, scrubbing, time);
        _folder = new(options.Folder);
        _end = new(_folder, options.SegmentBytes, time);
        _lease = new(_folder, options, (_turn, TellBeforeTheEnd), time);
    }

    /// <inheritdoc/>
    public AuditRecord Prepare(AuditRecord record)
    {
        TellMeanwhile();
        return record with { Opening = AuditBody.Open(record, _scrubbing) };
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken) =>
        AppendAsync(AuditBody.Of(record, _scrubbing), isBefore: record.Phase == AuditPhase.Begin, cancellationToken);

    /// <summary>Writes a record that is spelled out already.</summary>
    /// <param name="body">The record.</param>
    /// <param name="isBefore">Whether something happens only if it is written, so that everything is looked at again first.</param>
    /// <param name="cancellationToken">Ends the wait for other writers.</param>
    /// <exception cref="AuditUnavailableException">The record is not written.</exception>
    internal async ValueTask AppendAsync(byte[] body, bool isBefore, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        var isWritten = false;
        try
        {
            Append(await _lease.TakeAsync(isBefore, cancellationToken), body);
            isWritten = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditUnavailableException(
                $"The audit log cannot be written: {exception.Message} Check the folder {_options.Folder}: its permissions and the free space.",
                exception);
        }
        finally
        {
            _lease.Rest(isWritten);
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _lease.Dispose();
        _segment?.Dispose();
        _turn.Dispose();
    }

    private void Append(SafeFileHandle headFile, byte[] body)
    {
        if (ReadHead(headFile) is not { } head)
        {
            head = _end.Rebuild();
            if (head.Sequence > 0 || _last is not null || _options.Key?.HasSigned == true)
            {
                head = Write(head, AuditBody.Of(AuditEnd.Rebuilt, _scrubbing), headFile);
            }
        }

        Write(head, body, headFile);
    }

    private AuditHead Write(AuditHead head, byte[] body, SafeFileHandle headFile)
    {
        TellHead(headFile);
        var segment = SegmentFor(ref head);
        var (line, hash) = AuditLine.Seal(body, head.Sequence + 1, _time.GetUtcNow(), head.Hash);
        var next = head with { Sequence = head.Sequence + 1, Hash = hash, Bytes = head.Bytes + line.Length };
        try
        {
            RandomAccess.Write(segment, line, head.Bytes);
            Flush(segment);
            (_last, _isAhead) = (next, true);
            if (!_lease.IsKept || _options.FlushEachRecord)
            {
                TellHead(headFile);
            }

            _options.Written?.Invoke(line);
            return next;
        }
        catch (IOException)
        {
            // A record that is only half there, or that the head does not know, must not stay: the call is refused.
            (_last, _isAhead) = (null, false);
            RandomAccess.SetLength(segment, head.Bytes);
            throw;
        }
    }

    private void TellHead(SafeFileHandle headFile)
    {
        if (_isAhead)
        {
            _last = _last!.Write(headFile, _options.Key);
            Flush(headFile);
            _isAhead = false;
        }
    }

    // In a rush the head is told of a record while the platform works on the next call: signing it takes as long as writing the record, which is all that its answer needs to wait for.
    private void TellMeanwhile()
    {
        if (!Volatile.Read(ref _isAhead) || !_turn.Wait(0))
        {
            return;
        }

        try
        {
            if (_lease.Head is { } head)
            {
                TellHead(head);
            }
        }
        catch (IOException)
        {
            // The next record tries it again first, and is not written where that fails as well.
        }
        finally
        {
            _turn.Release();
        }
    }

    // What it cannot be told is found as after a crash: one record that is newer than the head.
    private void TellBeforeTheEnd(SafeFileHandle headFile)
    {
        try
        {
            TellHead(headFile);
        }
        catch (IOException)
        {
            (_last, _isAhead) = (null, false);
        }
    }

    // Files are opened once and not for each record, which would cost more than writing it.
    private SafeFileHandle SegmentFor(ref AuditHead head)
    {
        if (_segment is { } open && _end.GoesOn(open, head, _lease.IsKept))
        {
            return open.File;
        }

        _segment?.Dispose();
        _segment = null;
        var before = head.Segment;
        _segment = _end.Open(ref head);
        if (head.Segment != before && before > 0)
        {
            new AuditRetention(_folder, _options, _time).Apply(head.Segment);
        }

        return _segment.File;
    }

    // What this process has written itself needs no second look, as long as it still stands there to the letter.
    private AuditHead? ReadHead(SafeFileHandle file) =>
        _last is { } last && (_lease.IsKept || last.IsWrittenIn(file)) ? last : AuditHead.Read(file) is { } head && IsSigned(head) ? head : null;

    // A head that was written before there was a key is taken over once.
    private bool IsSigned(AuditHead head)
    {
        if (_options.Key is not { } key)
        {
            return true;
        }

        var signature = key.Sign(head.Signed);
        return head.Mac == signature || (head.Mac is null && key.IsNew);
    }

    private void Flush(SafeFileHandle file)
    {
        if (_options.FlushEachRecord)
        {
            RandomAccess.FlushToDisk(file);
        }
    }
}
