using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>
/// One message a line over two streams that block, such as standard input and output. The input has a thread of its own: the console's
/// stream would take a worker of the pool for each read, and wake another for what was read.
/// </summary>
internal sealed class LineTransport : ITransport
{
    // What it is, and which tools it has.
    private const int FirstAnswers = 2;

    // Guards the output, which answers of several requests are written to.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(new() { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MessageWriter _writer;
    private readonly Stream _output;
    private int _sent;

    /// <param name="input">Read until it ends.</param>
    /// <param name="output">Nothing else may write to it. Whoever sends waits while the other side does not read.</param>
    /// <param name="answers">The answers that messages carry the number of.</param>
    public LineTransport(Stream input, Stream output, DirectAnswers answers)
    {
        (_output, _writer) = (output, new MessageWriter(answers));
        new Thread(() => Read(new LineReader(new LineLimitStream(input)))) { IsBackground = true, Name = "input" }.Start();
    }

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    /// <summary>Ends when the other side has the answers that every client asks for first.</summary>
    public Task Greeted => _greeted.Task;

    /// <summary>Ends when the other side has closed the input.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Sends a message with one write.</summary>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _output.Write(_writer.Write(message));
            _output.Flush();
        }
        finally
        {
            _turn.Release();
        }

        if (Interlocked.Increment(ref _sent) == FirstAnswers)
        {
            _greeted.TrySetResult();
        }
    }

    public ValueTask DisposeAsync()
    {
        _messages.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private void Read(LineReader lines)
    {
        Exception? end = null;
        try
        {
            while (lines.TryRead(out var line))
            {
                Take(line);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            end = exception;
        }

        _ended.TrySetResult();
        _messages.Writer.TryComplete(end is ObjectDisposedException ? null : end);
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (MessageLine.Read(line, out var broken) is { } message)
        {
            _messages.Writer.TryWrite(message);
        }
        else if (broken is not null)
        {
            _ = SendMessageAsync(broken);
        }
    }
}
