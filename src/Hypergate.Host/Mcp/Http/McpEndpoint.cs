using Hypergate.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// The one address of MCP over HTTP. Clients of 2026-07-28 are answered request by request; those that send <c>initialize</c> get a
/// session.
/// </summary>
/// <param name="faces">What there is for whom.</param>
/// <param name="sessions">Those of this process, and of all replicas; null where there is one alone.</param>
/// <param name="floor">The oldest revision that is spoken at this moment.</param>
/// <param name="loggers">Where to.</param>
/// <param name="time">For streams.</param>
internal sealed class McpEndpoint(McpFaces faces, (SessionTable Own, SharedSessions? Shared) sessions, Func<ProtocolFloor> floor, ILoggerFactory loggers, TimeProvider time)
{
    private readonly StatelessCalls _stateless = new(faces, loggers, time);
    private readonly SessionCalls _sessional = new(faces, sessions.Own, sessions.Shared, time);

    public Task HandleAsync(HttpContext http, Caller caller) => RequestSurfaces.Problem(http.Request) is { } problem
        ? RpcError.Http(StatusCodes.Status400BadRequest, problem).WriteAsync(http.Response)
        : AnswerAsync(http, caller);

    private Task AnswerAsync(HttpContext http, Caller caller) => http.Request.Method switch
    {
        "POST" => PostAsync(http, caller),
        "GET" => _sessional.ListenAsync(http, caller),
        "DELETE" => _sessional.EndAsync(http, caller),
        _ => NotAllowedAsync(http),
    };

    private async Task PostAsync(HttpContext http, Caller caller)
    {
        var (message, error) = await MessageBody.ReadAsync(http.Request);
        if (message is null)
        {
            await error!.WriteAsync(http.Response);
            return;
        }

        if (floor().Refusal(message) is { } older)
        {
            await RpcError.Unsupported(older.Requested, older.Supported, older.Message).WriteAsync(http.Response, ((JsonRpcRequest)message).Id);
            return;
        }

        RequestCaller.Note(message, caller);
        var version = http.Request.Headers[RequestHeaders.Version] is { Count: > 0 } header ? header.ToString().Trim() : null;
        message.Context!.ProtocolVersion = version;
        await (IsStateless(message, version, http.Request.Headers.ContainsKey(RequestHeaders.Session))
            ? _stateless.PostAsync(http, message, version)
            : _sessional.PostAsync(http, message, caller));
    }

    // A revision that nobody knows is refused by the newer rules, which tell what is known.
    private static bool IsStateless(JsonRpcMessage message, string? version, bool hasSession) => version is null
        ? !hasSession && message is JsonRpcRequest request && string.CompareOrdinal(RequestHeaders.VersionOf(request), Revisions.Stateless) >= 0
        : !Revisions.Sessional.Contains(version, StringComparer.Ordinal);

    private static Task NotAllowedAsync(HttpContext http)
    {
        http.Response.Headers.Allow = "POST, GET, DELETE";
        return RpcError.Http(StatusCodes.Status405MethodNotAllowed, "Use POST; GET and DELETE for sessions.").WriteAsync(http.Response);
    }
}
