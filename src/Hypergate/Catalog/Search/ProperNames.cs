using System.Net;

namespace Hypergate.Catalog.Search;

/// <summary>What names something in a text rather than being a word: people and machines, hosts, addresses.</summary>
internal static class ProperNames
{
    private static readonly char[] Ends = ['.', '!', '?', ':'];

    /// <summary>The words that begin with a capital where no sentence begins: names, and German nouns.</summary>
    public static HashSet<string> In(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var begins = true;
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!begins && char.IsUpper(part[0]))
            {
                names.UnionWith(SearchText.Split(part));
            }

            begins = Ends.Contains(part[^1]);
        }

        return names;
    }

    /// <summary>Whether it has the name of a host: <c>pve3</c>, <c>xcp-07</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="beginnings">What the names of hosts begin with.</param>
    public static bool HasHost(string text, HashSet<string> beginnings) => Tokens(text).Any(name =>
        char.IsAsciiDigit(name[^1]) && beginnings.Contains(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('-').ToLowerInvariant()));

    /// <summary>Whether it has an address, or a range of them: <c>10.0.0.4</c>, <c>fe80::1</c>, <c>10.20.0.0/24</c>.</summary>
    public static bool HasAddress(string text) => Tokens(text).Any(static token =>
        (token.Count(static letter => letter == '.') == 3 || token.Count(static letter => letter == ':') > 1) && (IPAddress.TryParse(token, out _) || IPNetwork.TryParse(token, out _)));

    private static IEnumerable<string> Tokens(string text) => text.Split(' ')
        .Select(static word => word.Trim('.', ',', '?', '!', ';', '(', ')', '"', ':')).Where(static word => word.Length > 0);
}
