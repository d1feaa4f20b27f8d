using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Http;

/// <summary>A refusal that is decided before any stream starts.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The code of JSON-RPC.</param>
internal sealed record RpcError(int Status, int Code, string Message)
{
    /// <summary>Of the range that JSON-RPC leaves to servers; for what has no code of its own.</summary>
    private const int Refused = -32000;

    /// <summary>What else a client can act on; null for nothing.</summary>
    public JsonObject? Data { get; init; }

    public static RpcError Parse(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.ParseError, message);

    public static RpcError Invalid(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidRequest, message);

    public static RpcError Parameters(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidParams, message);

    public static RpcError Mismatch(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.HeaderMismatch, message);

    /// <summary>A revision that is not spoken here, with those that are.</summary>
    /// <param name="requested">The revision.</param>
    /// <param name="supported">Those that are spoken instead.</param>
    /// <param name="message">Why it is refused; null where nobody knows it.</param>
    public static RpcError Unsupported(string requested, IEnumerable<string> supported, string? message = null) =>
        new(StatusCodes.Status400BadRequest, (int)McpErrorCode.UnsupportedProtocolVersion, message ?? $"Unsupported protocol version '{requested}'.")
        {
            Data = new JsonObject { ["supported"] = new JsonArray([.. supported.Select(static version => JsonValue.Create(version))]), ["requested"] = requested },
        };

    public static RpcError Http(int status, string message) => new(status, Refused, message);

    /// <summary>Answers with it.</summary>
    /// <param name="id">Of the request, where it is known.</param>
    public async Task WriteAsync(HttpResponse response, RequestId? id = null)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        WriteId(writer, id?.Id);
        writer.WriteStartObject("error");
        writer.WriteNumber("code", Code);
        writer.WriteString("message", Message);
        if (Data is { } data)
        {
            writer.WritePropertyName("data");
            data.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter writer, object? id)
    {
        switch (id)
        {
            case string text:
                writer.WriteString("id", text);
                break;
            case long number:
                writer.WriteNumber("id", number);
                break;
            default:
                writer.WriteNull("id");
                break;
        }
    }
}
