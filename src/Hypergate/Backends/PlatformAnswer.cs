using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>Reads the body of a successful answer: JSON, JSON lines, or text that is relayed.</summary>
internal static class PlatformAnswer
{
    /// <summary>Reads the value. False where the body is not what it should be.</summary>
    /// <param name="call">What was asked.</param>
    /// <param name="reply">What was answered.</param>
    /// <param name="orText">Whether a text that is not JSON is an answer too.</param>
    /// <param name="value">The value; undefined for an empty body.</param>
    public static bool TryRead(Call call, HttpReply reply, bool orText, out JsonElement value)
    {
        value = default;
        try
        {
            if (orText && !reply.Body.IsEmpty && IsOtherText(reply))
            {
                value = JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(reply.Body.Span), ModelJson.Default.String);
            }
            else if (call.Passthrough && IsType(reply, "text/markdown"))
            {
                value = JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(reply.Body.Span), ModelJson.Default.String);
            }
            else if (IsType(reply, "application/x-ndjson"))
            {
                value = Lines(reply.Body);
            }
            else if (!reply.Body.IsEmpty)
            {
                value = JsonDocument.Parse(reply.Body).RootElement;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsOtherText(HttpReply reply) =>
        IsType(reply, "text/") || reply.ContentType?.Contains("xml", StringComparison.OrdinalIgnoreCase) == true || reply.ContentType?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsType(HttpReply reply, string type) =>
        reply.ContentType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) == true;

    // One object a line becomes one array: a line end inside a JSON text is always written as an escape, so that every raw one
    // stands between two objects.
    private static JsonElement Lines(ReadOnlyMemory<byte> body)
    {
        var lines = body.Span.Trim("\r\n"u8);
        if (lines.IndexOf("\n\n"u8) >= 0 || lines.IndexOf("\n\r\n"u8) >= 0)
        {
            lines = Encoding.UTF8.GetBytes(string.Join('\n', Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        }

        var array = new byte[lines.Length + 2];
        lines.CopyTo(array.AsSpan(1));
        array.AsSpan(1, lines.Length).Replace((byte)'\n', (byte)',');
        array[0] = (byte)'[';
        array[^1] = (byte)']';
        return JsonDocument.Parse(array).RootElement;
    }
}
