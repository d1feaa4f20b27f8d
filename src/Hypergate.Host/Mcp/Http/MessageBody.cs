using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Http;

/// <summary>Reads the one message of a POST.</summary>
internal static class MessageBody
{
    private const string Json = "application/json";
    private const string Events = "text/event-stream";

    private static RpcError NoMessage => RpcError.Invalid("The body is no message of JSON-RPC 2.0, or a text in it holds half a character: one of \\uD800 to \\uDFFF without its other half.");

    /// <summary>The message, or why there is none.</summary>
    public static async Task<(JsonRpcMessage? Message, RpcError? Error)> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !Json.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return (null, RpcError.Http(StatusCodes.Status415UnsupportedMediaType, $"The content type must be {Json}."));
        }

        if (!Accepts(request, Json) || !Accepts(request, Events))
        {
            return (null, RpcError.Http(StatusCodes.Status406NotAcceptable, $"The client must accept both {Json} and {Events}."));
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, MessageJson.Strict, request.HttpContext.RequestAborted);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return (null, RpcError.Parse("The body is not JSON, is nested too deeply, or has a name twice in one object."));
        }
        catch (InvalidOperationException)
        {
            return (null, NoMessage); // The name of a member holds half a character.
        }
    }

    /// <summary>Whether the client takes this media type.</summary>
    public static bool Accepts(HttpRequest request, string type) => ((StringValues)request.Headers.Accept)
        .SelectMany(static header => header?.Split(',') ?? [])
        .Select(static item => item.Split(';')[0].Trim())
        .Any(item => item.Equals(type, StringComparison.OrdinalIgnoreCase) || item == "*/*" || item.Equals($"{type.Split('/')[0]}/*", StringComparison.OrdinalIgnoreCase));

    private static (JsonRpcMessage? Message, RpcError? Error) Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return (null, RpcError.Invalid($"{MessageLine.NoBatch} in each request."));
        }

        try
        {
            return MessageJson.Read(root) is { } message
                ? (message, null)
                : (null, RpcError.Invalid("The body is no message of JSON-RPC 2.0."));
        }
        catch (JsonException)
        {
            return (null, NoMessage);
        }
    }
}
