using Microsoft.Win32.SafeHandles;

namespace Hypergate.Governance.Audit;

/// <summary>
/// The lock of the log, and under it the open head. In a rush it is kept for a moment after a record, because the next one comes soon; who
/// wants it meanwhile says so with a file beside the head, and gets it. Used by one thread at a time, except for its own timer, which takes the
/// turn like everybody.
/// </summary>
internal sealed class AuditLease : IDisposable
{
    private const int EagerAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25); // Whether it is idle: each look wakes a thread, which costs as much as a record.

    private readonly AuditFolder _folder;
    private readonly AuditLogOptions _options;
    private readonly SemaphoreSlim _turn;
    private readonly Action<SafeFileHandle> _settle;
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private SafeFileHandle? _lock;
    private long _takenAt;
    private long _usedAt;
    private long _lookedAt;
    private long? _givenAt;
    private int _rush = -1; // Before the first record.

    /// <param name="folder">The log.</param>
    /// <param name="options">How long it is kept and waited for.</param>
    /// <param name="log">The turn, held by whoever uses this, and what is still to be written to the head before it is given up; does not throw.</param>
    /// <param name="time">The clock.</param>
    public AuditLease(AuditFolder folder, AuditLogOptions options, (SemaphoreSlim Turn, Action<SafeFileHandle> Settle) log, TimeProvider time)
    {
        (_folder, _options, (_turn, _settle), _time) = (folder, options, log, time);
        _timer = options.KeepLock > TimeSpan.Zero ? time.CreateTimer(_ => EndIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) : null;
    }

    /// <summary>The head while it is locked; null while it is not.</summary>
    public SafeFileHandle? Head { get; private set; }

    /// <summary>Whether it has been held since the last record, so that nobody else has written.</summary>
    public bool IsKept { get; private set; }

    /// <summary>The head, locked.</summary>
    /// <param name="anew">Whether to give it up first, so that everything is looked at again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AuditUnavailableException">Others do not give it up.</exception>
    public async ValueTask<SafeFileHandle> TakeAsync(bool anew, CancellationToken cancellationToken)
    {
        var isLong = Head is not null && _time.GetElapsedTime(_takenAt) >= Longest;
        IsKept = Head is not null && !anew && !isLong;
        if (IsKept)
        {
            return Head!;
        }

        End();
        _givenAt ??= isLong ? _time.GetTimestamp() : null; // Also for those who may not write down that they wait.
        if (_givenAt is { } given && _time.GetElapsedTime(given) < Courtesy)
        {
            await Task.Delay(Courtesy, _time, cancellationToken);
        }

        _givenAt = null;
        Head = await LockAsync(cancellationToken);
        _takenAt = _lookedAt = _time.GetTimestamp();
        return Head;
    }

    /// <summary>Keeps the lock for a moment after a record, where nobody else wants it.</summary>
    /// <param name="isWritten">False where the record could not be written: then everything is looked at again for the next.</param>
    public void Rest(bool isWritten)
    {
        if (_timer is null || !isWritten || !IsRush())
        {
            End();
            return;
        }

        if (!IsKept)
        {
            _timer.Change(Look, Timeout.InfiniteTimeSpan);
        }

        if (_time.GetElapsedTime(_lookedAt, _usedAt) >= Courtesy)
        {
            _lookedAt = _usedAt;
            GiveWhereWanted();
        }
    }

    /// <summary>Gives it up.</summary>
    public void End()
    {
        if (Head is { } head)
        {
            _settle(head);
            head.Dispose();
        }

        _lock?.Dispose();
        (Head, _lock) = (null, null);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        End();
    }

    // A short gap does not end a rush, or a busy machine would begin every one anew.
    private bool IsRush()
    {
        var now = _time.GetTimestamp();
        var gap = _time.GetElapsedTime(_usedAt, now);
        _rush = gap < _options.KeepLock ? Math.Min(_rush + 1, 4 * _options.Rush) : gap < Longest ? _rush / 2 : 0;
        _usedAt = now;
        return _rush >= _options.Rush;
    }

    private void GiveWhereWanted()
    {
        if (_folder.TakeWanted())
        {
            End();
            _givenAt = _time.GetTimestamp();
        }
    }

    private void EndIdle()
    {
        try
        {
            if (!_turn.Wait(0))
            {
                _timer!.Change(Look, Timeout.InfiniteTimeSpan);
                return;
            }

            try
            {
                EndWhereIdle();
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // The log has ended meanwhile, and this with it.
        }
    }

    private void EndWhereIdle()
    {
        if (Head is null)
        {
            return;
        }

        GiveWhereWanted();
        if (_time.GetElapsedTime(_usedAt) >= _options.KeepLock)
        {
            End();
        }
        else
        {
            _timer!.Change(Look, Timeout.InfiniteTimeSpan);
        }
    }

    private async ValueTask<SafeFileHandle> LockAsync(CancellationToken cancellationToken)
    {
        var attempts = EagerAttempts + (int)(_options.LockTimeout / Pause);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            if ((_lock ??= _folder.TryLock()) is not null && _folder.TryOpenHead() is { } head)
            {
                return head;
            }

            if (attempt >= EagerAttempts)
            {
                _folder.Want();
                await Task.Delay(Pause, _time, cancellationToken);
            }
        }

        throw new AuditUnavailableException(
            $"The audit log is held by another process for more than {_options.LockTimeout.TotalSeconds} s: {_folder.LockPath}.");
    }
}
