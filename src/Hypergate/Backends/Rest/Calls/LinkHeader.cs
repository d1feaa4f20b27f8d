namespace Hypergate.Backends.Rest.Calls;

/// <summary>The links in a header <c>Link</c> (RFC 8288): <c>&lt;/list?page=2&gt;; rel="next", &lt;/list&gt;; rel=first</c>.</summary>
internal static class LinkHeader
{
    /// <summary>Where the first link of a relation leads, as written; null where there is none.</summary>
    public static string? Find(string header, string relation)
    {
        for (var rest = header.AsSpan(); rest.IndexOf('<') is >= 0 and var open;)
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('>');
            if (close < 0)
            {
                return null;
            }

            var target = rest[..close];
            rest = rest[(close + 1)..];
            if (Relations(ref rest).Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase))
            {
                return target.ToString();
            }
        }

        return null;
    }

    // Reads the parameters of one link. The first rel counts, and a comma or semicolon in quotes parts nothing.
    private static string Relations(ref ReadOnlySpan<char> rest)
    {
        string? relations = null;
        while (rest.TrimStart() is [';', ..] parameters)
        {
            rest = parameters[1..];
            var name = Until(ref rest, "=;,").Trim();
            if (rest is not ['=', ..])
            {
                continue;
            }

            rest = rest[1..].TrimStart();
            var value = rest is ['"', ..] ? Quoted(ref rest) : Until(ref rest, ";,").Trim().ToString();
            relations ??= name.Equals("rel", StringComparison.OrdinalIgnoreCase) ? value : null;
        }

        return relations ?? "";
    }

    private static ReadOnlySpan<char> Until(ref ReadOnlySpan<char> rest, ReadOnlySpan<char> ends)
    {
        var length = rest.IndexOfAny(ends) is >= 0 and var end ? end : rest.Length;
        var read = rest[..length];
        rest = rest[length..];
        return read;
    }

    private static string Quoted(ref ReadOnlySpan<char> rest)
    {
        var text = new System.Text.StringBuilder();
        for (rest = rest[1..]; rest is [not '"', ..]; rest = rest[1..])
        {
            rest = rest is ['\\', _, ..] ? rest[1..] : rest;
            text.Append(rest[0]);
        }

        rest = rest.IsEmpty ? rest : rest[1..];
        return text.ToString();
    }
}
