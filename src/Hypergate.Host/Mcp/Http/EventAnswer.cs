using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Http;

/// <summary>An answer as a stream of events; the first message may still choose the status.</summary>
internal sealed class EventAnswer : IAsyncDisposable
{
    private readonly HttpResponse _response;

    /// <param name="opensAtOnce">Whether the client is to know that it is heard before there is anything to say.</param>
    public EventAnswer(HttpContext http, TimeProvider time, bool opensAtOnce = false)
    {
        _response = http.Response;
        _response.ContentType = "text/event-stream";
        _response.Headers.CacheControl = "no-store";
        _response.Headers["X-Accel-Buffering"] = "no";
        Stream = new EventStream(_response.Body, time, opensAtOnce, http.RequestAborted);
    }

    public EventStream Stream { get; }

    /// <summary>Sets the status for an error that is the whole answer to a request of 2026-07-28.</summary>
    public ValueTask StartWith(JsonRpcMessage? first) => first is JsonRpcError { Error.Code: var code } ? Stream.RunAloneAsync(() =>
    {
        if (!_response.HasStarted)
        {
            _response.StatusCode = StatusOf(code);
        }
    }) : default;

    /// <summary>Says that there is nothing to say.</summary>
    public void Accept()
    {
        if (!_response.HasStarted)
        {
            _response.StatusCode = StatusCodes.Status202Accepted;
            _response.ContentType = null;
        }
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private static int StatusOf(int code) => (McpErrorCode)code switch
    {
        McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
        McpErrorCode.HeaderMismatch
            or McpErrorCode.MissingRequiredClientCapability
            or McpErrorCode.UnsupportedProtocolVersion
            or McpErrorCode.InvalidRequest
            or McpErrorCode.ParseError => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };
}
