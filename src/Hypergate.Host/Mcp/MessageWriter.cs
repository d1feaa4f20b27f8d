using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Results.Formats;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>Writes messages as lines. An answer that is kept goes into its message in the bytes in which it was written. For one thread at a time.</summary>
internal sealed class MessageWriter(DirectAnswers answers)
{
    private const int KeptBytes = 256 * 1024;
    private static readonly JsonWriterOptions Options = new() { Encoder = JsonLines.Escaping, SkipValidation = true };
    private ArrayBufferWriter<byte> _line = new();

    /// <returns>The message and its line end; good until the next one is written.</returns>
    public ReadOnlySpan<byte> Write(JsonRpcMessage message)
    {
        // What one long answer needed is not held for good.
        if (_line.Capacity > KeptBytes)
        {
            _line = new();
        }

        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line, Options))
        {
            if (message is JsonRpcResponse { Result: JsonObject result } response && answers.TryTake(result, out var answer))
            {
                Write(writer, response.Id, result, answer);
            }
            else
            {
                JsonSerializer.Serialize(writer, message, MessageJson.Type);
            }
        }

        _line.Write("\n"u8);
        return _line.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter writer, RequestId id, JsonObject result, CallToolResult answer)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WritePropertyName("id"u8);
        WriteId(writer, id);
        writer.WriteStartObject("result"u8);
        foreach (var (name, value) in result)
        {
            if (name is not ("content" or "structuredContent"))
            {
                writer.WritePropertyName(name);
                WriteNode(writer, value);
            }
        }

        writer.WritePropertyName("content"u8);
        if (answer.Content is [TextContentBlock { Meta: null, Annotations: null } text])
        {
            WriteText(writer, text.Text);
        }
        else
        {
            JsonSerializer.Serialize(writer, answer.Content, DirectAnswers.Blocks.Value);
        }

        if (answer.StructuredContent is { } structured)
        {
            writer.WritePropertyName("structuredContent"u8);
            WriteAsItStands(writer, structured);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // Line by line, because the writer looks at each character of a text from the first one on that it has to escape.
    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WritePropertyName("text"u8);
        while (text.IndexOf('\n') is >= 0 and var end)
        {
            writer.WriteStringValueSegment(text[..end], isFinalSegment: false);
            writer.WriteStringValueSegment("\n", isFinalSegment: false);
            text = text[(end + 1)..];
        }

        writer.WriteStringValueSegment(text, isFinalSegment: true);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    // A message is one line, so what was written over several is written anew.
    private static void WriteAsItStands(Utf8JsonWriter writer, JsonElement value)
    {
        var written = JsonMarshal.GetRawUtf8Value(value);
        if (written.Contains((byte)'\n'))
        {
            value.WriteTo(writer);
        }
        else
        {
            writer.WriteRawValue(written, skipInputValidation: true);
        }
    }

    private static void WriteId(Utf8JsonWriter writer, RequestId id)
    {
        if (id.Id is long number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(id.ToString());
        }
    }

    private static void WriteNode(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }
}
