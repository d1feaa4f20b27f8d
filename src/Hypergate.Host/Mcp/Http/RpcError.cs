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

    public static RpcError Parse(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.ParseError, message);

    public static RpcError Invalid(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidRequest, message);

    public static RpcError Mismatch(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.HeaderMismatch, message);

    /// <summary>A revision that is not spoken here; tells which are.</summary>
    public static RpcError Unsupported(UnsupportedProtocolVersionException exception) => new(StatusCodes.Status400BadRequest, (int)exception.ErrorCode, exception.Message)
    {
        Data = new JsonObject { ["supported"] = new JsonArray([.. exception.Supported.Select(static version => JsonValue.Create(version))]), ["requested"] = exception.Requested },
    };

    public static RpcError Http(int status, string message) => new(status, Refused, message);

    /// <summary>What a program can read of it; null for nothing.</summary>
    private JsonObject? Data { get; init; }

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
