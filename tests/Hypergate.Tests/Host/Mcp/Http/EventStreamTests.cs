using Hypergate.Host.Mcp.Http;
using Hypergate.Tests.Simulator;

namespace Hypergate.Tests.Host.Mcp.Http;

/// <summary>When the head of an answer goes out, which the first flush of the body beneath stands for.</summary>
public sealed class EventStreamTests : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly FlushedStream _body = new();

    public void Dispose() => _body.Dispose();

    [Fact]
    public async Task An_answer_opens_with_its_first_event_and_not_before()
    {
        await using var stream = new EventStream(_body, _time, opensAtOnce: false, TestContext.Current.CancellationToken);

        await stream.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _body.Flushes);

        await stream.WriteAsync("data: 1\n\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _body.Flushes);
    }

    [Fact]
    public async Task An_answer_that_takes_long_opens_with_a_comment()
    {
        await using var stream = new EventStream(_body, _time, opensAtOnce: false, TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(1, _body.Flushes);
        Assert.Equal(": \n\n", System.Text.Encoding.UTF8.GetString(_body.ToArray()));
    }

    [Fact]
    public async Task A_comment_comes_fifteen_seconds_after_the_last_event_and_again_after_the_comment()
    {
        await using var stream = new EventStream(_body, _time, opensAtOnce: false, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(5));
        await stream.WriteAsync("data: 1\n\n"u8.ToArray(), TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal("data: 1\n\n", System.Text.Encoding.UTF8.GetString(_body.ToArray()));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("data: 1\n\n: \n\n", System.Text.Encoding.UTF8.GetString(_body.ToArray()));

        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("data: 1\n\n: \n\n: \n\n", System.Text.Encoding.UTF8.GetString(_body.ToArray()));
    }

    [Fact]
    public async Task A_stream_that_a_client_waits_for_opens_at_once()
    {
        await using var stream = new EventStream(_body, _time, opensAtOnce: true, TestContext.Current.CancellationToken);

        await stream.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, _body.Flushes);
    }

    private sealed class FlushedStream : MemoryStream
    {
        public int Flushes { get; private set; }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flushes++;
            return Task.CompletedTask;
        }
    }
}
