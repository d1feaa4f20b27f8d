using System.Globalization;
using System.Text;

namespace Hypergate.Backends.PxCloud;

/// <summary>
/// The names that the npm package <c>pxcloud-mcp</c> 0.1.2 gives to the operations of a document, without its prefix: what its users
/// have written down. They depend on the order of the document and on what is left out before.
/// </summary>
internal static class PackageNames
{
    // Compared with any part of a path, as the package does it.
    private static readonly string[] LeftOut = ["/vnc/", "/terminal/", "/bmc-proxy/", "/system/", "/ws"];

    /// <summary>The name of each operation that the package has, by method and path.</summary>
    /// <param name="marks">In the order of the document.</param>
    /// <param name="isWanted">Whether the settings want an operation; asked for what else stands in the way.</param>
    public static IReadOnlyDictionary<(string Method, string Path), string> Of(IEnumerable<PxCloudMark> marks, Predicate<PxCloudMark> isWanted)
    {
        var names = new Dictionary<(string Method, string Path), string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mark in marks)
        {
            if (!mark.TakesFiles && isWanted(mark) && !LeftOut.Any(part => mark.Path.Contains(part, StringComparison.Ordinal)))
            {
                var name = NameOf(mark, taken);
                taken.Add(name);
                names[(mark.Method, mark.Path)] = name;
            }
        }

        return names;
    }

    /// <summary>An operationId with one underscore for every run of other characters than letters and digits.</summary>
    public static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                clean.Append(character);
            }
            else if (clean.Length > 0 && clean[^1] != '_')
            {
                clean.Append('_');
            }
        }

        return clean.ToString().TrimEnd('_');
    }

    /// <summary>A name made of method and path: <c>patch_vms_by_id</c>.</summary>
    public static string FromPath(string method, string path)
    {
        var below = path.StartsWith("/api/", StringComparison.Ordinal) ? path["/api/".Length..] : path;
        var parts = below.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Spoken).ToList();
        var verb = method switch
        {
            "GET" => parts.Exists(static part => part.Contains("by_", StringComparison.Ordinal)) ? "get" : "list",
            "POST" => "create",
            "PUT" => "update",
            _ => method.ToLowerInvariant(),
        };
        var name = $"{verb}_{string.Join('_', parts)}";
        while (name.Contains("__", StringComparison.Ordinal))
        {
            name = name.Replace("__", "_", StringComparison.Ordinal);
        }

        return name;
    }

    private static string NameOf(PxCloudMark mark, HashSet<string> taken)
    {
        // An id without a letter gives an empty name, which the package takes as well.
        if (mark.OperationId.Length > 0 && Cleaned(mark.OperationId) is var own && !taken.Contains(own))
        {
            return own;
        }

        var wish = FromPath(mark.Method, mark.Path);
        var name = wish;
        for (var number = 2; taken.Contains(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wish}_{number}");
        }

        return name;
    }

    private static string Spoken(string part)
    {
        var text = new StringBuilder();
        for (var at = 0; at < part.Length; at++)
        {
            var end = part[at] == '{' ? part.IndexOf('}', at) : -1;
            if (end > at + 1 && part.AsSpan(at + 1, end - at - 1).ContainsAnyExcept(WordCharacters) is false)
            {
                text.Append("by_").Append(part, at + 1, end - at - 1);
                at = end;
            }
            else
            {
                text.Append(part[at]);
            }
        }

        return text.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> WordCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}
