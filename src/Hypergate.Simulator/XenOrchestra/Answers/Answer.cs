using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>Whole answers, written at once.</summary>
internal static class Answer
{
    public const string JsonType = "application/json; charset=utf-8";

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
        await using (var json = new Utf8JsonWriter(body.Writer, Json.Indented))
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

    public static Task ErrorAsync(HttpContext http, XoError error)
    {
        if (error.Status == 401)
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"xo\"";
        }

        var value = new JsonObject { ["error"] = error.Error.DeepClone() };
        if (error.ErrorData is { } data)
        {
            value["data"] = data.DeepClone();
        }

        if (error.Info is { } info)
        {
            value["info"] = info;
        }

        return JsonAsync(http, error.Status, value);
    }

    /// <summary>The web framework's own page for a route that does not exist.</summary>
    public static Task NoRouteAsync(HttpContext http, string path) => TextAsync(
        http,
        404,
        "text/html; charset=utf-8",
        $"""
         <!DOCTYPE html>
         <html lang="en">
         <head>
         <meta charset="utf-8">
         <title>Error</title>
         </head>
         <body>
         <pre>Cannot {http.Request.Method} {WebUtility.HtmlEncode(path)}</pre>
         </body>
         </html>

         """.ReplaceLineEndings("\n"));

    public static Task RedirectAsync(HttpContext http, int status, string target)
    {
        var words = status switch { 302 => "Found", 307 => "Temporary Redirect", _ => "Permanent Redirect" };
        http.Response.Headers.Location = target;
        return TextAsync(http, status, "text/plain; charset=utf-8", $"{words}. Redirecting to {target}");
    }
}
