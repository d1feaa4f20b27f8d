using Hypergate.Simulator.ProxmoxVe.World;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>Who asks: by ticket and token against forged requests, or by API token.</summary>
internal sealed class Authentication(Cluster cluster, Tickets tickets)
{
    private static readonly HashSet<string> Open =
    [
        "GET /access/domains", "GET /access/ticket", "POST /access/ticket", "POST /access/vncticket", "POST /access/openid/login",
        "POST /access/openid/auth-url",
    ];

    public Tickets Tickets => tickets;

    /// <summary>The caller's id, empty where none is needed; or why it is refused.</summary>
    public (string Identity, string? Refusal) Find(HttpRequest request, string method, string path)
    {
        if (Open.Contains($"{method} {path}"))
        {
            return ("", null);
        }

        var authorization = request.Headers.Authorization.ToString();
        var ticket = Value(request.Headers.Cookie.ToString(), "PVEAuthCookie") ?? Value(authorization, "PVEAuthCookie");
        if (ticket is null)
        {
            return Value(authorization, "PVEAPIToken") is { } token ? ByToken(token) : ("", "No ticket");
        }

        if (tickets.User(ticket, cluster.Now) is not { } user || (!user.StartsWith('!') && !IsEnabled(user)))
        {
            return ("", "Authentication failed!");
        }

        // Half logged in: only good for the answer to the challenge.
        if (user.StartsWith('!'))
        {
            return ("", "No ticket");
        }

        return method != "GET" && !tickets.IsCsrfToken(request.Headers["CSRFPreventionToken"], user, cluster.Now)
            ? ("", "Permission denied - invalid csrf token")
            : (user, null);
    }

    /// <summary>Whether a user is there, enabled and not expired.</summary>
    public bool IsEnabled(string user) => cluster.Users.Users.TryGetValue(user, out var account)
        && account.Enabled && (account.Expire == 0 || account.Expire > cluster.Seconds);

    private (string Identity, string? Refusal) ByToken(string text)
    {
        var equals = text.LastIndexOf('=');
        var id = equals < 0 ? "" : text[..equals];
        var valid = TokenId.Split(id) is var (user, _)
            && IsEnabled(user)
            && cluster.Users.Token(id) is { } token
            && (token.Expire == 0 || token.Expire > cluster.Seconds)
            && token.Secret == text[(equals + 1)..];
        return valid ? (id, null) : ("", "Authentication failed!");
    }

    // NAME=VALUE or NAME VALUE at the start or after a semicolon; the value is percent-encoded.
    private static string? Value(string header, string name)
    {
        foreach (var part in header.Split(';', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith(name, StringComparison.Ordinal) && part.Length > name.Length + 1 && part[name.Length] is '=' or ' ')
            {
                return Uri.UnescapeDataString(part[(name.Length + 1)..]);
            }
        }

        return null;
    }
}
