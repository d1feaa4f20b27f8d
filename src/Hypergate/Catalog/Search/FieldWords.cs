namespace Hypergate.Catalog.Search;

/// <summary>
/// Knows which words mean the same in the field: a concept is marked in texts and questions alike by a word that begins with
/// <c>#</c>. Phrases of up to four words count as one.
/// </summary>
internal sealed class FieldWords
{
    private const int LongestPhrase = 4;
    private static readonly Lazy<FieldWords> Once = new(static () => new FieldWords());

    private readonly Dictionary<string, List<string>> _concepts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _phraseWords = new(StringComparer.Ordinal);
    private readonly HashSet<string> _phraseStarts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _alsoMeant = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changes;
    private readonly HashSet<string> _deletes;
    private readonly HashSet<string> _fillers;
    private readonly HashSet<string> _nounsAsWishes;
    private readonly HashSet<string> _circumstances;
    private readonly HashSet<string> _inquiries;
    private readonly HashSet<string> _many;
    private readonly HashSet<string> _english;
    private readonly HashSet<string> _foreign;
    private readonly HashSet<string> _hostNames;
    private readonly FieldIdioms _idioms = new();
    private readonly SeparableVerbs _verbs;

    private FieldWords()
    {
        var text = FieldText.Read("field-words");
        Learn(text.Lines("things"), _concepts);
        Learn(text.Lines("spoken"), _alsoMeant);
        Learn(text.Lines("reading"), _concepts);
        _changes = [.. Learn(text.Lines("changing"), _concepts)];
        _deletes = [.. text.Words("deleting").Select(static name => "#" + name)];
        _fillers = text.Words("fillers");
        _nounsAsWishes = text.Words("nouns as wishes");
        _circumstances = text.Words("circumstances");
        _inquiries = text.Words("inquiries");
        _many = text.Words("many");
        _english = text.Words("english");
        _foreign = text.Words("foreign");
        _hostNames = text.Words("host names");
        Forms = new WordForms(IsKnown);
        _verbs = new SeparableVerbs(IsKnown);
    }

    /// <summary>Leads forms and compounds back to its words.</summary>
    public WordForms Forms { get; }

    public static FieldWords All => Once.Value;

    /// <summary>The mark of a wish that only looks.</summary>
    public static string Reading => "#read";

    /// <summary>The mark of a name that is no word.</summary>
    public static string Name => "#name";

    /// <summary>The mark of the name of a host.</summary>
    public static string NameOfHost => "#hostname";

    /// <summary>The mark of an address.</summary>
    public static string Address => "#address";

    /// <summary>The marks of what a text names by what it looks like.</summary>
    public IEnumerable<string> Named(string text) =>
        [.. ProperNames.HasHost(text, _hostNames) ? (IEnumerable<string>)[NameOfHost] : [], .. ProperNames.HasAddress(text) ? (IEnumerable<string>)[Address] : []];

    public bool IsFiller(string word) => _fillers.Contains(word);

    /// <summary>What is meant by words of which several together mean something else.</summary>
    public List<string> Meant(List<string> words) => _idioms.Apply(_verbs.Join(words));

    /// <summary>What people mean by a word beside what descriptions mean by it: <c>server</c>, by which most mean one of theirs, a guest.</summary>
    public IReadOnlyList<string> AlsoMeant(string stem) => _alsoMeant.TryGetValue(stem, out var concepts) ? concepts : [];

    /// <summary>All words that it knows alone, as stems.</summary>
    public IEnumerable<string> Stems => _concepts.Keys;

    /// <summary>Whether a word begins what tells why or when, which is not what is wanted.</summary>
    public bool IsCircumstance(string word) => _circumstances.Contains(word);

    /// <summary>Whether the words are an order, though their first is a thing: <c>snapshot the vm</c>.</summary>
    public bool IsOrder(IReadOnlyList<string> words)
    {
        var first = 0;
        while (first < words.Count && IsFiller(words[first]))
        {
            first++;
        }

        return first + 1 < words.Count && _nounsAsWishes.Contains(words[first])
            && (IsFiller(words[first + 1]) || PhraseAt([WordStem.Of(words[first + 1])], 0).Concepts is ["#vm" or "#container"]);
    }

