namespace Hypergate.Catalog.Search;

/// <summary>
/// Puts German verbs together again that a sentence has taken apart: <c>schalte die VM ein</c> is <c>einschalten die VM</c>. Any known
/// verb will do; only the forms that change their vowel are listed.
/// </summary>
/// <param name="isKnown">Whether a word is known as it is.</param>
internal sealed class SeparableVerbs(Func<string, bool> isKnown)
{
    private const int Farthest = 10;

    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal)
    {
        "an", "ab", "auf", "aus", "ein", "zu", "zuruck", "weg", "um", "hoch", "runter", "herunter", "rauf", "raus", "rein", "hinzu", "her", "los", "frei", "bereit", "wieder", "still", "fest", "nach", "durch", "vor", "neu", "zusammen",
    };

    // What may follow a verb's end.
    private static readonly HashSet<string> Next = new(StringComparer.Ordinal) { "und", "oder", "damit", "bevor", "weil", "denn", "wenn", "sobald", "bitte", "jetzt", "sofort", "ohne" };

    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["nimm"] = "nehmen",
        ["gib"] = "geben",
        ["wirf"] = "werfen",
        ["brich"] = "brechen",
        ["lies"] = "lesen",
        ["sieh"] = "sehen",
        ["fahrt"] = "fahren",
        ["ladt"] = "laden",
        ["halt"] = "halten",
        ["tu"] = "tun",
    };

    /// <summary>The words with each such verb whole, in the place of its first part.</summary>
    public List<string> Join(List<string> words)
    {
        for (var last = words.Count - 1; last > 0; last--)
        {
            if (!Particles.Contains(words[last]) || (last + 1 < words.Count && !Next.Contains(words[last + 1])))
            {
                continue;
            }

            for (var verb = last - 1; verb >= Math.Max(0, last - Farthest); verb--)
            {
                if (Whole(words[last], words[verb]) is { } whole)
                {
                    words = [.. words[..verb], whole, .. words[(verb + 1)..last], .. words[(last + 1)..]];
                    break;
                }
            }
        }

        return words;
    }

    private string? Whole(string particle, string verb)
    {
        var infinitives = Irregular.TryGetValue(verb, out var irregular)
            ? (ReadOnlySpan<string>)[irregular]
            : [verb, verb + "n", verb + "en", verb is [.., 't'] ? verb[..^1] + "en" : verb];
        foreach (var infinitive in infinitives)
        {
            if (infinitive.EndsWith('n') && isKnown(particle + infinitive))
            {
                return particle + infinitive;
            }
        }

        return null;
    }
}
