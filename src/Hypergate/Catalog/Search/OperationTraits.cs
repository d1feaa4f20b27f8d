namespace Hypergate.Catalog.Search;

/// <summary>What speaks for or against an operation beside the words that it shares with a question.</summary>
/// <param name="entry">The operation.</param>
/// <param name="pathWords">What its path is about.</param>
/// <param name="platform">The words that name its platform and backends.</param>
internal sealed class OperationTraits(IndexedOperation entry, IReadOnlyList<PathWord> pathWords, HashSet<string> platform)
{
    private const double OtherPlatform = 0.3;
    private const double LooksInstead = 0.55;
    private const double ChangesInstead = 0.6;
    private const double Deprecated = 0.5;
    private const double Single = 0.93;
    private const double OfCoverage = 0.55;

    private readonly bool _changes = entry.Operation.Method is not ("GET" or "HEAD");
    private readonly bool _isSingle = entry.Operation.Path is [.., '}'];

    /// <summary>A factor for the score of the words.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="idf">How rare a word is.</param>
    public double Fit(Question asked, Func<string, double> idf)
    {
        var fit = (1 - OfCoverage) + (OfCoverage * Covered(asked, idf));
        fit *= asked.Changes && !_changes ? LooksInstead : 1;
        fit *= !asked.Changes && _changes ? ChangesInstead : 1;
        fit *= !asked.Changes && _isSingle ? Single : 1;
        fit *= entry.Operation.Deprecated ? Deprecated : 1;
        return fit * PlatformFit(asked);
    }

    // How much of what the path names the question asks for: what it does not ask for makes the operation another one.
    private double Covered(Question asked, Func<string, double> idf)
    {
        double all = 0, covered = 0;
        foreach (var word in pathWords)
        {
            var weight = idf(word.Stem);
            all += weight;
            covered += asked.Covers(word.WithConcepts) ? weight : 0;
        }

        return all == 0 ? 1 : covered / all;
    }

    private double PlatformFit(Question asked) => asked.Platforms.Count == 0
        ? 1
        : OtherPlatform + ((1 - OtherPlatform) * asked.Platforms.Count(platform.Contains) / asked.Platforms.Count);
}
