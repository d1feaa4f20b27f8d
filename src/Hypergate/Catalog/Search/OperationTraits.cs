namespace Hypergate.Catalog.Search;

/// <summary>What speaks for or against an operation beside the words that it shares with a question.</summary>
/// <param name="entry">The operation.</param>
/// <param name="text">Its words.</param>
/// <param name="platform">The words that name its platform and backends.</param>
/// <param name="vocabulary">Numbers of words.</param>
/// <param name="idf">How rare a word is.</param>
internal sealed class OperationTraits(IndexedOperation entry, OperationText text, HashSet<string> platform, Vocabulary vocabulary, Func<string, double> idf)
{
    private const double OtherPlatform = 0.3;
    private const double LooksInstead = 0.55;
    private const double ChangesInstead = 0.6;
    private const double OtherMethod = 0.75;
    private const double Deprecated = 0.5;
    private const double Single = 0.93;
    private const double OneOfMany = 0.75;
    private const double IsAbout = 1.15;
    private const double OfOneOfThem = 0.8;
    private const double OfUseCovered = 1;
    private const double OfCoverage = 0.55;

    private readonly WeighedWords _path = new(text.PathWords, vocabulary, idf);
    private readonly WeighedWords[] _uses = [.. text.Uses.Select(use => new WeighedWords(use, vocabulary, idf))];
    private readonly List<string> _ofOne = [.. text.PathWords.Where(static word => word.IsOfOne).SelectMany(static word => word.WithConcepts).Where(static word => word[0] == '#')];
    private readonly List<string> _object = [.. text.Object.Where(static word => word[0] == '#')];
    private readonly bool _changes = entry.Operation.Changes;
    private readonly bool _probes = entry.Operation.Path.Split('/')[^1] is "ping" or "test" or "check" or "verify" or "validate" or "status";
    private readonly bool _deletes = entry.Operation.Method == "DELETE";
    private readonly bool _isSingle = entry.Operation.Path is [.., '}'];

    /// <summary>A factor for the score of the words.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="spoken">By the numbers of the words whether the question has them.</param>
    public double Fit(Question asked, bool[] spoken)
    {
        var fit = (1 - OfCoverage) + (OfCoverage * Covered(spoken));
        fit *= asked.Changes && !_changes ? LooksInstead : 1;
        fit *= !asked.Changes && _changes && !_probes ? ChangesInstead : 1;
        fit *= asked.Changes && _deletes != asked.Deletes ? OtherMethod : 1;
        fit *= !asked.Changes && _isSingle ? (asked.WantsMany ? OneOfMany : Single) : 1;
        fit *= !asked.Changes && !_isSingle && IsOfOneOf(asked.Many) ? OfOneOfThem : 1;
        fit *= _object.Exists(asked.Head.Contains) ? IsAbout : 1;
        fit *= entry.Operation.Deprecated ? Deprecated : 1;
        return fit * PlatformFit(asked);
    }

    // How much of what the path names, or of one of its uses, the question asks for: what it does not ask for makes the operation another one.
    private double Covered(bool[] spoken)
    {
        var covered = _path.Covered(spoken);
        foreach (var use in _uses)
        {
            covered = Math.Max(covered, OfUseCovered * use.Covered(spoken));
        }

        return covered;
    }

    // Who asks which VMs there are does not mean the alarms of one of them.
    private bool IsOfOneOf(HashSet<string> many) => many.Count > 0 && _ofOne.Exists(many.Contains);

    private double PlatformFit(Question asked) => asked.Platforms.Count == 0
        ? 1
        : OtherPlatform + ((1 - OtherPlatform) * asked.Platforms.Count(platform.Contains) / asked.Platforms.Count);
}
