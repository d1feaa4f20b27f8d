using System.IO.Enumeration;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>Chooses operations by what their document says of them: <c>tag:orders method:GET</c>.</summary>
internal static class OperationSelector
{
    private static readonly string[] Kinds = ["tag", "path", "method", "operation"];

    /// <summary>What is wrong with a selector, as a predicate; null where nothing is.</summary>
    public static string? Problem(string text)
    {
        var parts = Parts(text);
        return parts.Length > 0 && parts.All(static part => part.Colon > 0 && Kinds.Contains(part.Text[..part.Colon]) && part.Text.Length > part.Colon + 1)
            ? null
            : "must be made of tag:NAME, path:/PATH, method:METHOD and operation:NAME, with blanks between";
    }

    public static bool Fits(string text, Operation operation, DocumentPaths paths) =>
        Parts(text).All(part => Fits(part.Text[..part.Colon], part.Text[(part.Colon + 1)..], operation, paths));

    // A blank within a tag belongs to it: what follows is no part of its own.
    private static (string Text, int Colon)[] Parts(string text)
    {
        var parts = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (parts.Count > 0 && parts[^1].StartsWith("tag:", StringComparison.Ordinal) && !Kinds.Any(kind => word.StartsWith(kind + ":", StringComparison.Ordinal)))
            {
                parts[^1] += " " + word;
            }
            else
            {
                parts.Add(word);
            }
        }

        return [.. parts.Select(static part => (part, part.IndexOf(':', StringComparison.Ordinal)))];
    }

    private static bool Fits(string kind, string pattern, Operation operation, DocumentPaths paths) => kind switch
    {
        "tag" => operation.Tags.Any(tag => Matches(pattern, tag)),
        "path" => paths.Any(operation, path => Matches(pattern, path)),
        "method" => Matches(pattern, operation.Method),
        _ => Matches(pattern, operation.DeclaredName) || Matches(pattern, operation.Name),
    };

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}
