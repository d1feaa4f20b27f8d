using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>Reads JSON bodies; what is none is an error 500 in the words of the real server's JSON parser.</summary>
internal static class JsonBody
{
    private const int Shown = 10;

    /// <param name="bytes">The body as it came.</param>
    /// <returns>An empty object where nothing came.</returns>
    /// <exception cref="XoError">500: it is no JSON, or neither object nor array.</exception>
    public static JsonNode Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return new JsonObject();
        }

        var text = Encoding.UTF8.GetString(bytes.Span);
        try
        {
            return JsonNode.Parse(bytes.Span) is { } node and (JsonObject or JsonArray) ? node : throw Unexpected(text, FirstSign(text));
        }
        catch (JsonException wrong)
        {
            throw Unexpected(text, Position(bytes.Span, wrong));
        }
    }

    private static XoError Unexpected(string text, int at)
    {
        if (at >= text.TrimEnd().Length)
        {
            return new XoError(500, "Unexpected end of JSON input");
        }

        var (from, to) = (Math.Max(0, at - Shown), Math.Min(text.Length, at + Shown));
        var part = $"{(from > 0 ? "..." : "")}\"{text[from..to]}\"{(to < text.Length ? "..." : "")}";
        return new XoError(500, $"Unexpected token '{text[at]}', {part} is not valid JSON");
    }

    private static int FirstSign(string text) => text.TakeWhile(char.IsWhiteSpace).Count();

    private static int Position(ReadOnlySpan<byte> bytes, JsonException wrong)
    {
        var start = 0;
        for (var line = 0L; line < wrong.LineNumber; line++)
        {
            start += bytes[start..].IndexOf((byte)'\n') + 1;
        }

        return Encoding.UTF8.GetCharCount(bytes[..(int)Math.Min(bytes.Length, start + (wrong.BytePositionInLine ?? 0))]);
    }
}
