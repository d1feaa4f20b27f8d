using System.Text.Json;
using Hypergate.Host.Settings;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Authentication.OAuth;

/// <summary>What clients learn about how to come in: the document of RFC 9728, and the challenges that lead to it.</summary>
internal static class ProtectedResource
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Whether the document is at this path.</summary>
    public static bool IsAt(string path) => path is WellKnown or $"{WellKnown}/mcp";

    /// <summary>What stands in WWW-Authenticate.</summary>
    /// <param name="error">Null where there was no token.</param>
    public static string Challenge(OAuthSettings settings, string? error, string? description)
    {
        var address = new Uri(settings.Resource, $"{WellKnown}{settings.Resource.AbsolutePath.TrimEnd('/')}");
        return "Bearer realm=\"hypergate\""
            + (error is null ? "" : $", error=\"{error}\"")
            + (description is null ? "" : $", error_description=\"{description}\"")
            + $", resource_metadata=\"{address}\""
            + (settings.Scopes.Count == 0 ? "" : $", scope=\"{string.Join(' ', settings.Scopes)}\"");
    }

    public static async Task WriteAsync(HttpContext http, OAuthSettings settings)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "GET, HEAD";
            return;
        }

        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("resource", settings.Resource.OriginalString);
        Write(writer, "authorization_servers", settings.Issuers.Select(static issuer => issuer.Issuer));
        if (settings.Scopes.Count > 0)
        {
            Write(writer, "scopes_supported", settings.Scopes);
        }

        Write(writer, "bearer_methods_supported", ["header"]);
        writer.WriteString("resource_name", "Hypergate");
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
