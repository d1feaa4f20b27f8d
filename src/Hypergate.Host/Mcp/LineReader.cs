namespace Hypergate.Host.Mcp;

/// <summary>The lines of a stream that blocks. What a line holds beyond 8 MiB is dropped, so that one without end costs no memory.</summary>
internal sealed class LineReader(Stream input)
{
    private const int UsualBytes = 64 * 1024;
    private readonly LineLimitStream _input = new(input);
    private byte[] _buffer = new byte[UsualBytes];

    // The line that was given last begins before _start; what is not searched for an end yet is from _searched to _filled.
    private int _start;
    private int _searched;
    private int _filled;
    private bool _isOver;

    /// <param name="line">Without its line end; good until the next one is read. The last one may have no line end.</param>
    /// <returns>False where the stream has ended.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (!_isOver)
        {
            var end = _buffer.AsSpan(_searched, _filled - _searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = _buffer.AsSpan(_start, _searched + end - _start);
                _start = _searched = _searched + end + 1;
                return true;
            }

            _searched = _filled;
            MakeRoom();
            var read = _input.Read(_buffer.AsSpan(_filled));
            (_filled, _isOver) = (_filled + read, read == 0);
        }

        line = _buffer.AsSpan(_start, _filled - _start);
        _start = _filled;
        return line.Length > 0;
    }

    // What is left moves to the front. The room of a long line is given back.
    private void MakeRoom()
    {
        var left = _filled - _start;
        var target = left == _buffer.Length ? new byte[left * 2]
            : left == 0 && _buffer.Length > UsualBytes ? new byte[UsualBytes]
            : _buffer;
        _buffer.AsSpan(_start, left).CopyTo(target);
        (_buffer, _start, _searched, _filled) = (target, 0, left, left);
    }
}
