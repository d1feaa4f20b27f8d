namespace Hypergate.Tools.Utility.Documentation;

/// <summary>BM25 over the passages of one page: rare words of the question weigh most, headings count threefold.</summary>
internal static class PassageRanking
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;
    private const int HeadingWeight = 3;

    /// <summary>The passages that hold a word of the question, best first.</summary>
    public static IReadOnlyList<Passage> Rank(IReadOnlyList<Passage> passages, string query)
    {
        var terms = Words(query).Distinct(StringComparer.Ordinal).ToList();
        var counted = passages.Select(static passage => (Passage: passage, Counts: Count(passage))).ToList();
        var average = counted.Count == 0 ? 1 : Math.Max(1, counted.Average(static entry => entry.Counts.Values.Sum()));
        return [.. counted
            .Select(entry => (entry.Passage, Score: terms.Sum(term => Score(term, entry.Counts, counted.Select(static other => other.Counts), average))))
            .Where(static entry => entry.Score > 0)
            .OrderByDescending(static entry => entry.Score)
            .Select(static entry => entry.Passage)];
    }

    private static double Score(string term, Dictionary<string, int> counts, IEnumerable<Dictionary<string, int>> all, double average)
    {
        if (!counts.TryGetValue(term, out var frequency))
        {
            return 0;
        }

        var (total, holding) = all.Aggregate((Total: 0, Holding: 0), (sum, other) => (sum.Total + 1, sum.Holding + (other.ContainsKey(term) ? 1 : 0)));
        var rarity = Math.Log(1 + ((total - holding + 0.5) / (holding + 0.5)));
        var length = counts.Values.Sum();
        return rarity * frequency * (Saturation + 1) / (frequency + (Saturation * (1 - LengthWeight + (LengthWeight * length / average))));
    }

    private static Dictionary<string, int> Count(Passage passage)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(counts, passage.Text, 1);
        Add(counts, passage.Heading, HeadingWeight);
        return counts;
    }

    private static void Add(Dictionary<string, int> counts, string text, int weight)
    {
        foreach (var word in Words(text))
        {
            counts[word] = counts.GetValueOrDefault(word) + weight;
        }
    }

    // A crude stem is enough: backups and backup are the same word here.
    private static IEnumerable<string> Words(string text) => text
        .Split([.. text.Where(static c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries)
        .Where(static word => word.Length > 1)
        .Select(static word => word.ToLowerInvariant())
        .Select(static word => word.Length > 3 && word.EndsWith('s') ? word[..^1] : word);
}
