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

    private int _length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken);
            if (read == 0 || (read = Keep(buffer.Span[..read])) > 0)
            {
                return read;
            }
        }
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        do
        {
            read = Inner.Read(buffer);
        }
        while (read > 0 && (read = Keep(buffer[..read])) == 0);

        return read;
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
