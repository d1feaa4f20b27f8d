using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;

namespace Hypergate.Backends.Rest;

/// <summary>Puts error answers of any API into words: the status, and what the body says in the places where bodies say it.</summary>
internal static class RestErrors
{
    private const int Longest = 600;
    private const int Deepest = 3;

    private static readonly string[] Telling = ["message", "error_description", "detail", "error", "title", "reason", "errors", "description", "msg", "fault"];

    public static string Read(HttpReply reply, bool hasToken)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"The API answered {reply.Status}{(reply.Reason.Length > 0 ? " " + reply.Reason : "")}"));
        if (Words(reply) is { Length: > 0 } words)
        {
            text.Append(": ").Append(words);
        }

        return text.Append(Hint(reply, hasToken)).ToString();
    }

    private static string Hint(HttpReply reply, bool hasToken) => reply.Status switch
    {
        401 => hasToken ? ". It does not take this credential (auth in the settings)." : ". It wants a credential (auth in the settings).",
        403 => MissingRight.In(reply) is { } right ? $". The credential lacks {right}." : ". The credential does not allow this.",
        404 => ". There is no such thing, or not for this credential.",
        429 => ". It wants fewer requests; try again later.",
        _ => ".",
    };

    /// <summary>What the body of an error answer says, wherever it says it; empty for nothing or a page.</summary>
    public static string Words(HttpReply reply)
    {
        try
        {
            using var body = JsonDocument.Parse(reply.Body);
            return Short(Find(body.RootElement, 0) ?? body.RootElement.GetRawText());
        }
        catch (JsonException)
        {
            var isPage = reply.ContentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true;
            return isPage ? "" : Short(Encoding.UTF8.GetString(reply.Body.Span));
        }
    }

    private static string? Find(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when depth < Deepest && value.GetArrayLength() > 0 => Find(value[0], depth + 1),
        JsonValueKind.Object when depth < Deepest => Telling.Select(name => value.TryGetProperty(name, out var inner) ? Find(inner, depth + 1) : null).FirstOrDefault(static text => !string.IsNullOrEmpty(text)),
        _ => null,
    };

    private static string Short(string text) => Descriptions.DescriptionText.OneLine(text, Longest).TrimEnd('.');
}
