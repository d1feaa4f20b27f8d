using System.Buffers;
using System.IO.Pipelines;

namespace Hypergate.Scripting;

/// <summary>The lines of a worker, one at a time and in bounded memory; what is not read holds the worker up.</summary>
internal sealed class WorkerReader(Stream stream)
{
    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024));

    /// <summary>The next message; null where the worker has gone.</summary>
    /// <exception cref="WorkerFaultException">It is none.</exception>
    public async ValueTask<WorkerMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await ReadSomeAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                var message = line.Length <= WorkerProtocol.LongestLine ? Read(line) : throw new WorkerFaultException("a line is too long");
                _reader.AdvanceTo(buffer.GetPosition(1, end));
                return message;
            }

            if (buffer.Length > WorkerProtocol.LongestLine)
            {
                throw new WorkerFaultException("a line is too long");
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    private async ValueTask<ReadResult> ReadSomeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken);
        }
        catch (IOException)
        {
            return new ReadResult(ReadOnlySequence<byte>.Empty, isCanceled: false, isCompleted: true); // Killed in the middle of a line.
        }
    }

    private static WorkerMessage Read(ReadOnlySequence<byte> line) =>
        WorkerProtocol.Read(line.IsSingleSegment ? line.First : line.ToArray());
}
