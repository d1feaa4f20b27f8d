using Hypergate.Descriptions;
using Hypergate.Schemas;

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
    /// <param name="document">Where the document was fetched, below which relative addresses lie; null where it is a file.</param>
    public static string PathOf(Uri url, IReadOnlyList<DeclaredServer> servers, IReadOnlyDictionary<string, string> variables, Uri? document = null)
    {
        if (url.AbsolutePath.Trim('/').Length > 0 || servers.Count == 0)
        {
            return "";
        }

        var all = servers.Select(server => Resolve(server, variables)).ToList();
        var own = all.Find(server => Uri.TryCreate(server, UriKind.Absolute, out var address) && address.Authority.Equals(url.Authority, StringComparison.OrdinalIgnoreCase));
        return PathIn(own ?? all[0], document ?? new Uri(url, "/"));
    }

    /// <summary>What is wrong with values of the settings, as sentences: no server has such a variable, or it has other values.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<DeclaredServer> servers, IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            var choices = servers.SelectMany(server => server.Choices.GetValueOrDefault(name, [])).Distinct(StringComparer.Ordinal).ToList();
            if (!servers.Any(server => server.Variables.ContainsKey(name)))
            {
                yield return $"rest.serverVariables holds '{Shown(name)}', which no server of the document has.{(NearestName.Find(name, servers.SelectMany(static server => server.Variables.Keys)) is { } near ? $" Did you mean {Shown(near)}?" : "")}";
            }
            else if (choices.Count > 0 && !choices.Contains(value))
            {
                yield return $"rest.serverVariables gives {Shown(name)} the value '{Shown(value)}'; the document knows {string.Join(", ", choices.Take(20).Select(Shown))}.";
            }
        }
    }

    private static string Shown(string text) => DescriptionText.OneLine(text, DescriptionText.LongestTitle);

    private static string Resolve(DeclaredServer server, IReadOnlyDictionary<string, string> variables)
    {
        var text = server.Url;
        foreach (var (name, value) in server.Variables)
        {
            text = text.Replace($"{{{name}}}", variables.GetValueOrDefault(name, value), StringComparison.Ordinal);
        }

        return text;
    }

    private static string PathIn(string server, Uri document)
    {
        if (server.Length > 0 && !server.StartsWith('/') && !server.Contains("://", StringComparison.Ordinal))
        {
            server = Uri.TryCreate(document, server, out var address) ? address.AbsolutePath : "";
        }

        var start = server.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? server.IndexOf('/', scheme + 3) : server.StartsWith('/') ? 0 : -1;
        var path = start < 0 ? "" : server[start..].Split('?', '#')[0].TrimEnd('/');
        return path.Contains("..", StringComparison.Ordinal) || path.AsSpan().ContainsAny("{}%\\ ") || path.Contains("//", StringComparison.Ordinal) ? "" : path;
    }
}
