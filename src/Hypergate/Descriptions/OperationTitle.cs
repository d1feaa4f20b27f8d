namespace Hypergate.Descriptions;

/// <summary>
/// A few words for an operation whose description has none: from its path where that is a plain resource, else from
/// its name, which must fit the path. <c>List alarms of a VM</c>, <c>Hard shutdown VM</c>, <c>Create network on a pool</c>.
/// </summary>
internal sealed class OperationTitle(Words words)
{
    public string Of(Route route, PathTemplate path, bool isList)
    {
        var title = route.Method == "GET" ? Reading(route, path, isList) : Acting(route, path);
        title = title.Length > 0 ? title : $"{route.Method} {route.Path}";
        return DescriptionText.Shorten(char.ToUpperInvariant(title[0]) + title[1..], DescriptionText.LongestTitle);
    }

    private string Reading(Route route, PathTemplate path, bool isList)
    {
        var verb = isList ? "list " : "get ";
        switch (path.Segments)
        {
            case [var only] when !IsPlaceholder(only):
                var named = Words.Split(only);
                var isVerb = Words.Split(route.Name).SequenceEqual(named, StringComparer.Ordinal);
                return (isVerb ? "" : verb) + words.Phrase(named);
            case [var collection, var id] when !IsPlaceholder(collection) && IsPlaceholder(id):
                return verb + Singular(collection);
            case [var collection, var id, var part] when IsPlaceholder(id) && !IsPlaceholder(collection) && !IsPlaceholder(part):
                return $"{verb}{words.Phrase(Words.Split(part))} of {Words.WithArticle(Singular(collection))}";
            default:
                var name = Words.Split(route.Name);
                return name is ["get", .. var rest] ? verb + words.Phrase(rest) : words.Phrase(name);
        }
    }

    private string Acting(Route route, PathTemplate path)
    {
        var said = Words.Split(route.Name).FindAll(static word => word is not ['v', >= '0' and <= '9', ..]);
        if (path.Segments is [.., "actions", var last] && Words.Split(last) is var action && !StartsWith(said, action))
        {
            said = action;
        }

        if (said is [])
        {
            return "";
        }

        said[0] = Verb(said[0]);
        return words.Phrase(said) + Subject(said, path);
    }

    // What the name leaves out: the kind of object that the path begins with.
    private string Subject(List<string> said, PathTemplate path)
    {
        if (path.Placeholders is [] || path.Segments is not [var collection, ..] || IsPlaceholder(collection))
        {
            return "";
        }

        var mentioned = said.ConvertAll(Words.Singular);
        if (Words.Split(collection).TrueForAll(word => mentioned.Contains(Words.Singular(word))))
        {
            return "";
        }

        var subject = Singular(collection);
        return said.Count == 1 ? " " + subject : " on " + Words.WithArticle(subject);
    }

    private string Singular(string segment) => words.Phrase(Words.Split(segment), singular: true);

    private static bool IsPlaceholder(string segment) => segment.Contains('{');

    private static bool StartsWith(List<string> said, List<string> action) =>
        said.Count >= action.Count && said.Take(action.Count).SequenceEqual(action, StringComparer.Ordinal);

    private static string Verb(string word) => word switch
    {
        "put" => "add",
        "post" => "create",
        "patch" => "update",
        _ => word,
    };
}
