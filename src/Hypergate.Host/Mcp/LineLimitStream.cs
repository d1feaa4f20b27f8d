namespace Hypergate.Host.Mcp;

/// <summary>
/// Reads through, but drops what a line holds beyond the limit, so that a line without end costs no memory. What is left of
/// such a line is no JSON any more and is answered as such.
/// </summary>
internal sealed class LineLimitStream(Stream inner) : Stream
{
    /// <summary>The longest line that passes whole: 8 MiB.</summary>
    public const int LongestLine = 8 * 1024 * 1024;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _length;

    /// <summary>Ends when the other side has closed the stream.</summary>
    public Task Ended => _ended.Task;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                _ended.TrySetResult();
                return 0;
            }

            if (Keep(buffer.Span[..read]) is > 0 and var kept)
            {
                return kept;
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Moves what stays to the front of the span and gives its length.
    private int Keep(Span<byte> bytes)
    {
        if (_length + bytes.Length <= LongestLine)
        {
            var last = bytes.LastIndexOf((byte)'\n');
            _length = last < 0 ? _length + bytes.Length : bytes.Length - last - 1;
            return bytes.Length;
        }

        var kept = 0;
        foreach (var value in bytes)
        {
            _length = value == (byte)'\n' ? 0 : _length + 1;
            if (_length <= LongestLine)
            {
                bytes[kept++] = value;
            }
        }

        return kept;
    }
}
