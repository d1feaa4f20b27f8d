namespace Hypergate.Catalog.Search;

/// <summary>A question taken apart.</summary>
internal sealed class Question
{
    private const double OfItself = 1;
    private const double OfConcept = 0.85;
    private const double OfSecondConcept = 0.7;
    private const double OfFiller = 0.15;
    private const double OfImplied = 0.6;
    private const double OfCircumstance = 0.35;
    private const int LeastBeforeCircumstance = 3;

    private readonly List<QuestionTerm> _terms = [];
    private double _share = 1;
    private bool _namesDeed;
    private bool _reads;

    private Question()
    {
    }

    public IReadOnlyList<QuestionTerm> Terms => _terms;

    /// <summary>All words and concepts that stand in it.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it wants something changed. Who asks what is running, or which disks are connected, wants to look.</summary>
    public bool Changes => _namesDeed && !_reads;

    /// <summary>The words that name a platform or a backend.</summary>
    public HashSet<string> Platforms { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it speaks of a word of an operation, by that word or by one that means the same.</summary>
    public bool Covers(IReadOnlyList<string> wordAndConcepts)
    {
        foreach (var word in wordAndConcepts)
        {
            if (Words.Contains(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="text">What somebody asked.</param>
    /// <param name="field">The words of the field.</param>
    /// <param name="isIndexed">Whether any operation has a word.</param>
    /// <param name="isPlatform">Whether a word names a platform or a backend.</param>
    public static Question Read(string text, FieldWords field, Func<string, bool> isIndexed, Func<string, bool> isPlatform)
    {
        var question = new Question();
        var words = Expanded(field.Meant(SearchText.Split(text)), field, isIndexed);
        var stems = words.ConvertAll(WordStem.Of);
        question._namesDeed = field.IsOrder(words);
        var circumstance = words.FindIndex(Math.Min(LeastBeforeCircumstance, words.Count), field.IsCircumstance);
        for (var place = 0; place < stems.Count;)
        {
            question._share = circumstance >= 0 && place >= circumstance ? OfCircumstance : 1;
            if (isPlatform(words[place]))
            {
                question.Platforms.Add(words[place++]);
                continue;
            }

            var (length, concepts) = field.PhraseAt(stems, place);
            length = Math.Max(length, 1);
            question.Add(words[place], stems.GetRange(place, length), concepts, field);
            place += length;
        }

        question.Imply();
        return question;
    }

    // Compounds fall apart into the words they are made of.
    private static List<string> Expanded(List<string> words, FieldWords field, Func<string, bool> isIndexed)
    {
        var expanded = new List<string>(words.Count);
        foreach (var word in words)
        {
            var stem = WordStem.Of(word);
            var isKnown = isIndexed(stem) || field.PhraseAt([stem], 0).Length > 0 || field.IsFiller(word);
            if (isKnown)
            {
                expanded.Add(word);
            }
            else if (field.FormOf(word) is { } form)
            {
                expanded.Add(form);
            }
            else
            {
                expanded.AddRange(field.Parts(word) is { Count: > 0 } parts ? parts : [word]);
            }
        }

        return expanded;
    }

    private void Add(string word, List<string> stems, IReadOnlyList<string> concepts, FieldWords field)
    {
        Words.UnionWith(stems);
        Words.UnionWith(concepts);
        _reads |= concepts.Contains(FieldWords.Reading);
        var wishes = concepts.Where(static concept => concept != FieldWords.Reading).ToList();
        var isDeed = wishes.Count > 0 && wishes.TrueForAll(field.Changes);
        _namesDeed |= isDeed && _share == 1;
        if (wishes.Count == 0 && (concepts.Count > 0 || (stems.Count == 1 && field.IsFiller(word))))
        {
            // "on" and "get" may still be a part of a name.
            _terms.Add(new QuestionTerm([(stems[0], OfFiller * _share)], false));
            return;
        }

        var alternatives = new List<(string, double)>();
        if (stems.Count == 1)
        {
            alternatives.Add((stems[0], OfItself * _share));
        }

        alternatives.AddRange(wishes.Select((concept, index) => (concept, (index == 0 ? OfConcept : OfSecondConcept) * _share)));
        _terms.Add(new QuestionTerm(alternatives, isDeed));
    }

    // What several of its words mean together.
    private void Imply()
    {
        foreach (var implication in FieldImplications.All.Where(implication => implication.When.All(Words.Contains)).ToList())
        {
            _terms.RemoveAll(term => !Changes && term.Alternatives.Any(alternative => implication.Not.Contains(alternative.Word)));
            foreach (var concept in implication.Then.Where(Words.Add))
            {
                _terms.Add(new QuestionTerm([(concept, OfImplied)], false));
            }
        }
    }
}
