namespace Hypergate.Catalog.Search;

/// <summary>Words that belong together, rare ones with more weight.</summary>
internal sealed class WeighedWords(IReadOnlyList<PathWord> words, Vocabulary vocabulary, Func<string, double> idf)
{
    private readonly int[][] _numbers = [.. words.Select(word => word.WithConcepts.Select(vocabulary.NumberOf).ToArray())];
    private readonly double[] _weights = [.. words.Select(word => idf(word.Stem))];
    private readonly double _all = words.Sum(word => idf(word.Stem));

    /// <summary>How much of them a question speaks of, by them or by what means the same, from 0 to 1; all of none.</summary>
    /// <param name="spoken">By the numbers of the words whether the question has them.</param>
    public double Covered(bool[] spoken)
    {
        var covered = 0.0;
        for (var i = 0; i < _weights.Length; i++)
        {
            covered += IsSpoken(_numbers[i], spoken) ? _weights[i] : 0;
        }

        return _all == 0 ? 1 : covered / _all;
    }

    private static bool IsSpoken(int[] numbers, bool[] spoken)
    {
        foreach (var number in numbers)
        {
            if (spoken[number])
            {
                return true;
            }
        }

        return false;
    }
}