    /// <summary>Whether the words are French or German rather than English.</summary>
    public bool IsForeign(List<string> words) => words.Count(_foreign.Contains) > words.Count(_english.Contains);

    /// <summary>Whether a concept is a wish to change something.</summary>
    public bool Changes(string concept) => _changes.Contains(concept);

    /// <summary>Whether a concept is a wish that something be gone.</summary>
    public bool Deletes(string concept) => _deletes.Contains(concept);

    /// <summary>Whether a word asks for more than one of what it stands with.</summary>
    public bool AsksForMany(string word) => _many.Contains(word);

    /// <summary>Whether the words begin as one who wants to know something does: <c>is the backup still running</c>, <c>why does it fail</c>.</summary>
    public bool IsInquiry(IReadOnlyList<string> words)
    {
        var first = words is ["hey" or "hi" or "hello" or "and" or "so" or "und" or "et", _, ..] ? 1 : 0;
        return first < words.Count && _inquiries.Contains(words[first]);
    }

    /// <summary>
    /// Whether a clause asks: <c>where is it</c>, <c>show me the log</c>. None does that says more of what was named before
    /// (<c>which is on node 3</c>), or asks how something is done.
    /// </summary>
    public bool Asks(List<string> clause)
    {
        var words = clause.SkipWhile(static word => word is "can" or "could" or "you" or "please" or "bitte" or "peux" or "tu").ToList();
        return words.Count > 1 && words is not ["which", "is" or "are" or "was" or "were" or "has" or "have", ..]
            && (IsInquiry(words) || PhraseAt(words.ConvertAll(WordStem.Of), 0).Concepts.Contains(Reading));
    }

    /// <summary>Whether a clause begins with something to do: <c>please stop it</c>, but not <c>I stopped it</c>.</summary>
    public bool Orders(List<string> clause)
    {
        var first = clause.FindIndex(word => !IsFiller(word));
        return first >= 0 && !clause[first].EndsWith("ed", StringComparison.Ordinal)
            && PhraseAt(clause.ConvertAll(WordStem.Of), first).Concepts is { Count: > 0 } concepts && concepts.All(Changes);
    }

    /// <summary>Whether a word is known, alone or as a part of a phrase.</summary>
    public bool Knows(string stem) => _concepts.ContainsKey(stem) || _phraseWords.Contains(stem);

    /// <summary>
    /// The longest phrase of known words at a place: how many words it has, and its concepts. No words where none is known there.
    /// </summary>
    public (int Length, IReadOnlyList<string> Concepts) PhraseAt(IReadOnlyList<string> stems, int place)
    {
        var longest = _phraseStarts.Contains(stems[place]) ? LongestPhrase : 1;
        for (var length = Math.Min(longest, stems.Count - place); length > 0; length--)
        {
            var phrase = length == 1 ? stems[place] : string.Join(' ', stems.Skip(place).Take(length));
            if (_concepts.TryGetValue(phrase, out var concepts))
            {
                return (length, concepts);
            }
        }

        return (0, []);
    }

    private bool IsKnown(string word) => _concepts.ContainsKey(WordStem.Of(word));

    private List<string> Learn(IEnumerable<string> lines, Dictionary<string, List<string>> into)
    {
        var learnt = new List<string>();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var concept = "#" + line[..colon];
            learnt.Add(concept);
            foreach (var phrase in line[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                Learn(string.Join(' ', SearchText.Split(phrase).Select(WordStem.Of)), concept, into);
            }
        }

        return learnt;
    }

    private void Learn(string phrase, string concept, Dictionary<string, List<string>> into)
    {
        if (phrase.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end)
        {
            _phraseStarts.Add(phrase[..end]);
            _phraseWords.UnionWith(phrase.Split(' '));
        }

        if (!into.TryGetValue(phrase, out var concepts))
        {
            into[phrase] = concepts = [];
        }

        if (!concepts.Contains(concept))
        {
            concepts.Add(concept);
        }
    }
}
