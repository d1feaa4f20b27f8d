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
/// detected: an older state of the whole folder put back, or what is done with the key at hand. Against that, keep the count and the
/// last hash that the verifier tells in another place, and compare.
/// </para>
/// </remarks>
public sealed class AuditLog(AuditLogOptions options, AuditScrubbing scrubbing, TimeProvider time) : IAuditLog
{
    private const int EagerAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    // Guards the lock file among the threads of this process, which otherwise would take it from each other by polling.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly AuditFolder _folder = new(options.Folder);
    private readonly AuditEnd _end = new(new AuditFolder(options.Folder), options.SegmentBytes, time);
    private AuditSegment? _segment;
    private AuditHead? _last;

    /// <inheritdoc/>
    public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken) => AppendAsync(AuditLine.Body(record, scrubbing), cancellationToken);

    /// <summary>Writes a record that is spelled out already.</summary>
    /// <exception cref="AuditUnavailableException">The record is not written.</exception>
    internal async ValueTask AppendAsync(byte[] body, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using var head = await LockAsync(cancellationToken);
            Append(head, body);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditUnavailableException(
                $"The audit log cannot be written: {exception.Message} Check the folder {options.Folder}: its permissions and the free space.",
                exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _segment?.Dispose();
        _turn.Dispose();
    }

    private async ValueTask<SafeFileHandle> LockAsync(CancellationToken cancellationToken)
    {
        var attempts = EagerAttempts + (int)(options.LockTimeout / Pause);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            if (_folder.TryLock(_folder.HeadPath) is { } head)
            {
                return head;
            }

            if (attempt >= EagerAttempts)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        throw new AuditUnavailableException(
            $"The audit log is held by another process for more than {options.LockTimeout.TotalSeconds} s: {_folder.HeadPath}.");
    }

    private void Append(SafeFileHandle headFile, byte[] body)
    {
        if (ReadHead(headFile) is not { } head)
        {
            head = _end.Rebuild();
            if (head.Sequence > 0)
            {
                head = Write(head, AuditLine.Body(AuditEnd.Rebuilt, scrubbing), headFile);
            }
        }

        Write(head, body, headFile);
    }

    private AuditHead Write(AuditHead head, byte[] body, SafeFileHandle headFile)
    {
        var segment = SegmentFor(ref head);
        var (line, hash) = AuditLine.Seal(body, head.Sequence + 1, time.GetUtcNow(), head.Hash);
        var next = head with { Sequence = head.Sequence + 1, Hash = hash, Bytes = head.Bytes + line.Length };
        try
        {
            RandomAccess.Write(segment, line, head.Bytes);
            Flush(segment);
            _last = next.Write(headFile, options.Key);
            Flush(headFile);
            options.Written?.Invoke(line);
            return next;
        }
        catch (IOException)
        {
            // A record that is only half there, or that the head does not know, must not stay: the call is refused.
            RandomAccess.SetLength(segment, head.Bytes);
            throw;
        }
    }

    // Files are opened once and not for each record, which would cost more than writing it.
    private SafeFileHandle SegmentFor(ref AuditHead head)
    {
        if (_segment is { } open && _end.GoesOn(open, head))
        {
            return open.File;
        }

        _segment?.Dispose();
        _segment = null;
        var before = head.Segment;
        _segment = _end.Open(ref head);
        if (head.Segment != before && before > 0)
        {
            new AuditRetention(_folder, options, time).Apply(head.Segment);
        }

        return _segment.File;
    }

    // What this process has written itself needs no second look, as long as it still stands there to the letter.
    private AuditHead? ReadHead(SafeFileHandle file) =>
        _last is { } last && last.IsWrittenIn(file) ? last : AuditHead.Read(file) is { } head && IsSigned(head) ? head : null;

    // A head that was written before there was a key is taken over once.
    private bool IsSigned(AuditHead head)
    {
        if (options.Key is not { } key)
        {
            return true;
        }

        var signature = key.Sign(head.Signed);
        return head.Mac == signature || (head.Mac is null && key.IsNew);
    }

    private void Flush(SafeFileHandle file)
    {
        if (options.FlushEachRecord)
        {
            RandomAccess.FlushToDisk(file);
        }
    }
}
