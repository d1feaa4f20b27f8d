using System.Buffers;
using System.IO.Pipelines;
using Hypergate.Host.Mcp;

namespace Hypergate.Host.Bridge;

/// <summary>The client's side: one message a line, in both directions.</summary>
internal sealed class ClientPipe(Stream input, Stream output) : IDisposable
{
    // Guards the output, which answers of several requests are written to.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The lines of the input, blank ones left out, until it ends. What a line holds beyond 8 MiB is dropped.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(new LineLimitStream(input));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                if (Line(rest.Slice(0, end)) is { Length: > 0 } line)
                {
                    yield return line;
                }

                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (read.IsCompleted)
            {
                if (Line(rest) is { Length: > 0 } last)
                {
                    yield return last;
                }

                yield break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Hands a message to the client.</summary>
    /// <exception cref="IOException">The client has gone.</exception>
    public async Task WriteAsync(RpcMessage message)
    {
        var line = new byte[message.Line.Length + 1];
        message.Line.CopyTo(line);
        line[^1] = (byte)'\n';
        await _turn.WaitAsync();
        try
        {
            await output.WriteAsync(line);
            await output.FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static byte[] Line(ReadOnlySequence<byte> line)
    {
        var text = line.ToArray();
        var start = text.AsSpan().StartsWith(MessageLine.ByteOrderMark) ? MessageLine.ByteOrderMark.Length : 0;
        var end = text.AsSpan().TrimEnd(" \t\r"u8).Length;
        return end - start == text.Length ? text : text[start..Math.Max(start, end)];
    }
}
