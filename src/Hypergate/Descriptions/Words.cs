namespace Hypergate.Descriptions;

/// <summary>Splits names into lower-case words and writes them as people do: <c>vm-snapshots</c> is "VM snapshots".</summary>
/// <param name="vocabulary">Words, in singular, that are not written as they are.</param>
internal sealed class Words(IReadOnlyDictionary<string, string> vocabulary)
{
    /// <summary>Lower-case words, split at capitals and at everything that is neither letter nor digit.</summary>
    public static List<string> Split(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsAsciiLetterOrDigit(name[i]) && !StartsWord(name, i))
            {
                continue;
            }

            if (i > start)
            {
                words.Add(name[start..i].ToLowerInvariant());
            }

            start = i < name.Length && char.IsAsciiLetterOrDigit(name[i]) ? i : i + 1;
        }

        return words;
    }

    /// <summary>Without the plural's ending; words such as <c>status</c> stay.</summary>
    public static string Singular(string word) => word switch
    {
        [.., 'i', 'e', 's'] when word.Length > 4 => word[..^3] + "y",
        [.., 'c' or 's', 'h', 'e', 's'] or [.., 'x', 'e', 's'] or [.., 's', 's', 'e', 's'] => word[..^2],
        [.., 's' or 'u', 's'] or [.., 's', 'i', 's'] => word,
        [_, _, .., 's'] => word[..^1],
        _ => word,
    };

    /// <summary>The words as a phrase; only the last is put into the singular, where that is wanted.</summary>
    public string Phrase(IReadOnlyList<string> words, bool singular = false) =>
        string.Join(' ', words.Select((word, i) => Spell(singular && i == words.Count - 1 ? SingularOf(word) : word)));

    /// <summary>The phrase with "a" or "an".</summary>
    public static string WithArticle(string phrase) =>
        (StartsWithVowelSound(phrase) ? "an " : "a ") + phrase;

    private static bool StartsWord(string name, int i) =>
        i > 0 && char.IsAsciiLetterUpper(name[i])
        && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));

    // An abbreviation sounds like its first letter's name: an SR, a VM.
    private static bool StartsWithVowelSound(string phrase) => phrase switch
    {
        [var first, var second, ..] when char.IsAsciiLetterUpper(first) && char.IsAsciiLetterUpper(second) =>
            "AEFHILMNORSX".Contains(first),
        [var first, ..] => "aeio".Contains(char.ToLowerInvariant(first)),
        [] => false,
    };

    private string SingularOf(string word) =>
        word is [.., 's'] && vocabulary.ContainsKey(word[..^1]) ? word[..^1] : Singular(word);

    private string Spell(string word)
    {
        if (vocabulary.TryGetValue(word, out var spelled))
        {
            return spelled;
        }

        var singular = SingularOf(word);
        return singular != word && vocabulary.TryGetValue(singular, out spelled) ? spelled + "s" : word;
    }
}
