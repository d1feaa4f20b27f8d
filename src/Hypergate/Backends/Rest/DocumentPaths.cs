using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>The paths of operations as their document writes them, that is without the path of its servers.</summary>
internal sealed class DocumentPaths
{
    private readonly HashSet<string> _servers = new(StringComparer.Ordinal);
    private readonly List<DeclaredServer> _declared = [];

    /// <summary>The servers of the document, each as often as reading it asked for them.</summary>
    public IReadOnlyList<DeclaredServer> Declared => _declared;

    /// <summary>The rules, with which reading a description tells the paths of its servers.</summary>
    public DescriptionRules Watching(DescriptionRules rules) => rules with
    {
        ServerPath = servers =>
        {
            var path = rules.ServerPath(servers);
            _servers.Add(path);
            _declared.AddRange(servers);
            return path;
        },
    };

    /// <summary>Whether one of the ways to write an operation's path fits.</summary>
    public bool Any(Operation operation, Predicate<string> fits) =>
        fits(operation.Path) || _servers.Any(server => server.Length > 0 && operation.Path.StartsWith(server + "/", StringComparison.Ordinal) && fits(operation.Path[server.Length..]));
}
