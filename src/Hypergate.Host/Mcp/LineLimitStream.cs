using Hypergate.Backends.Http;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Reads through, but drops what a line holds beyond the limit, so that a line without end costs no memory. What is left of
/// such a line is no JSON any more and is answered as such.
/// </summary>
internal sealed class LineLimitStream(Stream inner) : ReadThroughStream(inner)
{
    /// <summary>The longest line that passes whole: 8 MiB.</summary>
    public const int LongestLine = 8 * 1024 * 1024;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _length;

    /// <summary>Ends when the other side has closed the stream.</summary>
    public Task Ended => _ended.Task;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken);
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
