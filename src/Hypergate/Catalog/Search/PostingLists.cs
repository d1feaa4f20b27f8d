namespace Hypergate.Catalog.Search;

/// <summary>BM25: rare words count more, the tenth mention hardly more than the ninth, and long texts less.</summary>
internal static class PostingLists
{
    private const double Saturation = 1.2;
    private const double LengthPart = 0.35;

    public static Dictionary<string, Posting[]> Of(IReadOnlyList<OperationText> texts)
    {
        var lengths = texts.Select(static text => text.Length).ToArray();
        var average = lengths.Length == 0 ? 1 : lengths.Average();
        var found = new Dictionary<string, List<(int Text, double Weight)>>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var (word, weight) in texts[i].Weights)
            {
                if (!found.TryGetValue(word, out var list))
                {
                    found[word] = list = [];
                }

                list.Add((i, weight));
            }
        }

        return found.ToDictionary(static entry => entry.Key, entry => Score(entry.Value, lengths, average), StringComparer.Ordinal);
    }

    public static double Idf(int having, int all) => Math.Log(1 + ((all - having + 0.5) / (having + 0.5)));

    private static Posting[] Score(List<(int Text, double Weight)> found, double[] lengths, double average)
    {
        var idf = Idf(found.Count, lengths.Length);
        return [.. found.Select(entry => new Posting(entry.Text, idf * Saturated(entry.Weight, lengths[entry.Text] / average)))];
    }

    private static double Saturated(double weight, double length) =>
        weight * (Saturation + 1) / (weight + (Saturation * (1 - LengthPart + (LengthPart * length))));
}
