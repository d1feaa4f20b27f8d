using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Reads the body of a success: JSON, JSON lines, or text.</summary>
internal static class AnswerReader
{
    /// <param name="call">What was asked.</param>
    /// <param name="reply">What was answered.</param>
    /// <param name="value">Undefined for an empty body.</param>
    /// <param name="isJson">Whether the platform meant JSON.</param>
    /// <returns>Why the body cannot be the answer; null where it can.</returns>
    public static CallError? Read(Call call, HttpReply reply, out JsonElement value, out bool isJson)
    {
        (value, isJson) = (default, true);
        if (reply.Body.IsEmpty)
        {
            return null;
        }

        if (CallErrors.IsPage(reply) && call.Operation.Rules!.Response.FileType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) != true)
        {
            return new CallError("unexpected_content", "The server answered with a web page. Is url right?") { HttpStatus = reply.Status };
        }

        if (IsJson(reply) && PlatformAnswer.TryRead(call, reply, orText: false, out value))
        {
            return null;
        }

        // What says that it is JSON and is not, and every other text, is shown as it came.
        isJson = false;
        value = JsonSerializer.SerializeToElement(TextOf(reply), ModelJson.Default.String);
        return null;
    }

    private static bool IsJson(HttpReply reply) => reply.IsReceived
        || (reply.ContentType is { } type ? type.Contains("json", StringComparison.OrdinalIgnoreCase) : reply.Body.Span.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[' or (byte)'"' or (byte)'t' or (byte)'f' or (byte)'n' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..]);

    private static string TextOf(HttpReply reply)
    {
        var charset = reply.ContentType?.Split("charset=", 2) is [_, var name] ? name.Split(';')[0].Trim(' ', '"') : "utf-8";
        return EncodingOf(charset).GetString(reply.Body.Span);
    }

    private static Encoding EncodingOf(string charset)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
