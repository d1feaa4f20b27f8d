using Hypergate.Backends.Http;
using Hypergate.Host.Mcp.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Bridge;

/// <summary>Takes one request to the other side, and everything that comes back for it to the client: in the end exactly one answer.</summary>
internal sealed class Calls(RemoteEndpoint remote, RemoteSession session, Func<RpcMessage, Task> tell, TimeProvider time)
{
    private const int Failed = -32000;
    private const int MostResumptions = 20;

    private readonly ToolHeaders _headers = new();
    private readonly Subscriptions _subscriptions = new(remote, tell, time);

    public async Task RunAsync(OpenCall call, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Stopped, cancellationToken);
        try
        {
            var problem = call.Request switch
            {
                { Method: RequestMethods.Initialize } => await InitializeAsync(call, either.Token),
                { Revision: not null } when call.IsSubscription => await _subscriptions.RunAsync(call, either.Token),
                { Revision: not null } => await StatelessAsync(call, either.Token),
                _ => await InSessionAsync(call, either.Token),
            };
            if (problem is not null && !call.IsCancelled)
            {
                await tell(problem);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has cancelled it, or the bridge ends.
        }
    }

    /// <summary>Looks at what passes by: another list of tools means other headers.</summary>
    public void Note(RpcMessage message)
    {
        if (message.Method == NotificationMethods.ToolListChangedNotification)
        {
            _headers.Forget();
        }
    }

    private async Task<RpcMessage?> InitializeAsync(OpenCall call, CancellationToken cancellationToken)
    {
        using var answer = await remote.PostAsync(call.Request, [], cancellationToken);
        return await RelayAsync(call, answer, message => session.Open(call.Request, message, answer.Header(RequestHeaders.Session)), cancellationToken);
    }

    private async Task<RpcMessage?> InSessionAsync(OpenCall call, CancellationToken cancellationToken)
    {
        var state = session.State;
        var answer = await remote.PostAsync(call.Request, state.Headers, cancellationToken);
        if (answer.Status == 404 && await session.RenewAsync(state, cancellationToken))
        {
            answer.Dispose();
            answer = await remote.PostAsync(call.Request, session.State.Headers, cancellationToken);
            foreach (var news in session.News)
            {
                await tell(news);
            }
        }

        using (answer)
        {
            return await RelayAsync(call, answer, static _ => { }, cancellationToken) is not { } problem ? null
                : answer.LastEventId is null ? problem
                : await ResumeAsync(call, answer, cancellationToken);
        }
    }

    // A server may close a stream whose events have ids, and be asked for the rest.
    private async Task<RpcMessage?> ResumeAsync(OpenCall call, RemoteAnswer broken, CancellationToken cancellationToken)
    {
        var (last, retry) = (broken.LastEventId!, broken.Retry);
        RpcMessage? problem = null;
        for (var attempt = 0; attempt < MostResumptions; attempt++)
        {
            await Task.Delay(retry ?? RemoteEndpoint.Pause(attempt), time, cancellationToken);
            using var answer = await remote.GetAsync([.. session.State.Headers, new("Last-Event-ID", last)], cancellationToken);
            problem = await RelayAsync(call, answer, static _ => { }, cancellationToken);
            if (problem is null || answer.Status is >= 400 and < 500)
            {
                return problem;
            }

            (last, retry) = (answer.LastEventId ?? last, answer.Retry ?? retry);
        }

        return problem;
    }

    private async Task<RpcMessage?> StatelessAsync(OpenCall call, CancellationToken cancellationToken)
    {
        if (!_headers.Knows(call.Request))
        {
            await LearnAsync(call.Request, cancellationToken);
        }

        RpcMessage? mismatch = null;
        var problem = await TryAsync(message => mismatch ??= message);
        if (mismatch is not null)
        {
            // The tool has changed since its list was read. Nothing was done.
            await LearnAsync(call.Request, cancellationToken);
            problem = await TryAsync(onMismatch: null);
        }

        return problem;

        async Task<RpcMessage?> TryAsync(Action<RpcMessage>? onMismatch)
        {
            using var answer = await remote.PostAsync(call.Request, _headers.Of(call.Request), cancellationToken);
            return await RelayAsync(call, answer, answered => Learn(call.Request, answered), cancellationToken, onMismatch);
        }
    }

    private Task LearnAsync(RpcMessage request, CancellationToken cancellationToken) => _headers.LearnAsync(request, async list =>
    {
        using var answer = await remote.PostAsync(list, _headers.Of(list), cancellationToken);
        try
        {
            await foreach (var message in answer.ReadAsync(cancellationToken))
            {
                if (message.Answers(list.Id!))
                {
                    return message;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The call itself will tell.
        }

        return null;
    });

    private void Learn(RpcMessage request, RpcMessage answer)
    {
        if (request.Method == RequestMethods.ToolsList)
        {
            _headers.Learn(answer);
        }
    }

    /// <summary>Hands on what comes; gives the error to answer with where no answer came.</summary>
    private async Task<RpcMessage?> RelayAsync(
        OpenCall call, RemoteAnswer answer, Action<RpcMessage> onAnswer, CancellationToken cancellationToken, Action<RpcMessage>? onMismatch = null)
    {
        try
        {
            await foreach (var message in answer.ReadAsync(cancellationToken))
            {
                var isAnswer = message.Answers(call.Id) || (!answer.IsSuccess && message is { Method: null, ErrorCode: not null });
                if (isAnswer && onMismatch is not null && message.ErrorCode == (int)McpErrorCode.HeaderMismatch && call.Request.Method == RequestMethods.ToolsCall)
                {
                    onMismatch(message);
                    return null;
                }

                if (isAnswer)
                {
                    onAnswer(message);
                    await tell(message.Id == call.Id ? message : message.WithId(call.Id));
                    return null;
                }

                Note(message);
                await tell(message);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException or BodyRefusedException)
        {
            return RpcMessage.Error(call.Id, Failed, $"The connection to the gateway broke before the answer came: {exception.Message} It is not known whether the request took effect: look before repeating it.");
        }

        return RpcMessage.Error(call.Id, Failed, answer.IsSuccess ? "The gateway ended its answer without a result. It is not known whether the request took effect: look before repeating it." : answer.Problem);
    }
}
