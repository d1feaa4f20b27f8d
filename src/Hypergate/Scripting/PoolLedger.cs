namespace Hypergate.Scripting;

/// <summary>
/// Who waits for a worker, who has one, and who holds one while a person is asked. Decides and counts, nothing else: starting and ending is
/// for others. One lock guards all of it.
/// </summary>
/// <param name="most">How many workers work at once.</param>
/// <param name="end">Ends a worker that is not wanted any more, without waiting for it.</param>
/// <param name="time">For how long workers are idle.</param>
internal sealed class PoolLedger(int most, Action<ScriptWorker> end, TimeProvider time)
{
    private const int MostPaused = 4;

    private readonly Lock _lock = new(); // Guards everything below.
    private readonly PoolQueue _queue = new(Math.Clamp(most / 2, 1, 2));
    private readonly WorkerStock _stock = new(end);
    private readonly HashSet<PoolTurn> _paused = [];
    private readonly HashSet<PoolTurn> _leaving = []; // Were paused, and have been asked to end.
    private Func<PoolTurn?> _makeRoom = static () => null;
    private bool _isMakingRoom;
    private bool _isClosed;

    public PoolCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return new(_stock.Starting, _stock.Idle, _stock.Busy - _stock.Starting - _paused.Count, _paused.Count);
            }
        }
    }

    /// <summary>Somebody begins to wait; false where too many do.</summary>
    public bool TryWait(PoolTurn turn)
    {
        lock (_lock)
        {
            if (_queue.IsFull)
            {
                return false;
            }

            _queue.Add(turn);
            return true;
        }
    }

    /// <summary>Somebody waits no longer.</summary>
    public void Leave(PoolTurn turn)
    {
        lock (_lock)
        {
            _queue.Remove(turn);
        }
    }

    /// <summary>Gives workers, or the right to start one, to whom they belong next; where runs that wait for a person are in the way, one of them ends.</summary>
    public void Serve()
    {
        while (Grant() is { } makeRoom)
        {
            // Not under the lock: who ends comes back here.
            var leaving = makeRoom();
            lock (_lock)
            {
                _isMakingRoom = false;
                if (leaving is null)
                {
                    return;
                }

                if (_paused.Remove(leaving))
                {
                    _leaving.Add(leaving);
                }
            }
        }
    }

    /// <summary>A worker is about to be started for whoever comes next; false where there are enough.</summary>
    public bool TryExpect()
    {
        lock (_lock)
        {
            if (_isClosed || _stock.Alive >= most)
            {
                return false;
            }

            _stock.Expect();
            return true;
        }
    }

    /// <summary>A worker that was expected has started for a turn.</summary>
    public void Arrived()
    {
        lock (_lock)
        {
            _stock.Arrived();
        }
    }

    /// <summary>A worker that was expected has started for nobody yet; null where it could not be.</summary>
    public void Arrived(ScriptWorker? worker)
    {
        lock (_lock)
        {
            _stock.Arrived();
            PutBack(worker);
        }
    }

    /// <summary>A turn is over. Its worker is used again where it is given.</summary>
    public void End(PoolTurn turn, ScriptWorker? worker)
    {
        lock (_lock)
        {
            turn.IsOver = true;
            _paused.Remove(turn);
            _leaving.Remove(turn);
            _queue.End(turn);
            PutBack(worker);
        }
    }

    /// <summary>A run waits for a person: its worker does not count, so that others get one, up to a bound.</summary>
    public void Pause(PoolTurn turn, Func<PoolTurn?> makeRoom)
    {
        lock (_lock)
        {
            _makeRoom = makeRoom;
            _paused.Add(turn);
            _queue.End(turn);
        }
    }

    public void Resume(PoolTurn turn)
    {
        lock (_lock)
        {
            _paused.Remove(turn);
            if (!turn.IsOver)
            {
                _queue.Begin(turn);
            }
        }
    }

    /// <summary>Whether nobody has a worker or waits for one, so that the next one would find none warm.</summary>
    public bool IsBare
    {
        get
        {
            lock (_lock)
            {
                return !_isClosed && _queue.IsEmpty && _stock.Alive == 0;
            }
        }
    }

    /// <summary>Ends workers that have been idle for long.</summary>
    /// <param name="rest">How many stay after how long a time.</param>
    public void Shrink(Func<TimeSpan, int> rest)
    {
        lock (_lock)
        {
            _stock.Shrink(rest(time.GetElapsedTime(_stock.UsedAt)));
        }
    }

    /// <summary>From now on workers that come back are ended.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _stock.Shrink(0);
        }
    }

    // What others wait for has a worker more, so that scripts that fill all places do not wait for themselves.
    private int CapacityFor(PoolWork work) => most + Math.Min(_paused.Count, MostPaused) + (PoolWork.Script - work);

    private Func<PoolTurn?>? Grant()
    {
        lock (_lock)
        {
            while (_queue.Next(work => _stock.Busy < CapacityFor(work)) is { } next)
            {
                _queue.Begin(next);
                var worker = _stock.Take();
                if (worker is null)
                {
                    _stock.Expect();
                }

                next.Granted.SetResult(worker);
            }

            // Who leaves makes room for one of those that wait.
            if (_isMakingRoom || _paused.Count <= MostPaused || _queue.Lacking <= _leaving.Count)
            {
                return null;
            }

            _isMakingRoom = true;
            return _makeRoom;
        }
    }

    private void PutBack(ScriptWorker? worker)
    {
        if (worker is null)
        {
            _stock.Lose();
            return;
        }

        _stock.PutBack(worker, time.GetTimestamp());
        if (_isClosed)
        {
            _stock.Shrink(0);
        }
    }
}

/// <summary>How many workers there are in each state.</summary>
internal sealed record PoolCounts(int Starting, int Idle, int Busy, int Paused);
