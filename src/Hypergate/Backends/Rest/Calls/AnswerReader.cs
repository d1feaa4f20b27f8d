using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Reads the body of a success: JSON, JSON lines, or text.</summary>
internal static class AnswerReader
{
    // The depth that readers of JSON take unless they are told otherwise.
    private const int DeepestAnswer = 64;

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

        if (IsJson(reply) && IsNested(reply.Body))
        {
            return new CallError("too_large", $"The answer is nested more than {DeepestAnswer} levels deep; ask for a part of it") { HttpStatus = reply.Status };
        }

        // What says that it is JSON and is not, and every other text, is shown as it came.
        isJson = false;
        value = JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(reply.Body.Span), ModelJson.Default.String);
        return null;
    }

    // What is JSON but for its depth: as a text nothing in it could be found, and so nothing be hidden.
    private static bool IsNested(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var whole = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = int.MaxValue });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsJson(HttpReply reply) => reply.IsReceived
        || (reply.ContentType is { } type ? type.Contains("json", StringComparison.OrdinalIgnoreCase) : reply.Body.Span.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[' or (byte)'"' or (byte)'t' or (byte)'f' or (byte)'n' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..]);
}
