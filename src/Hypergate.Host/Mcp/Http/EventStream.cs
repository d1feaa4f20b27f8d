namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// The body of an answer that is a stream of events. Whoever writes gets it alone, and while nobody has for a while, a comment
/// keeps the connection open on its way through proxies.
/// </summary>
internal sealed class EventStream : Stream
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly byte[] Comment = ": \n\n"u8.ToArray();

    // Guards the inner stream, which the timer writes to as well.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Stream _inner;
    private readonly TimeProvider _time;
    private readonly CancellationToken _gone;
    private readonly ITimer _timer;
    private Task _comment = Task.CompletedTask;
    private CancellationTokenSource? _commentEnd;
    private long _last;
    private bool _isBetweenEvents = true;
    private bool _hasBegun;

    /// <param name="inner">Where it goes.</param>
    /// <param name="time">For the silence.</param>
    /// <param name="opensAtOnce">Whether the first flush opens it, though there is nothing to say yet; else the first event or comment does.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    public EventStream(Stream inner, TimeProvider time, bool opensAtOnce, CancellationToken cancellationToken)
    {
        _hasBegun = opensAtOnce;
        _inner = inner;
        _time = time;
        _last = time.GetTimestamp();
        _gone = cancellationToken;

        // Most streams end long before: a timer that is disposed of costs less than a task that is cancelled.
        _timer = time.CreateTimer(static stream => ((EventStream)stream!).Keep(), this, Quiet, Quiet);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            _hasBegun = true;
            await _inner.WriteAsync(buffer, cancellationToken);
            _isBetweenEvents = buffer.Span.EndsWith("\n\n"u8) || (buffer.Length == 1 && buffer.Span[0] == '\n');
            _last = _time.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // An answer that begins while its request is on its way through a proxy written in Go is cut off there (golang/go#40747).
            await (_hasBegun ? _inner.FlushAsync(cancellationToken) : Task.CompletedTask);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Does something while nobody writes.</summary>
    public async ValueTask RunAloneAsync(Action action)
    {
        await _turn.WaitAsync();
        try
        {
            action();
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Flush() => throw new NotSupportedException("Flush it asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write it asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Ends the comments; the inner stream belongs to the server.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        if (_commentEnd is { } end)
        {
            await end.CancelAsync();
            await _comment;
            end.Dispose();
        }

        await base.DisposeAsync();
    }

    private void Keep()
    {
        // It looks again when the silence since the last event has lasted long enough, not a whole round later.
        if (Quiet - _time.GetElapsedTime(_last) is var rest && rest > TimeSpan.Zero)
        {
            _timer.Change(rest, Quiet);
            return;
        }

        if (_comment.IsCompleted && _isBetweenEvents && _turn.Wait(0))
        {
            _commentEnd ??= CancellationTokenSource.CreateLinkedTokenSource(_gone);
            _comment = CommentAsync(_commentEnd.Token);
        }
    }

    // Whoever calls has the turn.
    private async Task CommentAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_isBetweenEvents)
            {
                _hasBegun = true;
                await _inner.WriteAsync(Comment, cancellationToken);
                await _inner.FlushAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The stream has ended.
        }
        finally
        {
            _turn.Release();
        }
    }
}
