using System.Collections.Concurrent;

namespace Hypergate.Tests.Security.Sandbox;

/// <summary>The system's clock, but waits of one length end when the test says so.</summary>
internal sealed class LapsingTime(TimeSpan length) : TimeProvider
{
    private readonly ConcurrentQueue<(TimerCallback Callback, object? State)> _held = new();

    public void Lapse()
    {
        Assert.NotEmpty(_held);
        while (_held.TryDequeue(out var timer))
        {
            timer.Callback(timer.State);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != length)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _held.Enqueue((callback, state));
        return base.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
