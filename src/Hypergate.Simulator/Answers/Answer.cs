using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.Answers;

/// <summary>Whole answers, written at once.</summary>
internal static class Answer
{
    public const string JsonType = "application/json; charset=utf-8";

    /// <summary>How documents are spelled.</summary>
    public static JsonWriterOptions Indented { get; } = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A document; null: a status without a body.</summary>
    public static async Task JsonAsync(HttpContext http, int status, JsonNode? value)
    {
        http.Response.StatusCode = status;
        if (value is null)
        {
            return;
        }

        http.Response.ContentType = JsonType;
        var body = new AnswerBody(http);
        await using (var json = new Utf8JsonWriter(body.Writer, Indented))
        {
            value.WriteTo(json);
        }

        await body.EndAsync();
    }

    /// <summary>A document that is already JSON text.</summary>
    public static async Task JsonAsync(HttpContext http, ReadOnlyMemory<byte> document)
    {
        http.Response.ContentType = JsonType;
        var body = new AnswerBody(http);
        body.Writer.Write(document.Span);
        await body.EndAsync();
    }

    public static async Task TextAsync(HttpContext http, int status, string type, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        var body = new AnswerBody(http);
        body.Writer.Write(Encoding.UTF8.GetBytes(text));
        await body.EndAsync();
    }

    public static Task RedirectAsync(HttpContext http, int status, string target)
    {
        var words = status switch { 302 => "Found", 307 => "Temporary Redirect", _ => "Permanent Redirect" };
        http.Response.Headers.Location = target;
        return TextAsync(http, status, "text/plain; charset=utf-8", $"{words}. Redirecting to {target}");
    }
}
