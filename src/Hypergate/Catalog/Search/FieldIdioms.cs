namespace Hypergate.Catalog.Search;

/// <summary>
/// Ways to say things that no single word tells: <c>turn the server back on</c> is to start it. A line for each, what is said and what is
/// meant; <c>_</c> stands for up to six words between, which stay, and <c>a|b</c> for one word or the other.
/// </summary>
internal sealed class FieldIdioms
{
    private const string Gap = "_";
    private const int LongestGap = 6;

    private readonly Dictionary<string, List<Idiom>> _byFirst = new(StringComparer.Ordinal);

    public FieldIdioms()
    {
        foreach (var line in FieldText.Read("field-phrases").Lines("idioms"))
        {
            var (said, meant) = (line.Split(" = ")[0].Split(' '), line.Split(" = ")[1].Split(' '));
            foreach (var way in Ways(said, 0))
            {
                Learn(new Idiom(way, meant));
            }
        }
    }

    /// <summary>The words with what is meant in place of what is said.</summary>
    public List<string> Apply(List<string> words)
    {
        var meant = new List<string>(words.Count);
        for (var place = 0; place < words.Count;)
        {
            place += Take(words, place, meant);
        }

        return meant;
    }

    // Each word or the other, one after the other.
    private static IEnumerable<List<string>> Ways(string[] said, int place) => place == said.Length
        ? [[]]
        : said[place].Split('|').SelectMany(word => Ways(said, place + 1).Select(rest => (List<string>)[word == Gap ? Gap : WordStem.Of(word), .. rest]));

    private void Learn(Idiom idiom)
    {
        if (!_byFirst.TryGetValue(idiom.Said[0], out var list))
        {
            _byFirst[idiom.Said[0]] = list = [];
        }

        // What is said with more words is said more precisely.
        var place = list.FindIndex(known => known.Said.Count < idiom.Said.Count);
        list.Insert(place < 0 ? list.Count : place, idiom);
    }

    private int Take(List<string> words, int place, List<string> meant)
    {
        foreach (var idiom in _byFirst.TryGetValue(WordStem.Of(words[place]), out var known) ? known : [])
        {
            if (Fit(idiom, words, place) is { } fit)
            {
                foreach (var word in idiom.Meant)
                {
                    meant.AddRange(word == Gap ? words.GetRange(fit.GapAt, fit.GapLength) : [word]);
                }

                return fit.Length;
            }
        }

        meant.Add(words[place]);
        return 1;
    }

    private static (int Length, int GapAt, int GapLength)? Fit(Idiom idiom, List<string> words, int place)
    {
        var gap = idiom.Said.IndexOf(Gap);
        if (gap < 0)
        {
            return Stands(idiom.Said, words, place) ? (idiom.Said.Count, 0, 0) : null;
        }

        var (before, after) = (idiom.Said.GetRange(0, gap), idiom.Said.GetRange(gap + 1, idiom.Said.Count - gap - 1));
        for (var length = 1; length <= LongestGap && Stands(before, words, place); length++)
        {
            if (Stands(after, words, place + gap + length))
            {
                return (idiom.Said.Count - 1 + length, place + gap, length);
            }
        }

        return null;
    }

    private static bool Stands(List<string> stems, List<string> words, int place)
    {
        for (var i = 0; i < stems.Count; i++)
        {
            if (place + i >= words.Count || WordStem.Of(words[place + i]) != stems[i])
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Idiom(List<string> Said, string[] Meant);
}
