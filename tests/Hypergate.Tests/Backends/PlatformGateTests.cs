using Hypergate.Backends;
using Hypergate.Tests.Security.Sandbox;

namespace Hypergate.Tests.Backends;

/// <summary>How many requests one platform is given at a time, and who is next.</summary>
[Trait("Suite", "S15")]
[Trait("Rule", "R-LIMIT")]
public sealed class PlatformGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_go_at_once_and_the_next_goes_when_one_has_ended()
    {
        var gate = Gate(new() { AtOnce = 2 });
        using var first = await gate.EnterAsync("anna", Cancellation);
        var second = await gate.EnterAsync("anna", Cancellation);
        var third = gate.EnterAsync("anna", Cancellation).AsTask();
        Assert.False(third.IsCompleted);

        second.Dispose();
        second.Dispose();

        using var place = await third;
        Assert.False(gate.EnterAsync("anna", Cancellation).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Callers_take_turns_however_much_one_of_them_asks_for()
    {
        var gate = Gate(new() { AtOnce = 1 });
        var open = await gate.EnterAsync("eager", Cancellation);
        var order = new List<string>();
        var waiting = new List<Task>();
        foreach (var caller in (string[])["eager", "eager", "eager", "calm", "eager", "calm"])
        {
            waiting.Add(PassAsync(gate.EnterAsync(caller, Cancellation), caller, order));
        }

        open.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["eager", "calm", "eager", "calm", "eager", "eager"], order);
    }

    [Fact]
    public async Task Who_finds_the_queue_full_is_refused_at_once_and_told_when_to_come_back()
    {
        var gate = Gate(new() { AtOnce = 1, Queue = 1, QueueSeconds = 7 });
        using var open = await gate.EnterAsync("anna", Cancellation);
        var waiting = gate.EnterAsync("anna", Cancellation).AsTask();

        var busy = await Assert.ThrowsAsync<PlatformBusyException>(async () => await gate.EnterAsync("berta", Cancellation));

        Assert.Equal("'xo' is busy: 1 requests of this gateway are under way there, and 1 more wait. Nothing was sent. Try again in 7 s.", busy.Message);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Who_waits_too_long_is_refused_and_leaves_its_place_in_the_queue()
    {
        var time = new LapsingTime(TimeSpan.FromSeconds(7));
        var gate = Gate(new() { AtOnce = 1, Queue = 1, QueueSeconds = 7 }, time);
        var open = await gate.EnterAsync("anna", Cancellation);
        var waiting = gate.EnterAsync("berta", Cancellation).AsTask();
        time.Lapse();

        var busy = await Assert.ThrowsAsync<PlatformBusyException>(() => waiting);

        Assert.Contains("none ended within 7 s", busy.Message, StringComparison.Ordinal);
        var next = gate.EnterAsync("berta", Cancellation).AsTask();
        open.Dispose();
        using var place = await next;
    }

    [Fact]
    public async Task Who_gives_up_while_it_waits_takes_nobodys_place()
    {
        var gate = Gate(new() { AtOnce = 1 });
        var open = await gate.EnterAsync("anna", Cancellation);
        using var giving = new CancellationTokenSource();
        var given = gate.EnterAsync("berta", giving.Token).AsTask();
        var next = gate.EnterAsync("carla", Cancellation).AsTask();
        await giving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        open.Dispose();

        using var place = await next;
    }

    [Fact]
    public async Task Requests_a_second_are_spaced_evenly()
    {
        var time = new LapsingTime(TimeSpan.FromMilliseconds(100));
        var gate = Gate(new() { PerSecond = 10 }, new Standing(time));

        using var first = await gate.EnterAsync("anna", Cancellation);
        var second = gate.EnterAsync("anna", Cancellation).AsTask();
        Assert.False(second.IsCompleted);
        time.Lapse();

        using var place = await second;
    }

    private static PlatformGate Gate(BackendSettingsLimits limits, TimeProvider? time = null) => new("xo", limits, time ?? TimeProvider.System);

    private static async Task PassAsync(ValueTask<PlatformGate.Place> entering, string caller, List<string> order)
    {
        using var place = await entering;
        lock (order)
        {
            order.Add(caller);
        }
    }

    // A clock that stands still, with the timers of another.
    private sealed class Standing(TimeProvider timers) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => timers.CreateTimer(callback, state, dueTime, period);
    }
}
