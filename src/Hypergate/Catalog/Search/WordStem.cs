namespace Hypergate.Catalog.Search;

/// <summary>
/// Light stemming: the endings that tell <c>migrate</c>, <c>migrates</c>, <c>migrating</c> and <c>migration</c> apart. Made for English;
/// French and German words lose their plural too and are found through the words of the field.
/// </summary>
internal static class WordStem
{
    private const int ShortestStem = 3;

    // No plurals, or words whose stem would be one that every sentence has.
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "dns", "nfs", "ups", "gps", "tls", "mds", "lvs", "has", "was", "its", "his", "yes", "bus", "gas", "les", "des", "mes", "ses", "ces", "nos", "vos", "pas", "das", "bis", "aus",
        "tos", "note", "notes", "sans", "mons", "comments", "meme",
    };

    public static string Of(string word)
    {
        if (Whole.Contains(word))
        {
            return word;
        }

        if (word.Length <= ShortestStem || char.IsDigit(word[0]))
        {
            return word is [_, _, 's'] ? word[..2] : word;
        }

        var stem = WithoutPlural(word);
        stem = WithoutForm(stem);
        return stem.Length > ShortestStem && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    private static string WithoutPlural(string word) => word switch
    {
        [.., 'i', 'e', 's'] when word.Length > 4 => word[..^3] + "y",
        [.., 's', 's', 'e', 's'] or [.., 'x', 'e', 's'] or [.., 'c' or 's', 'h', 'e', 's'] => word[..^2],
        [_, _, 'i', 's'] and not ("this" or "axis") => word[..3],
        [.., 's', 's'] or [.., 'u', 's'] or [.., 'i', 's'] => word,
        [.., 's'] => word[..^1],
        _ => word,
    };

    private static string WithoutForm(string word) => word switch
    {
        [.., 'i', 'n', 'g'] when word.Length > 5 => Undoubled(word[..^3]),
        [.., 'e', 'd'] when word.Length > 4 && word[^3] != 'e' => Undoubled(word[..^2]),
        [.., 'i', 'o', 'n'] when word.Length > 6 => word[..^3],
        _ => word,
    };

    // plugged, shutting
    private static string Undoubled(string stem) =>
        stem.Length > ShortestStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'e') ? stem[..^1] : stem;
}
