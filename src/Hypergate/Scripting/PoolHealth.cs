namespace Hypergate.Scripting;

/// <summary>How workers have died of late: how long to wait before the next start, and whether to start any.</summary>
internal sealed class PoolHealth(TimeProvider time)
{
    private const int MostDeaths = 5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new(); // Guards the two fields.
    private readonly Queue<DateTimeOffset> _deaths = new();
    private int _inARow;

    /// <summary>Whether so many have died that starting more makes no sense for now.</summary>
    public bool IsIll
    {
        get
        {
            lock (_lock)
            {
                while (_deaths.TryPeek(out var first) && time.GetUtcNow() - first > Window)
                {
                    _deaths.Dequeue();
                }

                return _deaths.Count >= MostDeaths;
            }
        }
    }

    /// <summary>How long to wait before another start.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_lock)
            {
                return _inARow == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_inARow - 1, 20)));
            }
        }
    }

    public void Died()
    {
        lock (_lock)
        {
            _inARow++;
            _deaths.Enqueue(time.GetUtcNow());
        }
    }

    public void Worked()
    {
        lock (_lock)
        {
            _inARow = 0;
        }
    }
}
