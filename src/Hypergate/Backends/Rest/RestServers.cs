using Hypergate.Descriptions;

namespace Hypergate.Backends.Rest;

/// <summary>
/// Where an API lies below the address of the settings. A document may say so by the path of a server; it never chooses the host,
/// because the credential goes there.
/// </summary>
internal static class RestServers
{
    /// <param name="url">The address of the settings.</param>
    /// <param name="servers">As the document names them.</param>
    /// <param name="variables">Values of the settings for their placeholders.</param>
    public static string PathOf(Uri url, IReadOnlyList<DeclaredServer> servers, IReadOnlyDictionary<string, string> variables)
    {
        if (url.AbsolutePath.Trim('/').Length > 0 || servers.Count == 0)
        {
            return "";
        }

        var all = servers.Select(server => Resolve(server, variables)).ToList();
        var own = all.Find(server => Uri.TryCreate(server, UriKind.Absolute, out var address) && address.Authority.Equals(url.Authority, StringComparison.OrdinalIgnoreCase));
        return PathIn(own ?? all[0]);
    }

    private static string Resolve(DeclaredServer server, IReadOnlyDictionary<string, string> variables)
    {
        var text = server.Url;
        foreach (var (name, value) in server.Variables)
        {
            text = text.Replace($"{{{name}}}", variables.GetValueOrDefault(name, value), StringComparison.Ordinal);
        }

        return text;
    }

    private static string PathIn(string server)
    {
        var start = server.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? server.IndexOf('/', scheme + 3) : server.StartsWith('/') ? 0 : -1;
        var path = start < 0 ? "" : server[start..].Split('?', '#')[0].TrimEnd('/');
        return path.Contains("..", StringComparison.Ordinal) || path.AsSpan().ContainsAny("{}%\\ ") || path.Contains("//", StringComparison.Ordinal) ? "" : path;
    }
}
