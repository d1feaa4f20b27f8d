using Hypergate.Model;

namespace Hypergate.Catalog.Search;

/// <summary>
/// Finds operations by a question in plain words: BM25 over names, paths, titles, descriptions, tags and parameters, in which words of
/// the field count as one another, with what the question wishes (look or change) and how much of an operation it covers on top.
/// Never changes; a new catalog gets a new one.
/// </summary>
public sealed class OperationIndex
{
    private readonly IReadOnlyList<IndexedOperation> _operations;
    private readonly Dictionary<string, Posting[]> _postings;
    private readonly OperationTraits[] _traits;
    private readonly HashSet<string> _platforms;
    private readonly FieldWords _field = FieldWords.All;

    private OperationIndex(
        IReadOnlyList<IndexedOperation> operations, Dictionary<string, Posting[]> postings, OperationTraits[] traits, HashSet<string> platforms) =>
        (_operations, _postings, _traits, _platforms) = (operations, postings, traits, platforms);

    /// <summary>How many operations it knows.</summary>
    public int Count => _operations.Count;

    public static OperationIndex Of(IEnumerable<IndexedOperation> operations)
    {
        var all = operations.ToList();
        var texts = all.ConvertAll(static entry => OperationText.Of(FieldWords.All, entry.Operation));
        var postings = PostingLists.Of([.. texts.Select(static text => text.Weights)]);
        var platforms = all.Select(static entry => entry.Platform).Distinct(StringComparer.Ordinal)
            .ToDictionary(static name => name, static name => WordsOf(name, FieldWords.All), StringComparer.Ordinal);
        var traits = new OperationTraits[all.Count];
        for (var i = 0; i < traits.Length; i++)
        {
            traits[i] = new OperationTraits(all[i], texts[i].PathWords, platforms[all[i].Platform]);
        }

        return new OperationIndex(all, postings, traits, [.. platforms.Values.SelectMany(static words => words)]);
    }

    // A backend called "backup" does not make that word its name.
    private static HashSet<string> WordsOf(string platform, FieldWords field) =>
        [.. SearchText.Split(platform).Where(word => !field.IsFiller(word) && field.PhraseAt([WordStem.Of(word)], 0).Length == 0)];

    /// <summary>The operations that fit best, best first.</summary>
    /// <param name="question">In English, French or German, or just some words.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="shown">Which operations may be found; null for all.</param>
    public IReadOnlyList<SearchHit> Find(string question, int most, Func<IndexedOperation, bool>? shown = null)
    {
        var asked = Question.Read(question, _field, _postings.ContainsKey, _platforms.Contains);
        var scores = new double[_operations.Count];
        var best = new double[_operations.Count];
        foreach (var term in asked.Terms)
        {
            AddBest(term, best, scores);
        }

        var hits = new List<SearchHit>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > 0 && (shown is null || shown(_operations[i])))
            {
                hits.Add(new SearchHit(_operations[i], scores[i] * _traits[i].Fit(asked, IdfOf)));
            }
        }

        hits.Sort(static (left, right) => Compare(left, right));
        return hits.Count <= most ? hits : hits.GetRange(0, most);
    }

    // A word and its concepts are one wish: the best of them counts.
    private void AddBest(QuestionTerm term, double[] best, double[] scores)
    {
        Array.Clear(best);
        foreach (var (word, weight) in term.Alternatives)
        {
            foreach (var posting in _postings.GetValueOrDefault(word, []))
            {
                best[posting.Operation] = Math.Max(best[posting.Operation], weight * posting.Score);
            }
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += best[i] * term.Weight;
        }
    }

    private double IdfOf(string word) => PostingLists.Idf(_postings.TryGetValue(word, out var postings) ? postings.Length : 0, _operations.Count);

    private static int Compare(SearchHit left, SearchHit right)
    {
        var byScore = right.Score.CompareTo(left.Score);
        return byScore != 0 ? byScore : string.CompareOrdinal(left.Operation.Operation.Name, right.Operation.Operation.Name);
    }
}
