namespace Hypergate.Tools.Code;

/// <summary>The time that a run has left. Stands still while the run waits for consent, and for good once it has ended.</summary>
internal sealed class RunClock : IDisposable
{
    private readonly Lock _lock = new(); // Guards the fields below, and the timer.
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long? _since;
    private bool _isOver;

    public RunClock(TimeSpan limit, TimeProvider time, Action over)
    {
        (_left, _time) = (limit, time);
        _timer = time.CreateTimer(_ => over(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _since = _time.GetTimestamp();
            _timer.Change(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            if (_since is { } since)
            {
                _left -= _time.GetElapsedTime(since);
                _since = null;
            }

            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _timer.Dispose();
        }
    }
}
