namespace Hypergate.Catalog.Search;

/// <summary>
/// Leads the forms of French and German words, and compounds, back to words that are known: <c>eteignez</c> to <c>eteindre</c>'s like,
/// <c>eingeschaltet</c> and <c>einzuschalten</c> to <c>einschalten</c>, <c>netzwerkkarteneinstellung</c> to its three parts.
/// </summary>
/// <param name="isKnown">Whether a word is known as it is.</param>
internal sealed class WordForms(Func<string, bool> isKnown)
{
    private const int ShortestStem = 3;
    private const int ShortestCompound = 7;

    // What French and German put behind a noun or an adjective and a light stem leaves on it.
    private static readonly string[] Endings = ["n", "en", "e", "x", "er", "es", "em", "ern", "s", "nen", "te", "ten"];

    // What a verb ends with, and what its infinitive ends with instead.
    private static readonly (string Ending, string Infinitive)[] VerbEndings =
    [
        ("ez", "er"), ("e", "er"), ("es", "er"), ("ent", "er"), ("ons", "er"), ("ant", "er"), ("ee", "er"), ("ees", "er"), ("ait", "er"),
        ("is", "ir"), ("it", "ir"), ("issez", "ir"), ("issent", "ir"), ("i", "ir"), ("ie", "ir"), ("ies", "ir"),
        ("s", "re"), ("ez", "re"), ("u", "re"), ("ue", "re"), ("us", "re"), ("ues", "re"),
        ("", "en"), ("e", "en"), ("t", "en"), ("et", "en"), ("st", "en"), ("end", "en"), ("ende", "en"), ("enden", "en"), ("te", "en"), ("ten", "en"), ("ung", "en"), ("ungen", "en"),
    ];

    // Letters that German puts between the parts of a compound.
    private static readonly string[] Joints = ["", "s", "n", "en", "es", "e", "er"];

    // Umlauts as they are written where there is no key for them.
    private static readonly (string Written, string Plain)[] Umlauts = [("ae", "a"), ("oe", "o"), ("ue", "u")];

    /// <summary>The known word that a word is a form of; null for none.</summary>
    public string? Known(string word) => Ended(word) ?? Verb(word) ?? WithoutInfix(word) ?? WithoutUmlauts(word);

    /// <summary>The parts of a compound, all of them known words; none where it is no such compound.</summary>
    public IReadOnlyList<string> Parts(string word)
    {
        if (word.Length < ShortestCompound)
        {
            return [];
        }

        for (var first = word.Length - ShortestStem; first >= ShortestStem; first--)
        {
            if (!isKnown(word[..first]))
            {
                continue;
            }

            foreach (var joint in Joints)
            {
                if (word.AsSpan(first).StartsWith(joint) && Rest(word[(first + joint.Length)..]) is { Count: > 0 } rest)
                {
                    return [word[..first], .. rest];
                }
            }
        }

        return [];
    }

    private IReadOnlyList<string> Rest(string word) =>
        word.Length < ShortestStem ? [] : isKnown(word) ? [word] : Ended(word) is { } form ? [form] : Parts(word);

    private string? Ended(string word) => Endings
        .Where(ending => word.Length - ending.Length > ShortestStem && word.EndsWith(ending, StringComparison.Ordinal))
        .Select(ending => word[..^ending.Length])
        .FirstOrDefault(isKnown);

    private string? Verb(string word) => VerbEndings
        .Where(form => word.Length - form.Ending.Length >= ShortestStem && word.EndsWith(form.Ending, StringComparison.Ordinal))
        .Select(form => string.Concat(word.AsSpan(0, word.Length - form.Ending.Length), form.Infinitive))
        .FirstOrDefault(isKnown);

    // geklont, eingeschaltet, einzuschalten
    private string? WithoutInfix(string word)
    {
        foreach (var infix in (ReadOnlySpan<string>)["ge", "zu"])
        {
            for (var place = word.IndexOf(infix, StringComparison.Ordinal); place >= 0; place = word.IndexOf(infix, place + 1, StringComparison.Ordinal))
            {
                var without = word.Remove(place, infix.Length);
                if (without.Length > ShortestStem && ((isKnown(without) && without.EndsWith("en", StringComparison.Ordinal)) || Verb(without) is not null))
                {
                    return isKnown(without) ? without : Verb(without);
                }
            }
        }

        return null;
    }

    // loeschen, hinzufuegen
    private string? WithoutUmlauts(string word)
    {
        var plain = Umlauts.Aggregate(word, static (text, umlaut) => text.Replace(umlaut.Written, umlaut.Plain, StringComparison.Ordinal));
        return plain == word ? null : isKnown(plain) ? plain : Ended(plain) ?? Verb(plain) ?? WithoutInfix(plain);
    }
}
