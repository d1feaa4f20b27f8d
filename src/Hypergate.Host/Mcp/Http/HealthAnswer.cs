using System.Text.Json;
using Hypergate.Host.Composition;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Mcp.Http;

/// <summary>What orchestrators ask. Details are for those who administer the gateway, and for callers <c>check_connection</c> tells them.</summary>
internal static class HealthAnswer
{
    /// <summary>The process answers.</summary>
    public static Task LiveAsync(HttpContext http) => WriteAsync(http, StatusCodes.Status200OK, "live");

    /// <summary>The gateway is switched on, knows the operations of at least one platform, and is not about to end.</summary>
    /// <param name="notes">What whoever asks may know beside that; null for nothing.</param>
    public static Task ReadyAsync(HttpContext http, LiveGateway live, Drain drain, IReadOnlyList<string>? notes)
    {
        drain.NoteQuestion();
        var gateway = live.Gateway;
        var gap = drain.HasBegun ? "ending" : !live.Settings.Enabled ? "off" : gateway.Backends.Any(backend => gateway.Parts.GapOf(backend.Name) is null) ? null : "starting";
        return WriteAsync(http, gap is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, gap ?? "ready", notes);
    }

    private static async Task WriteAsync(HttpContext http, int status, string word, IReadOnlyList<string>? notes = null)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "GET, HEAD";
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", word);
        if (notes is not null)
        {
            writer.WriteStartArray("notes");
            foreach (var note in notes)
            {
                writer.WriteStringValue(note);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
