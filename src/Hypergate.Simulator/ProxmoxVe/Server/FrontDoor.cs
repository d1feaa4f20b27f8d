using Hypergate.Simulator.ProxmoxVe.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>What is settled before an operation is looked for: methods, headers, who asks, bodies.</summary>
internal sealed class FrontDoor(Authentication authentication)
{
    public const string Base = "/api2";
    private const int MostHeaders = 64;
    private const int MostHeaderBytes = 8 * 1024;
    private const int MostBody = 512 * 1024;

    /// <summary>An answer to a request that is wrong whoever sends it; null: go on.</summary>
    public static Reply? Refuse(HttpRequest request)
    {
        if (request.Headers.Count > MostHeaders)
        {
            return Reply.Plain(506, $"too many http header lines (> {MostHeaders})", $"too many http header lines (> {MostHeaders})\n");
        }

        if (request.Headers.Sum(static header => header.Key.Length + header.Value.ToString().Length + 4) >= MostHeaderBytes)
        {
            return Reply.Plain(506, "http header too large", "http header too large\n");
        }

        return request.Method is not ("GET" or "POST" or "PUT" or "DELETE") ? Reply.Plain(501, $"method '{request.Method}' not available")
            : request.Headers.TransferEncoding.Count > 0 ? Spoken(501, "chunked transfer encoding not supported")
            : null;
    }

    /// <summary>The formatter and the path below it, decoded; null where the address is none of the API.</summary>
    public static (string Format, string Path)? Address(HttpRequest request)
    {
        // The whole path is decoded before it is split, slashes in volume ids too.
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var parts = Uri.UnescapeDataString(target.Split('?')[0]).Split('/', 4);
        return parts is ["", "api2", { Length: > 0 } format, ..] ? (format, parts.Length > 3 ? "/" + parts[3].TrimEnd('/') : "/") : null;
    }

    /// <summary>Who asks; or the answer to somebody who is not let in.</summary>
    public (string Identity, Reply? Refusal) Identify(HttpRequest request, string path)
    {
        var (identity, refusal) = authentication.Find(request, request.Method, path);
        return (identity, refusal is null ? null : Reply.Refused(refusal));
    }

    /// <summary>An answer to a body that is not taken; null: go on.</summary>
    public static Reply? RefuseBody(HttpRequest request)
    {
        if (request.ContentLength is null or 0)
        {
            return null;
        }

        if (request.Method is not ("POST" or "PUT"))
        {
            return Spoken(501, $"Unexpected content for method '{request.Method}'");
        }

        return request.ContentLength > MostBody ? Spoken(501, "for data too large")
            : RequestBody.MediaType(request) is "" or "application/json" or "application/x-www-form-urlencoded" ? null
            : Spoken(506, $"upload 'Content-Type '{request.ContentType}' not implemented");
    }

    private static Reply Spoken(int status, string text) => Reply.Plain(status, text, text);

}
