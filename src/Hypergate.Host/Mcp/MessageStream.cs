using System.Buffers;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Sends each message with one write, where the thread is that has it. The console's own stream hands every part of a message to
/// another thread, which costs a short answer more than all that was done for it.
/// </summary>
/// <param name="inner">Written to when a message is flushed; whoever flushes waits while the other side does not read.</param>
internal sealed class MessageStream(Stream inner) : Stream
{
    private const int KeptBytes = 256 * 1024;

    // What it is, and which tools it has.
    private const int FirstAnswers = 2;

    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrayBufferWriter<byte> _message = new();
    private int _sent;

    /// <summary>Ends when the other side has the answers that every client asks for first.</summary>
    public Task Greeted => _greeted.Task;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => _message.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override void Flush()
    {
        var message = _message;
        if (message.WrittenCount > 0)
        {
            try
            {
                inner.Write(message.WrittenSpan);
            }
            finally
            {
                message.ResetWrittenCount();
            }

            if (++_sent == FirstAnswers)
            {
                _greeted.TrySetResult();
            }
        }

        // What one long answer needed is not held for good.
        if (message.Capacity > KeptBytes)
        {
            _message = new();
        }

        inner.Flush();
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
