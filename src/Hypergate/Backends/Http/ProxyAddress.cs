using System.Net;

namespace Hypergate.Backends.Http;

/// <summary>A proxy as somebody configured it. Prints without its credential.</summary>
/// <param name="Address">Scheme, host and port only.</param>
/// <param name="Credential">For Basic authentication at the proxy; null where it asks for none.</param>
/// <param name="Source">The setting it came from, for messages: <c>HTTPS_PROXY</c>.</param>
internal sealed record ProxyAddress(Uri Address, NetworkCredential? Credential, string Source)
{
    /// <summary>Reads <c>http://[user:password@]host[:port]</c>; null where the text is anything else.</summary>
    public static ProxyAddress? TryRead(string text, string source)
    {
        // A path usually means a '/', '?' or '#' in a password that should have been percent-encoded: what looks
        // like the host is then the user's name, and must not be connected to.
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/"
            || uri.Fragment != ""
            || uri.Host == "")
        {
            return null;
        }

        return new(new Uri($"{uri.Scheme}://{uri.Authority}"), CredentialOf(uri.UserInfo), source);
    }

    /// <summary>What to do when a host can be reached without the proxy.</summary>
    public string WayPast(string host) => Source is ProxyRules.Setting or ProxyRules.Option ? $"set {Source} to none" : $"add {host} to NO_PROXY";

    public override string ToString() => $"{Address.Authority} (from {Source})";

    private static NetworkCredential? CredentialOf(string userInfo)
    {
        if (userInfo == "")
        {
            return null;
        }

        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new(Uri.UnescapeDataString(userInfo), "")
            : new(Uri.UnescapeDataString(userInfo[..colon]), Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }
}
