using System.Net;
using System.Text.Json.Nodes;
using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.Operations;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>Answers to requests that fail.</summary>
internal static class Refusal
{
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

        return Answer.JsonAsync(http, error.Status, value);
    }

    /// <summary>The web framework's own page for a route that does not exist.</summary>
    public static Task NoRouteAsync(HttpContext http, string path) => Answer.TextAsync(
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
}
