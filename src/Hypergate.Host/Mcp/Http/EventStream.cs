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
    private readonly CancellationTokenSource _end;
    private readonly Task _keeping;
    private long _last;
    private bool _isBetweenEvents = true;

    /// <param name="inner">Where it goes.</param>
    /// <param name="time">For the silence.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    public EventStream(Stream inner, TimeProvider time, CancellationToken cancellationToken)
    {
        _inner = inner;
        _time = time;
        _last = time.GetTimestamp();
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _keeping = KeepAsync();
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
            await _inner.FlushAsync(cancellationToken);
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
        await _end.CancelAsync();
        await _keeping;
        _end.Dispose();
        await base.DisposeAsync();
    }

    private async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Quiet, _time, _end.Token);
                await _turn.WaitAsync(_end.Token);
                try
                {
                    if (_isBetweenEvents && _time.GetElapsedTime(_last) >= Quiet)
                    {
                        await _inner.WriteAsync(Comment, _end.Token);
                        await _inner.FlushAsync(_end.Token);
                    }
                }
                finally
                {
                    _turn.Release();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The stream has ended.
        }
    }
}
