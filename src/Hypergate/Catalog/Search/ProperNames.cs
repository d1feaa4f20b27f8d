namespace Hypergate.Catalog.Search;

/// <summary>The words of a text that begin with a capital where no sentence begins: names of people and machines, and German nouns.</summary>
internal static class ProperNames
{
    private static readonly char[] Ends = ['.', '!', '?', ':'];

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
}
