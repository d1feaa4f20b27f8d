using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// Answers only requests that were meant for this gateway: the Host header names it, and a web page that asks is on the list
/// (rule R-HOST). Against pages that lead a browser here under a name of their own.
/// </summary>
/// <param name="hosts">Names beside those of this machine; with or without port.</param>
/// <param name="origins">Pages that may ask, as <c>scheme://host[:port]</c>.</param>
internal sealed class HostGuard(IReadOnlyList<string> hosts, IReadOnlyList<string> origins)
{
    private static readonly string[] Own = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>What is wrong with where the request was sent, or where it comes from; null where nothing is.</summary>
    /// <param name="request">Its headers are all that is looked at.</param>
    /// <param name="port">The port that it came in by.</param>
    public string? Problem(HttpRequest request, int port)
    {
        if (!AllowsHost(request.Headers.Host, port))
        {
            return "The Host header names no host of this gateway. The setting http.hosts lists the names it answers to.";
        }

        return request.Headers.Origin is { Count: > 0 } origin && !AllowsOrigin(origin, port)
            ? "Web pages of this origin may not call the gateway. The setting http.origins lists those that may."
            : null;
    }

    private bool AllowsHost(StringValues header, int port)
    {
        if (header is not [{ Length: > 0 } host])
        {
            return false;
        }

        var (name, given) = Split(host);
        return Own.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? given == port || (given is null && port is 80 or 443)
            : hosts.Any(allowed => Split(allowed) is var (known, wanted)
                && known.Equals(name, StringComparison.OrdinalIgnoreCase)
                && (wanted is null ? given is null || given == port || given is 80 or 443 : wanted == given));
    }

    private bool AllowsOrigin(StringValues header, int port)
    {
        if (header is not [{ } origin])
        {
            return false;
        }

        return origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && page.Scheme is "http" or "https"
                && page.Port == port
                && origin.Equals(page.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
                && Own.Contains(page.Host, StringComparer.OrdinalIgnoreCase));
    }

    private static (string Name, int? Port) Split(string host) => new HostString(host) is { Port: { } port } parts ? (parts.Host, port) : (host, null);
}
