using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl;

/// <summary>The class of each tool: the operator's word, else the file's, else the highest.</summary>
internal sealed class DadlAccess(DadlDocument document, DadlSettings settings)
{
    public Access Of(DadlTool tool)
    {
        if (Override(tool.Name) is { } wish)
        {
            return wish;
        }

        var (own, least) = (FromFile(tool.Access), DadlCorrections.AtLeast(document.Name, tool));
        return own > least ? own : least;
    }

    /// <summary>Where a composite does not say: the highest of what it calls.</summary>
    public Access OfComposite(DadlTool composite)
    {
        if (Override(composite.Name) is { } wish)
        {
            return wish;
        }

        if (composite.Access is { } own)
        {
            return FromFile(own);
        }

        var called = composite.DependsOn.Concat(composite.Rules.Composite!.Calls).ToHashSet(StringComparer.Ordinal);
        return document.Tools.Where(tool => called.Contains(tool.Name)).Select(Of).DefaultIfEmpty(Access.Read).Max();
    }

    /// <summary>The class in a word of the settings; null where it is none.</summary>
    public static Access? Read(string word) => word switch
    {
        "read" => Access.Read,
        "write" => Access.Write,
        "admin" => Access.Admin,
        "dangerous" => Access.Dangerous,
        _ => null,
    };

    // An exact name wins over a pattern, and of patterns the longest.
    private Access? Override(string name) => settings.AccessOverrides.Keys
        .Where(pattern => DadlOperations.Fits(pattern, name))
        .OrderBy(static pattern => pattern.Contains('*', StringComparison.Ordinal)).ThenByDescending(static pattern => pattern.Length)
        .Select(pattern => Read(settings.AccessOverrides[pattern])).FirstOrDefault();

    // What the file does not say is not guessed from the method: a read may reset something.
    private Access FromFile(string? word) => word is null
        ? Access.Dangerous
        : Read(word) ?? (settings.AccessMap.TryGetValue(word, out var mapped) ? Read(mapped) : null) ?? Access.Admin;
}
