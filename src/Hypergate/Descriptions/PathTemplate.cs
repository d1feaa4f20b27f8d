namespace Hypergate.Descriptions;

/// <summary>A path with placeholders below an API's base address: <c>/vms/{id}/tags/{tag}</c>.</summary>
internal sealed record PathTemplate
{
    private const int LongestPath = 512;
    private const int LongestDomain = 48;

    private PathTemplate(string text, IReadOnlyList<string> segments, IReadOnlyList<string> placeholders)
    {
        Text = text;
        Segments = segments;
        Placeholders = placeholders;
    }

    public string Text { get; }

    /// <summary>As written, braces included.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>Names in the order of the path; each occurs once.</summary>
    public IReadOnlyList<string> Placeholders { get; }

    /// <summary>The resource family: the first segment, as a name.</summary>
    public string Domain => DomainOf(Text);

    /// <summary>The first segment of any path, as a name of letters, digits and underscores.</summary>
    public static string DomainOf(string path)
    {
        var first = path.AsSpan().TrimStart('/');
        first = first[..(first.IndexOf('/') is >= 0 and var end ? end : first.Length)].Trim("{}");
        first = first[..Math.Min(first.Length, LongestDomain)];
        return first.IsEmpty ? "root" : string.Create(first.Length, first, static (name, source) =>
        {
            for (var i = 0; i < name.Length; i++)
            {
                name[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
            }
        });
    }

    /// <summary>The template, or an <see cref="UnusableOperationException"/> where the path could leave its place.</summary>
    /// <param name="path">As the description writes it.</param>
    /// <param name="isGeneral">Whether it is a path of any API: there a placeholder may occur more than once, with the same value each time, and characters may be percent-encoded.</param>
    public static PathTemplate Parse(string path, bool isGeneral = false)
    {
        if (path is not ['/', ..] || path.Length > LongestPath)
        {
            throw new UnusableOperationException("its path does not begin with a slash, or is too long");
        }

        if (path.AsSpan().ContainsAny("?#\\") || path.Any(static c => c is <= ' ' or >= '\u007f') || (path.Contains('%', StringComparison.Ordinal) && !(isGeneral && IsEncoded(path))))
        {
            throw new UnusableOperationException("its path holds characters that do not belong into a path");
        }

        var segments = SegmentsOf(path);
        if (segments.Any(static segment => segment is "" or "." or ".."))
        {
            throw new UnusableOperationException("its path has empty or dotted segments");
        }

        return new PathTemplate(path, segments, PlaceholdersOf(segments, isGeneral));
    }

    // As System.Uri would write it: %20 and %2F stay as they are, while %41 or %2e%2e would become something else on the way.
    private static bool IsEncoded(string path) => Uri.TryCreate("http://host" + path.Replace('{', '_').Replace('}', '_'), UriKind.Absolute, out var address)
        && address.AbsolutePath == path.Replace('{', '_').Replace('}', '_');

    // One slash at the end is part of some platforms' paths.
    private static string[] SegmentsOf(string path)
    {
        var inner = path.Length > 1 && path[^1] == '/' ? path[1..^1] : path[1..];
        return inner.Length == 0 ? [] : inner.Split('/');
    }

    private static List<string> PlaceholdersOf(string[] segments, bool mayRepeat)
    {
        var names = new List<string>();
        foreach (var segment in segments)
        {
            var rest = segment.AsSpan();
            while (rest.IndexOfAny('{', '}') is >= 0 and var open)
            {
                var length = rest[(open + 1)..].IndexOfAny('{', '}');
                if (rest[open] != '{' || length <= 0 || rest[open + 1 + length] != '}')
                {
                    throw new UnusableOperationException("the braces in its path do not match");
                }

                names.Add(rest.Slice(open + 1, length).ToString());
                rest = rest[(open + length + 2)..];
            }
        }

        var each = names.Distinct(StringComparer.Ordinal).ToList();
        return mayRepeat || each.Count == names.Count
            ? each
            : throw new UnusableOperationException("its path names a placeholder twice");
    }
}
