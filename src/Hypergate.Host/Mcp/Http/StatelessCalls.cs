using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp.Http;

/// <summary>Requests of 2026-07-28: each carries all that is needed to answer it, and ends with its connection.</summary>
internal sealed class StatelessCalls(McpFaces faces, ILoggerFactory loggers, TimeProvider time)
{
    public async Task PostAsync(HttpContext http, JsonRpcMessage message, string? version)
    {
        if (message is not JsonRpcRequest request)
        {
            await AcceptAsync(http, version);
            return;
        }

        var face = faces.For(RequestSurfaces.AudienceOf(http.Request, RequestCaller.Of(message, McpFaces.Nobody)));
        if ((CheckMeta(request, version) ?? RequestHeaders.Check(http.Request.Headers, request, face.MarkedParameters)) is { } error)
        {
            await error.WriteAsync(http.Response, request.Id);
            return;
        }

        await AnswerAsync(http, request, face);
    }

    // There is nothing to say to a notification but whether its revision is known.
    private static Task AcceptAsync(HttpContext http, string? version)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        return version is null or Revisions.Stateless ? Task.CompletedTask : RpcError.Unsupported(version, [.. Revisions.Sessional, Revisions.Stateless]).WriteAsync(http.Response);
    }

    private async Task AnswerAsync(HttpContext http, JsonRpcRequest request, McpFace face)
    {
        if (request.Method == RequestMethods.SubscriptionsListen && http.Features.Get<OpenRequests.Lease>() is { } lease)
        {
            RequestEnd.Note(request, lease.EndWithWord());
        }

        await using var answer = new EventAnswer(http, time);
        await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var server = McpServer.Create(transport, face.Options, loggers);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, faces.Stopped);
        var serving = server.RunAsync(end.Token);
        try
        {
            await transport.HandlePostRequestAsync(request, answer.Stream, answer.StartWith, end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static RpcError? CheckMeta(JsonRpcRequest request, string? version)
    {
        var meta = (request.Params as JsonObject)?["_meta"] as JsonObject;
        if (RequestHeaders.VersionOf(request) is not { } named)
        {
            return version is null or Revisions.Stateless ? Missing(MetaKeys.ProtocolVersion) : RpcError.Unsupported(version, Revisions.Sessional);
        }

        if (named != version)
        {
            return RpcError.Mismatch($"The header {RequestHeaders.Version} and _meta[\"{MetaKeys.ProtocolVersion}\"] must be the same.");
        }

        if (named != Revisions.Stateless)
        {
            return RpcError.Unsupported(named, [Revisions.Stateless]);
        }

        return meta?[MetaKeys.ClientCapabilities] is JsonObject ? null : Missing(MetaKeys.ClientCapabilities);
    }

    private static RpcError Missing(string key) => RpcError.Parameters($"params._meta must hold \"{key}\".");
}
