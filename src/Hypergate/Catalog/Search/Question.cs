namespace Hypergate.Catalog.Search;

/// <summary>A question taken apart.</summary>
internal sealed class Question
{
    private const double OfItself = 1;
    private const double OfUnknown = 0.9;
    private const double OfLoose = 0.6;
    private const double OfConcept = 0.85;
    private const double OfSecondConcept = 0.7;
    private const double OfFiller = 0.15;
    private const double OfImplied = 0.6;
    private const double OfCircumstance = 0.25;
    private const int LeastBeforeCircumstance = 3;

    private readonly List<QuestionTerm> _terms = [];
    private double _share = 1;
    private bool _asksForMany;
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

    /// <summary>Whether it asks for all of something rather than for one.</summary>
    public bool WantsMany { get; private set; }

    /// <summary>The things of which it asks for all or many; none where it asks for one.</summary>
    public HashSet<string> Many { get; } = new(StringComparer.Ordinal);

    /// <summary>The first thing that it names, which is mostly what it is about.</summary>
    public IReadOnlyList<string> Head { get; private set; } = [];

    /// <summary>Whether what it wants changed is to be gone, or taken away from something.</summary>
    public bool Deletes { get; private set; }

    /// <summary>The words that name a platform or a backend.</summary>
    public HashSet<string> Platforms { get; } = new(StringComparer.Ordinal);

    /// <param name="text">What somebody asked.</param>
    /// <param name="field">The words of the field.</param>
    /// <param name="isIndexed">Whether any operation has a word.</param>
    /// <param name="spelling">Guesses what a word that nothing knows was meant to be.</param>
    /// <param name="isPlatform">Whether a word names a platform or a backend.</param>
    public static Question Read(string text, FieldWords field, Func<string, bool> isIndexed, Func<string, string?> spelling, Func<string, bool> isPlatform)
    {
        var question = new Question();
        var words = field.Meant(Expanded(field.Meant(SearchText.Split(text)), field, word => isIndexed(word) || isPlatform(word), spelling));
        var stems = words.ConvertAll(WordStem.Of);
        question._namesDeed = field.IsOrder(words);
        question._reads = field.IsInquiry(words) || Clauses.EndInQuestion(text, field);
        question.WantsMany = words.Exists(field.AsksForMany);
        var circumstance = CircumstanceIn(words, stems, field);
        var names = ProperNames.In(text);
        for (var place = 0; place < stems.Count;)
        {
            question._share = circumstance >= 0 && place >= circumstance ? OfCircumstance : 1;
            if (isPlatform(words[place]))
            {
                question.Platforms.Add(words[place++]);
                continue;
            }

            var (length, concepts) = field.PhraseAt(stems, place);
            if (length == 0 && names.Contains(words[place]) && !field.IsFiller(words[place]) && !isIndexed(stems[place]))
            {
                question.Words.Add(FieldWords.Name);
            }

            question._asksForMany |= field.AsksForMany(words[place]);
            length = Math.Max(length, 1);
            question.Add(words[place], stems.GetRange(place, length), concepts, field, place + length == words.Count);
            place += length;
        }

        question.Words.UnionWith(field.Named(text));
        question.Imply(field);
        return question;
    }

    // "Without backup" is a thing, "without destroying it" is none.
    private static int CircumstanceIn(List<string> words, List<string> stems, FieldWords field)
    {
        for (var place = LeastBeforeCircumstance; place < words.Count; place++)
        {
            if (field.IsCircumstance(words[place]) && field.PhraseAt(stems, place).Length < 2)
            {
                return place;
            }
        }

        return -1;
    }

    // Compounds fall apart into the words they are made of, and slips of the finger are mended.
    private static List<string> Expanded(List<string> words, FieldWords field, Func<string, bool> isKnown, Func<string, string?> spelling)
    {
        var expanded = new List<string>(words.Count);
        var isForeign = field.IsForeign(words);
        foreach (var word in words)
        {
            var stem = WordStem.Of(word);
            if (field.Knows(stem) || field.IsFiller(word))
            {
                expanded.Add(word);
            }
            else if ((isForeign || !(isKnown(stem) || isKnown(word))) && field.Forms.Known(word) is { } form)
            {
                expanded.Add(form);
            }
            else if (isKnown(stem) || isKnown(word))
            {
                expanded.Add(word);
            }
            else
            {
                expanded.AddRange(field.Forms.Parts(word) is { Count: > 0 } parts ? parts : [spelling(word) ?? spelling(stem) ?? word]);
            }
        }

        return expanded;
    }

    private void Add(string word, List<string> stems, IReadOnlyList<string> concepts, FieldWords field, bool isLast)
    {
        Words.UnionWith(stems);
        Words.UnionWith(concepts);
        _reads |= (!_namesDeed || isLast) && concepts.Contains(FieldWords.Reading) && !IsParticiple(word);
        var wishes = concepts.Where(static concept => concept != FieldWords.Reading).ToList();
        var spoken = field.AlsoMeant(stems[0]);
        wishes.AddRange(stems.Count == 1 ? spoken : []);
        Words.UnionWith(wishes);
        var isDeed = wishes.Count > 0 && wishes.TrueForAll(field.Changes);
        _namesDeed |= isDeed && _share == 1;
        Deletes |= isDeed && _share == 1 && wishes.Exists(field.Deletes);
        if (wishes.Count == 0 && (concepts.Count > 0 || (stems.Count == 1 && field.IsFiller(word))))
        {
            // "on" and "get" may still be a part of a name.
            _terms.Add(new QuestionTerm([(stems[0], OfFiller * _share)], false));
            return;
        }

        Head = Head.Count == 0 && !isDeed && _share == 1 ? wishes : Head;
        if (_asksForMany && !isDeed && wishes.Count > 0)
        {
            Many.UnionWith(wishes);
            _asksForMany = false;
        }

        var alternatives = new List<(string, double)>();
        if (stems.Count == 1)
        {
            alternatives.Add((stems[0], (spoken.Count > 0 ? OfLoose : wishes.Count > 0 ? OfItself : OfUnknown) * _share));
        }

        alternatives.AddRange(wishes.Select((concept, index) => (concept, (index == 0 ? OfConcept : OfSecondConcept) * _share)));
        _terms.Add(new QuestionTerm(alternatives, isDeed));
    }

    // A monitoring server is no server to be monitored.
    private static bool IsParticiple(string word) => word.EndsWith("ing", StringComparison.Ordinal);

    // What several of its words mean together.
    private void Imply(FieldWords field)
    {
        foreach (var implication in FieldImplications.All.Where(implication => implication.When.All(Words.Contains) && !implication.Unless.Any(Words.Contains)))
        {
            _terms.RemoveAll(term => !Changes && term.Alternatives.Any(alternative => implication.Not.Contains(alternative.Word)));
            foreach (var concept in implication.Then.Where(Words.Add))
            {
                _terms.Add(new QuestionTerm([(concept, OfImplied)], false));
                Deletes |= Changes && field.Deletes(concept);
            }
        }
    }
}
