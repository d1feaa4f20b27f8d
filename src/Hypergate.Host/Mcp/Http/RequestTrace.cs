using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hypergate.Host.Mcp.Http;

/// <summary>What the span of a request is called: its route, which never holds an id or a key. Without a listener there is no span.</summary>
internal static class RequestTrace
{
    /// <summary>The route whose last part is a key.</summary>
    public const string KeyRoute = "/mcp/{key}";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"];

    /// <param name="http">The request.</param>
    /// <param name="path">Its path.</param>
    /// <param name="isKeyInPath">Whether the path ends in a key.</param>
    public static void Name(HttpContext http, string path, bool isKeyInPath)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
        {
            Name(span, http.Request.Method, RouteOf(path, isKeyInPath));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Name(System.Diagnostics.Activity span, string method, string? route)
    {
        span.DisplayName = $"{(Methods.Contains(method, StringComparer.Ordinal) ? method : "HTTP")}{(route is null ? "" : $" {route}")}";
        if (route is not null)
        {
            span.SetTag("http.route", route);
        }
    }

    /// <summary>Null where nothing is.</summary>
    internal static string? RouteOf(string path, bool isKeyInPath) => path switch
    {
        _ when isKeyInPath => KeyRoute,
        "/mcp" or "/healthz/live" or "/healthz/ready" or "/metrics" or "/.well-known/oauth-protected-resource" or "/.well-known/oauth-protected-resource/mcp" => path,
        _ when !path.StartsWith(ApprovalsEndpoint.Root, StringComparison.Ordinal) => null,
        _ => path[ApprovalsEndpoint.Root.Length..].Trim('/').Split('/') switch
        {
            [""] => ApprovalsEndpoint.Root,
            [_] => $"{ApprovalsEndpoint.Root}/{{id}}",
            [_, "approve" or "deny"] decision => $"{ApprovalsEndpoint.Root}/{{id}}/{decision[1]}",
            _ => null,
        },
    };
}
