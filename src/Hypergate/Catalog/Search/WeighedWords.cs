namespace Hypergate.Catalog.Search;

/// <summary>Words that belong together, rare ones with more weight.</summary>
internal sealed class WeighedWords(IReadOnlyList<PathWord> words, Func<string, double> idf)
{
    private readonly double[] _weights = [.. words.Select(word => idf(word.Stem))];
    private readonly double _all = words.Sum(word => idf(word.Stem));

    /// <summary>How much of them a question speaks of, from 0 to 1; all of none.</summary>
    public double Covered(Question asked)
    {
        var covered = 0.0;
        for (var i = 0; i < _weights.Length; i++)
        {
            covered += asked.Covers(words[i].WithConcepts) ? _weights[i] : 0;
        }

        return _all == 0 ? 1 : covered / _all;
    }
}
