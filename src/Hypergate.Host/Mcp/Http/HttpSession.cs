using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp.Http;

/// <summary>A conversation with a client of a revision up to 2025-11-25, from its <c>initialize</c> on.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _end = new();
    private readonly StreamableHttpServerTransport _transport;
    private readonly McpServer _server;
    private readonly NewsStream _news = new();
    private readonly ConcurrentDictionary<RequestId, TaskCompletionSource> _withdrawals = new(); // Of requests that are being answered.
    private readonly TimeProvider _time;
    private readonly Audience _audience;
    private readonly Task _serving;
    private readonly Task _broadcasting;
    private readonly Task _listening;
    private long _lastUse;
    private int _open;
    private int _isDisposed;

    public HttpSession(string id, Caller owner, McpFace face, ILoggerFactory loggers, TimeProvider time)
    {
        Id = id;
        Owner = owner;
        _audience = Audience.Of(owner);
        _time = time;
        _lastUse = time.GetTimestamp();
        _transport = new StreamableHttpServerTransport(loggers) { SessionId = id };
        _server = McpServer.Create(_transport, face.Options, loggers);
        _serving = ServeAsync();

        // The library takes one listener for a session's life; clients come and go.
        _listening = _transport.HandleGetRequestAsync(_news, _end.Token);
        _broadcasting = face.News.BroadcastAsync(_server, _end.Token);
    }

    /// <summary>128 random bits in visible ASCII.</summary>
    public string Id { get; }

    /// <summary>The caller that opened it; it is no session for any other.</summary>
    public Caller Owner { get; }

    /// <summary>
    /// Whether it is a session of this caller: of that name, and with the rights under which it was opened, because what a session knows of tools is for those. Whoever comes
    /// with others begins anew.
    /// </summary>
    public bool IsOf(Caller caller) => Owner.Name == caller.Name && _audience == Audience.Of(caller);

    /// <summary>Whether the handshake has come to a good end.</summary>
    public bool IsEstablished => _server.NegotiatedProtocolVersion is not null;

    /// <summary>Ends with the session.</summary>
    public CancellationToken Ended => _end.Token;

    /// <summary>How long nothing has happened; nothing while a request or a stream is open.</summary>
    public TimeSpan Idle => Volatile.Read(ref _open) > 0 ? TimeSpan.Zero : _time.GetElapsedTime(Volatile.Read(ref _lastUse));

    /// <summary>Hands a message to the server and writes what it answers.</summary>
    /// <returns>Whether there was an answer.</returns>
    public async Task<bool> PostAsync(JsonRpcMessage message, Stream answer, CancellationToken cancellationToken)
    {
        if (message is JsonRpcRequest request)
        {
            return await AnswerAsync(request, answer, cancellationToken);
        }

        var isAnswered = await UseAsync(() => _transport.HandlePostRequestAsync(message, answer, cancellationToken));
        if (WithdrawnBy(message) is { } id && _withdrawals.TryGetValue(id, out var withdrawal))
        {
            withdrawal.TrySetResult();
        }

        return isAnswered;
    }

    /// <summary>Sends what concerns no request until the client or the session ends; false where somebody else listens already.</summary>
    public Task<bool> ListenAsync(Stream stream, CancellationToken cancellationToken) =>
        UseAsync(() => _news.AttachAsync(stream, cancellationToken));

    /// <summary>Ends the stream of whoever listens; they may listen anew.</summary>
    public void HangUp() => _news.HangUp();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _end.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_serving, _broadcasting, Quietly(_listening)), Task.Delay(LastWords, _time, CancellationToken.None));
        await _transport.DisposeAsync();
        await _news.DisposeAsync();
    }

    // A request that its client has cancelled is not answered any more, so that its stream would stay open without an end.
    private async Task<bool> AnswerAsync(JsonRpcRequest request, Stream answer, CancellationToken cancellationToken)
    {
        var withdrawal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _withdrawals[request.Id] = withdrawal;
        try
        {
            var answering = UseAsync(() => _transport.HandlePostRequestAsync(request, answer, end.Token));
            if (await Task.WhenAny(answering, withdrawal.Task) == answering)
            {
                return await answering;
            }

            await end.CancelAsync();
            await ((Task)answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }
        finally
        {
            _withdrawals.TryRemove(new(request.Id, withdrawal));
        }
    }

    // The request that a message cancels; null for any other message.
    private static RequestId? WithdrawnBy(JsonRpcMessage message) =>
        message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject parameters } && parameters["requestId"] is JsonValue id
            ? id.TryGetValue<string>(out var text) ? new RequestId(text) : id.TryGetValue<long>(out var number) ? new RequestId(number) : null
            : null;

    private async Task<T> UseAsync<T>(Func<Task<T>> use)
    {
        Interlocked.Increment(ref _open);
        try
        {
            return await use();
        }
        finally
        {
            Volatile.Write(ref _lastUse, _time.GetTimestamp());
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task ServeAsync()
    {
        await using (_server)
        {
            await Quietly(_server.RunAsync(_end.Token));
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // That is how a session ends.
        }
    }
}
