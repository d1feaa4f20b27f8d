using Hypergate.Model;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Http;

/// <summary>Requests of revisions up to 2025-11-25: an <c>initialize</c> opens a session, and everything else belongs to one.</summary>
/// <param name="faces">What there is for whom.</param>
/// <param name="sessions">Those of this process.</param>
/// <param name="shared">Those of all replicas; null where there is one alone.</param>
/// <param name="time">For streams.</param>
internal sealed class SessionCalls(McpFaces faces, SessionTable sessions, SharedSessions? shared, TimeProvider time)
{
    private const int SessionNotFound = -32001;

    public async Task PostAsync(HttpContext http, JsonRpcMessage message, Caller caller)
    {
        var initialize = message is JsonRpcRequest { Method: RequestMethods.Initialize } first ? first : null;
        if (initialize is not null && ParameterForm.Problem(initialize) is { } problem)
        {
            await RpcError.Parameters(problem).WriteAsync(http.Response, initialize.Id);
        }
        else if (initialize is not null && !http.Request.Headers.ContainsKey(RequestHeaders.Session))
        {
            await OpenAsync(http, initialize, caller);
        }
        else if (await FindAsync(http, caller, (message as JsonRpcRequest)?.Id) is { } session)
        {
            await AnswerAsync(http, message, session);
        }
    }

    // A question may have been asked by another replica, and a call may run there.
    private async Task HandOnAsync(HttpContext http, JsonRpcMessage message, HttpSession session)
    {
        if (shared is not null && message is JsonRpcResponse or JsonRpcError or JsonRpcNotification { Method: not NotificationMethods.InitializedNotification })
        {
            await shared!.TellAsync(session.Id, message, http.RequestAborted);
        }
    }

    /// <summary>GET: the stream for what concerns no request.</summary>
    public async Task ListenAsync(HttpContext http, Caller caller)
    {
        if (!MessageBody.Accepts(http.Request, "text/event-stream"))
        {
            await RpcError.Http(StatusCodes.Status406NotAcceptable, "The client must accept text/event-stream.").WriteAsync(http.Response);
            return;
        }

        if (await FindAsync(http, caller, null) is not { } session)
        {
            return;
        }

        var told = http.Features.Get<OpenRequests.Lease>()?.EndWithWord() ?? CancellationToken.None;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, session.Ended, faces.Stopping, told);
        await using var answer = new EventAnswer(http, time, opensAtOnce: true);
        if (!await session.ListenAsync(answer.Stream, end.Token))
        {
            await RpcError.Http(StatusCodes.Status409Conflict, "This session has a stream already.").WriteAsync(http.Response);
        }
    }

    /// <summary>DELETE: ends the session.</summary>
    public async Task EndAsync(HttpContext http, Caller caller)
    {
        if (await FindAsync(http, caller, null) is { } session)
        {
            await sessions.EndAsync(session);
            if (shared is not null)
            {
                await shared.EndAsync(session, http.RequestAborted);
            }

            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private async Task OpenAsync(HttpContext http, JsonRpcRequest initialize, Caller caller)
    {
        if (Revisions.AskedBy(initialize) == Revisions.Stateless)
        {
            await RpcError.Unsupported(Revisions.Stateless, Revisions.Sessional).WriteAsync(http.Response, initialize.Id);
            return;
        }

        var session = await sessions.OpenAsync(caller, faces.For(RequestSurfaces.AudienceOf(http.Request, caller)));
        try
        {
            http.Response.Headers[RequestHeaders.Session] = session.Id;
            if (shared is not null)
            {
                await shared.KeepAsync(session, initialize, http.RequestAborted);
            }

            await AnswerAsync(http, initialize, session);
        }
        finally
        {
            if (!session.IsEstablished)
            {
                await sessions.EndAsync(session);
            }
        }
    }

    private async Task<HttpSession?> LookAsync(string id, Caller caller, HttpContext http) => sessions.Find(id) switch
    {
        { } known when known.IsOf(caller) => shared is null || await shared.GoesOnAsync(known, http.RequestAborted) ? known : null,
        null when shared is not null => await shared.ReviveAsync(id, caller, faces.For(RequestSurfaces.AudienceOf(http.Request, caller)), http.RequestAborted),
        _ => null,
    };

    private async Task AnswerAsync(HttpContext http, JsonRpcMessage message, HttpSession session)
    {
        await HandOnAsync(http, message, session);
        await using var answer = new EventAnswer(http, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, session.Ended);
        if (!await session.PostAsync(message, answer.Stream, end.Token))
        {
            answer.Accept();
        }
    }

    private async Task<HttpSession?> FindAsync(HttpContext http, Caller caller, RequestId? request)
    {
        if (http.Request.Headers[RequestHeaders.Session] is not [{ Length: > 0 } id])
        {
            await RpcError.Http(StatusCodes.Status400BadRequest, $"The header {RequestHeaders.Session} is missing. Begin with initialize, or use the revision 2026-07-28.").WriteAsync(http.Response, request);
            return null;
        }

        if (await LookAsync(id, caller, http) is { } session)
        {
            return session;
        }

        await new RpcError(StatusCodes.Status404NotFound, SessionNotFound, "There is no such session. Begin anew with initialize.").WriteAsync(http.Response, request);
        return null;
    }
}
