using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Hypergate.Tests.Backends.Http;

/// <summary>
/// A clock on which waits up to a length end at once (the clock moves by them), and longer ones, such as the time
/// limit of a request, only when the test says so. So do those that repeat themselves, which would move the clock without end.
/// </summary>
internal sealed class HastyTime(TimeSpan hurryUpTo) : TimeProvider
{
    private readonly ConcurrentQueue<HeldTimer> _held = new();
    private readonly Channel<TimeSpan> _holding = Channel.CreateUnbounded<TimeSpan>();
    private long _ticks = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;

    /// <summary>Every wait that was skipped, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>Returns when so many waits more are held than at the last call.</summary>
    public async Task HeldAsync(int count)
    {
        for (var seen = 0; seen < count; seen++)
        {
            await _holding.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }
    }

    public void EndFirstHeldWait() => _held.First().Fire();

    /// <summary>Ends all waits that are held.</summary>
    public void EndHeldWaits()
    {
        foreach (var timer in _held)
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HeldTimer(callback, state);
        if (dueTime < TimeSpan.Zero || dueTime > hurryUpTo || period > TimeSpan.Zero)
        {
            _held.Enqueue(timer);
            _holding.Writer.TryWrite(dueTime);
            return timer;
        }

        Waits.Enqueue(dueTime);
        Interlocked.Add(ref _ticks, dueTime.Ticks);
        ThreadPool.QueueUserWorkItem(static timer => timer.Fire(), timer, preferLocal: false);
        return timer;
    }

    private sealed class HeldTimer(TimerCallback callback, object? state) : ITimer
    {
        private int _done;

        public void Fire()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => Interlocked.Exchange(ref _done, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
