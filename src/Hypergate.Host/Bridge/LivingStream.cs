using Hypergate.Backends.Http;

namespace Hypergate.Host.Bridge;

/// <summary>
/// Reads a stream of events and notices when the other side is gone without a word: a server that has once sent a comment to keep the
/// connection open, and then nothing for several times as long, is not there any more. Other servers may be silent for ever.
/// </summary>
internal sealed class LivingStream(Stream inner, TimeProvider time) : ReadThroughStream(inner)
{
    /// <summary>No line of an answer is longer.</summary>
    public const int LongestLine = 64 * 1024 * 1024;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private bool _keepsAlive;
    private bool _isAtLineStart = true;
    private int _length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var limit = _keepsAlive ? new CancellationTokenSource(LongestSilence, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var read = await Inner.ReadAsync(buffer, either.Token);
            Note(buffer.Span[..read]);
            return read;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"Nothing has come for {LongestSilence.TotalSeconds:0} seconds.", exception);
        }
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        _keepsAlive |= _isAtLineStart && bytes[0] == (byte)':';
        _isAtLineStart = bytes[^1] == (byte)'\n';
        var last = bytes.LastIndexOf((byte)'\n');
        _length = last < 0 ? _length + bytes.Length : bytes.Length - last - 1;
        if (_length > LongestLine)
        {
            throw new IOException($"A line of the answer is longer than {LongestLine} bytes.");
        }
    }
}
