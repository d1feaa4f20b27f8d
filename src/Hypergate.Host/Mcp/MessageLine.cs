using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>A line of the input as a message.</summary>
internal static class MessageLine
{
    /// <summary>Why no batch is answered; how to send messages instead follows.</summary>
    public const string NoBatch = "Batches are not supported: send one message";

    /// <summary>The same for lines.</summary>
    public const string NoBatchInLine = $"{NoBatch} in each line.";

    /// <summary>What some programs write before their first line.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="line">Without its line end.</param>
    /// <param name="broken">What to answer where it is no message; null for a line without an id, which nobody waits for. Whoever sends a batch waits.</param>
    /// <returns>Null for a blank line and for one that is no message.</returns>
    public static JsonRpcMessage? Read(ReadOnlySpan<byte> line, out JsonRpcMessage? broken)
    {
        broken = null;
        line = (line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line).Trim(" \t\r"u8);
        if (line.IsEmpty)
        {
            return null;
        }

        if (line[0] == (byte)'[')
        {
            broken = Error(default, McpErrorCode.InvalidRequest, NoBatchInLine);
            return null;
        }

        try
        {
            return Parse(line);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is of names of members that hold half a character.
            broken = IdOf(line) is { } id ? Error(id, McpErrorCode.ParseError, $"The line is no JSON-RPC message: {exception.Message}") : null;
            return null;
        }
    }

    // Bytes that are no UTF-8 become U+FFFD.
    private static JsonRpcMessage? Parse(ReadOnlySpan<byte> line) =>
        MessageJson.Read(Utf8.IsValid(line) ? JsonElement.Parse(line, MessageJson.Strict) : JsonElement.Parse(Encoding.UTF8.GetString(line), MessageJson.Strict));

    private static JsonRpcError Error(RequestId id, McpErrorCode code, string message) => new()
    {
        Id = id,
        Error = new JsonRpcErrorDetail { Code = (int)code, Message = message },
    };

    // The id as far as the line can be read.
    private static RequestId? IdOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("id"u8) && reader.Read())
                {
                    return reader.TokenType switch
                    {
                        JsonTokenType.String => new RequestId(reader.GetString()!),
                        JsonTokenType.Number when reader.TryGetInt64(out var number) => new RequestId(number),
                        _ => null,
                    };
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // It ends here.
        }

        return null;
    }
}
