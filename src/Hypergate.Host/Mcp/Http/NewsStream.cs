namespace Hypergate.Host.Mcp.Http;

/// <summary>Where a session's own messages go: to the client that listens at present, or nowhere.</summary>
internal sealed class NewsStream : Stream
{
    private Listener? _listener;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Lets a client listen until it goes; false where another one does.</summary>
    public async Task<bool> AttachAsync(Stream stream, CancellationToken cancellationToken)
    {
        var listener = new Listener(stream);
        if (Interlocked.CompareExchange(ref _listener, listener, null) is not null)
        {
            return false;
        }

        try
        {
            await stream.FlushAsync(cancellationToken);
            await listener.Gone.Task.WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // That is how listening ends.
        }
        finally
        {
            Interlocked.CompareExchange(ref _listener, null, listener);
        }

        return true;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        TellAsync(stream => stream.WriteAsync(buffer, cancellationToken));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        TellAsync(stream => new ValueTask(stream.FlushAsync(cancellationToken))).AsTask();

    public override void Flush() => throw new NotSupportedException("Flush it asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write it asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Sends away whoever listens.</summary>
    public void HangUp() => Volatile.Read(ref _listener)?.Gone.TrySetResult();

    public override ValueTask DisposeAsync()
    {
        HangUp();
        return base.DisposeAsync();
    }

    // Who does not listen misses it, as the protocol allows.
    private async ValueTask TellAsync(Func<Stream, ValueTask> tell)
    {
        if (Volatile.Read(ref _listener) is not { } listener)
        {
            return;
        }

        try
        {
            await tell(listener.Stream);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            listener.Gone.TrySetResult();
        }
    }

    private sealed record Listener(Stream Stream)
    {
        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
