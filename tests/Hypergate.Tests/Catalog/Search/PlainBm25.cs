using System.Text;
using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

/// <summary>BM25 as any library has it, over name and description: what the search must beat.</summary>
internal sealed class PlainBm25
{
    private const double K = 1.2;
    private const double B = 0.75;

    private readonly IReadOnlyList<IndexedOperation> _operations;
    private readonly List<List<string>> _texts;
    private readonly double _average;
    private readonly Dictionary<string, int> _having;

    public PlainBm25(IReadOnlyList<IndexedOperation> operations)
    {
        _operations = operations;
        _texts = [.. operations.Select(static entry => Words($"{entry.Operation.Name} {entry.Operation.Description}"))];
        _average = _texts.Average(static text => text.Count);
        _having = _texts.SelectMany(static text => text.Distinct(StringComparer.Ordinal)).CountBy(static word => word).ToDictionary();
    }

    public IReadOnlyList<SearchHit> Find(string question)
    {
        var words = Words(question);
        return [.. _operations.Select((entry, index) => new SearchHit(entry, Score(words, _texts[index])))
            .Where(static hit => hit.Score > 0).OrderByDescending(static hit => hit.Score)];
    }

    private double Score(List<string> question, List<string> text)
    {
        var score = 0.0;
        foreach (var word in question)
        {
            var count = text.Count(candidate => candidate == word);
            var having = _having.GetValueOrDefault(word);
            var idf = Math.Log(1 + ((_texts.Count - having + 0.5) / (having + 0.5)));
            score += idf * count * (K + 1) / (count + (K * (1 - B + (B * text.Count / _average))));
        }

        return score;
    }

    // Lower-case words, camelCase split, so that the baseline is not worse than it need be.
    private static List<string> Words(string text)
    {
        var spaced = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (i > 0 && char.IsUpper(text[i]) && char.IsLower(text[i - 1]))
            {
                spaced.Append(' ');
            }

            spaced.Append(char.IsLetterOrDigit(text[i]) ? char.ToLowerInvariant(text[i]) : ' ');
        }

        return [.. spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
