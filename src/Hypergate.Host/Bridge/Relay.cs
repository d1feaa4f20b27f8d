using System.Threading.Channels;
using Hypergate.Host.Mcp;
using Hypergate.Host.Mcp.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Bridge;

/// <summary>
/// A client on standard input and output at one side, a server over HTTP at the other, and every message handed on as it is. The
/// bridge knows the transports, not the methods.
/// </summary>
internal sealed class Relay : IDisposable
{
    // Requests in flight may still be answered for this long after the client has closed our input; three seconds are the limit.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource _end = new();
    private readonly OpenCalls _open = new();
    private readonly List<Task> _posts = [];
    private readonly ClientPipe _client;
    private readonly RemoteEndpoint _remote;
    private readonly RemoteSession _session;
    private readonly Calls _calls;
    private readonly BridgeLog _log;
    private readonly TimeProvider _time;
    private Task _news = Task.CompletedTask;

    public Relay(BridgeOptions options, ClientPipe client, BridgeLog log, TimeProvider time)
    {
        (_client, _log, _time) = (client, log, time);
        _remote = new RemoteEndpoint(options, log, time);
        _session = new RemoteSession(_remote, log);
        _calls = new Calls(_remote, _session, client.WriteAsync, time);
    }

    /// <summary>Runs until the client's input ends, and at most three seconds longer.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Read ahead: the end of the input is noticed while a message still waits for a server that is away.
        var lines = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true, SingleWriter = true });
        var taking = Quietly(TakeAllAsync(lines.Reader));
        try
        {
            await foreach (var line in _client.ReadAsync(cancellationToken))
            {
                lines.Writer.TryWrite(line);
            }

            lines.Writer.Complete();
            await Task.WhenAny(AllAnsweredAsync(taking), Task.Delay(Grace, _time, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Somebody ends the program.
        }

        await _end.CancelAsync();
        await Task.WhenAny(Task.WhenAll(EndSessionAsync(), _open.All, _news), Task.Delay(LastWords, _time, CancellationToken.None));
    }

    public void Dispose()
    {
        _session.Dispose();
        _remote.Dispose();
        _end.Dispose();
    }

    private async Task TakeAllAsync(ChannelReader<ReadOnlyMemory<byte>> lines)
    {
        await foreach (var line in lines.ReadAllAsync(_end.Token))
        {
            await TakeAsync(line, _end.Token);
        }
    }

    private async Task AllAnsweredAsync(Task taking)
    {
        await taking;
        await Task.WhenAll(_posts);
        await _open.Ending;
    }

    private async Task TakeAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (RpcMessage.TryRead(line) is not { } message)
        {
            await _client.WriteAsync(line.Span is [(byte)'[', ..]
                ? RpcMessage.Error(null, (int)McpErrorCode.InvalidRequest, MessageLine.NoBatchInLine)
                : RpcMessage.Error(null, (int)McpErrorCode.ParseError, "The line is no JSON object, is nested too deeply, or is longer than 8 MiB."));
        }
        else if (message.IsRequest)
        {
            await BeginAsync(message, cancellationToken);
        }
        else if (message.Method == NotificationMethods.CancelledNotification)
        {
            Keep(CancelAsync(message));
        }
        else
        {
            var posting = PostAsync(message);
            Keep(posting);
            if (message.Method == NotificationMethods.InitializedNotification)
            {
                await posting.WaitAsync(cancellationToken);
                _news = Quietly(new SessionNews(_remote, _session, TellAsync, _time).RunAsync(_end.Token));
            }
        }
    }

    // What has no answer to wait for must have gone out as well before the end.
    private void Keep(Task posting)
    {
        _posts.RemoveAll(static post => post.IsCompleted);
        _posts.Add(posting);
    }

    private async Task BeginAsync(RpcMessage request, CancellationToken cancellationToken)
    {
        if (!_open.Begin(new OpenCall(request), call => Quietly(_calls.RunAsync(call, _end.Token))))
        {
            await _client.WriteAsync(RpcMessage.Error(request.Id, (int)McpErrorCode.InvalidRequest, "Another request with this id has no answer yet."));
        }
        else if (request.Method == RequestMethods.Initialize)
        {
            // Whatever follows belongs to the session that this opens.
            await _open.Ending.WaitAsync(cancellationToken);
        }
    }

    private async Task CancelAsync(RpcMessage message)
    {
        var call = message.Parameter("requestId") is { } id ? _open.Find(id.GetRawText()) : null;
        call?.Cancel();
        if (call?.Request.Revision is null && _session.State != SessionState.None)
        {
            await PostAsync(message);
        }

        call?.Stop();
    }

    // Notifications, and answers to the server's own requests.
    private Task PostAsync(RpcMessage message) => Quietly(SendAsync(message));

    private async Task SendAsync(RpcMessage message)
    {
        var state = _session.State;
        using var answer = await _remote.PostAsync(message, message.Revision is { } revision ? [new(RequestHeaders.Version, revision), .. Named(message)] : state.Headers, _end.Token);
        if (!answer.IsSuccess)
        {
            _log.Tell($"{message.Method ?? "An answer"} was not taken: {answer.Problem.TrimEnd('.')}.");
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Named(RpcMessage message) =>
        message.Method is { } method ? [new(RequestHeaders.Method, method)] : [];

    private async Task TellAsync(RpcMessage message)
    {
        _calls.Note(message);
        await _client.WriteAsync(message);
    }

    private async Task EndSessionAsync()
    {
        if (_session.State is { Id: not null } state)
        {
            using var limit = new CancellationTokenSource(LastWords, _time);
            await Quietly(_remote.DeleteAsync(state.Headers, limit.Token));
        }
    }

    private async Task Quietly(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // The bridge ends.
        }
        catch (IOException exception)
        {
            _log.Tell($"The client does not listen any more: {exception.Message}");
        }
    }
}
