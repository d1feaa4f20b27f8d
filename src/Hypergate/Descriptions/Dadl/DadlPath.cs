namespace Hypergate.Descriptions.Dadl;

/// <summary>Takes the path of a tool apart.</summary>
internal static class DadlPath
{
    /// <summary>The path itself, the pairs behind its question mark, and scheme and host where it is a whole address.</summary>
    public static (string Path, IReadOnlyList<KeyValuePair<string, string>> Query, string? Origin) Split(string text)
    {
        string? origin = null;
        var path = text;
        if (text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            origin = address.GetLeftPart(UriPartial.Authority);
            var start = text.IndexOf('/', text.IndexOf("://", StringComparison.Ordinal) + 3);
            path = start < 0 ? "/" : text[start..];
        }

        path = path.StartsWith('/') ? path : $"/{path}";
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (path, [], origin) : (path[..mark], Pairs(path[(mark + 1)..]), origin);
    }

    /// <summary>Why no request can have such a path; null where one can.</summary>
    public static string? Problem(string text)
    {
        try
        {
            // What a placeholder is called is nobody's business but its parameter's.
            PathTemplate.Parse(DadlPlaceholders.Plain(Split(text).Path), isGeneral: true);
            return null;
        }
        catch (UnusableOperationException unusable)
        {
            return unusable.Message;
        }
    }

    private static List<KeyValuePair<string, string>> Pairs(string query) =>
        [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2)).Select(static parts => new KeyValuePair<string, string>(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : ""))];
}
