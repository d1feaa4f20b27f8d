using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>The raw target of a request, taken apart as the real server does it: dots and slashes stay what they are.</summary>
/// <param name="Path">Not decoded.</param>
/// <param name="Query">Not decoded, without its question mark; null: there is no question mark.</param>
internal sealed record RequestTarget(string Path, string? Query)
{
    private const string Root = "/rest/v0";

    public static RequestTarget Of(string raw)
    {
        var path = raw.StartsWith('/') ? raw : new Uri(raw, UriKind.Absolute).PathAndQuery;
        return path.Split('?', 2) is [var before, var after] ? new RequestTarget(before, after) : new RequestTarget(path, null);
    }

    /// <summary>Belongs to the API.</summary>
    public bool IsApi => Path == Root || Path.StartsWith(Root + "/", StringComparison.Ordinal);

    /// <summary>The path below <c>/rest/v0</c>, with its first slash.</summary>
    public string Below => IsApi ? Path[Root.Length..] : Path;

    /// <summary>The segments below <c>/rest/v0</c>; one slash at the end counts for nothing.</summary>
    public string[] Segments => Below.TrimStart('/') is { Length: > 0 } below
        ? (below.EndsWith('/') ? below[..^1] : below).Split('/')
        : [];

    /// <summary>The names and values of the query, decoded.</summary>
    public Dictionary<string, string[]> Parameters => (Query ?? "")
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .GroupBy(pair => Text(pair[0]), pair => pair.Length == 2 ? Text(pair[1]) : "", StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>The value of a placeholder.</summary>
    /// <exception cref="XoError">400: a percent sign without two digits.</exception>
    public static string Decode(string segment)
    {
        for (var at = segment.IndexOf('%', StringComparison.Ordinal); at >= 0; at = segment.IndexOf('%', at + 1))
        {
            if (at + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[at + 1]) || !char.IsAsciiHexDigit(segment[at + 2]))
            {
                throw new XoError(400, $"Failed to decode param '{segment}'");
            }
        }

        return Uri.UnescapeDataString(segment);
    }

    private static string Text(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));
}
