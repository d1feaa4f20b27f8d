namespace Hypergate.Catalog.Search;

/// <summary>
/// Finds operations by a question in plain words: BM25 over names, paths, titles, descriptions, tags and parameters, in which words of
/// the field count as one another, with what the question wishes (look or change) and how much of an operation it covers on top.
/// Never changes; a new catalog gets a new one.
/// </summary>
public sealed class OperationIndex
{
    private const double DeedOfReader = 0.45;
    private const double LiteralAdvantage = 1.25;
    private const double NearlyAsGood = 0.35;
    private const double Levelling = 0.6;

    private readonly IReadOnlyList<IndexedOperation> _operations;
    private readonly Dictionary<string, Posting[]> _postings;
    private readonly OperationTraits[] _traits;
    private readonly Vocabulary _vocabulary;
    private readonly int[] _platformOf;
    private readonly int _platformCount;
    private readonly HashSet<string> _platforms;
    private readonly Lazy<Spelling> _spelling;
    private readonly FieldWords _field = FieldWords.All;

    private OperationIndex(
        IReadOnlyList<IndexedOperation> operations, Dictionary<string, Posting[]> postings, (OperationTraits[] All, Vocabulary Vocabulary) traits, Dictionary<string, HashSet<string>> platforms)
    {
        (_operations, _postings, _traits, _vocabulary) = (operations, postings, traits.All, traits.Vocabulary);
        List<string> names = [.. platforms.Keys];
        _platformCount = names.Count;
        _platformOf = [.. operations.Select(entry => names.IndexOf(entry.Platform))];
        _platforms = [.. platforms.Values.SelectMany(static words => words)];
        _spelling = new Lazy<Spelling>(() => new Spelling(postings.Keys.Concat(FieldWords.All.Stems).Distinct(StringComparer.Ordinal)));
    }

    /// <summary>How many operations it knows.</summary>
    public int Count => _operations.Count;

    public static OperationIndex Of(IEnumerable<IndexedOperation> operations)
    {
        var all = new List<IndexedOperation>();
        var texts = new List<OperationText>();
        foreach (var backend in operations.GroupBy(static entry => entry.Backend, StringComparer.Ordinal))
        {
            all.AddRange(backend);
            texts.AddRange(OperationText.Of(FieldWords.All, [.. backend.Select(static entry => entry.Operation)]));
        }

        var postings = PostingLists.Of(texts);
        var platforms = all.Select(static entry => entry.Platform).Distinct(StringComparer.Ordinal)
            .ToDictionary(static name => name, static name => WordsOf(name, FieldWords.All), StringComparer.Ordinal);
        double IdfOf(string word) => PostingLists.Idf(postings.TryGetValue(word, out var found) ? found.Length : 0, all.Count);
        var vocabulary = new Vocabulary();
        var traits = new OperationTraits[all.Count];
        for (var i = 0; i < traits.Length; i++)
        {
            traits[i] = new OperationTraits(all[i], texts[i], platforms[all[i].Platform], vocabulary, IdfOf);
        }

        return new OperationIndex(all, postings, (traits, vocabulary), platforms);
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
        var asked = Question.Read(question, _field, _postings.ContainsKey, word => _spelling.Value.Nearest(word), _platforms.Contains);
        var scores = new double[_operations.Count];
        var best = new double[_operations.Count];
        foreach (var term in asked.Terms)
        {
            AddBest(term, term.IsDeed && !asked.Changes ? DeedOfReader : 1, best, scores);
        }

        var spoken = _vocabulary.Marked(asked.Words);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = scores[i] > 0 && (shown is null || shown(_operations[i])) ? scores[i] * _traits[i].Fit(asked, spoken) : 0;
        }

        if (asked.Platforms.Count == 0)
        {
            Level(scores);
        }

        return [.. Best(scores, most).Select(place => new SearchHit(_operations[place], scores[place]))];
    }

    // Platforms describe themselves at different lengths. Where the question names none, what each has best is worth about the same.
    private void Level(double[] scores)
    {
        var (best, highest) = (new double[_platformCount], 0.0);
        for (var i = 0; i < scores.Length; i++)
        {
            best[_platformOf[i]] = Math.Max(best[_platformOf[i]], scores[i]);
            highest = Math.Max(highest, scores[i]);
        }

        var factors = Array.ConvertAll(best, own => own > 0 && own >= highest * NearlyAsGood ? Math.Pow(highest / own, Levelling) : 1);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] *= factors[_platformOf[i]];
        }
    }

    // In their order, best first.
    private List<int> Best(double[] scores, int most)
    {
        var best = new List<int>(most + 1);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] == 0 || (best is [.., var last] && best.Count == most && !IsBetter(scores, i, last)))
            {
                continue;
            }

            var place = best.Count;
            while (place > 0 && IsBetter(scores, i, best[place - 1]))
            {
                place--;
            }

            best.Insert(place, i);
            if (best.Count > most)
            {
                best.RemoveAt(most);
            }
        }

        return best;
    }

    private bool IsBetter(double[] scores, int left, int right) => scores[left] > scores[right]
        || (scores[left].Equals(scores[right]) && string.CompareOrdinal(_operations[left].Operation.Name, _operations[right].Operation.Name) < 0);

    // A word and its concepts are one wish: the best of them counts.
    private void AddBest(QuestionTerm term, double weight, double[] best, double[] scores)
    {
        Array.Clear(best);
        var rarest = RarestConcept(term);
        foreach (var (word, share) in term.Alternatives)
        {
            // A rare word is not rarer than what it means: "account" is as common as "user".
            var common = IsConcept(word) || rarest == 0 ? 1 : Math.Min(1, LiteralAdvantage * rarest / IdfOf(word));
            if (!_postings.TryGetValue(word, out var postings))
            {
                continue;
            }

            foreach (var posting in postings)
            {
                best[posting.Operation] = Math.Max(best[posting.Operation], share * common * posting.Score);
            }
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += best[i] * weight;
        }
    }

    private double RarestConcept(QuestionTerm term)
    {
        var rarest = 0.0;
        foreach (var (word, _) in term.Alternatives)
        {
            rarest = IsConcept(word) && _postings.ContainsKey(word) ? Math.Max(rarest, IdfOf(word)) : rarest;
        }

        return rarest;
    }

    private static bool IsConcept(string word) => word[0] == '#';

    private double IdfOf(string word) => PostingLists.Idf(_postings.TryGetValue(word, out var postings) ? postings.Length : 0, _operations.Count);
}
