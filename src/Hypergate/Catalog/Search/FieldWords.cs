namespace Hypergate.Catalog.Search;

/// <summary>
/// Knows which words mean the same in the field: a concept is marked in texts and questions alike by a word that begins with
/// <c>#</c>. Phrases of up to four words count as one.
/// </summary>
internal sealed class FieldWords
{
    private const int LongestPhrase = 4;
    private const int ShortestPart = 3;
    private const int ShortestCompound = 7;

    // What French and German put behind a word and a light stem leaves on it.
    private static readonly string[] Endings = ["n", "en", "e", "x", "er", "es", "em", "ern", "s", "nen", "te", "ten"];

    // Letters that German puts between the parts of a compound.
    private static readonly string[] Joints = ["", "s", "n", "en", "es", "e", "er"];
    private static readonly Lazy<FieldWords> Once = new(static () => new FieldWords());

    private readonly Dictionary<string, List<string>> _concepts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _phraseStarts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fillers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nounsAsWishes = [.. FieldDeeds.NounsAsWishes.Split(' ')];
    private readonly FieldIdioms _idioms = new();
    private readonly HashSet<string> _circumstances = [.. FieldDeeds.Circumstances.Split(' ')];
    private readonly HashSet<string> _inquiries = [.. FieldDeeds.Inquiries.Split(' ')];
    private readonly Dictionary<string, List<string>> _alsoMeant = new(StringComparer.Ordinal);
    private readonly HashSet<string> _many = [.. FieldDeeds.Many.Split(' ')];
    private readonly HashSet<string> _deletes = [.. FieldDeeds.Deleting.Split(' ')];
    private readonly HashSet<string> _changes = new(StringComparer.Ordinal);

    private FieldWords()
    {
        Learn(FieldThings.Lines, _concepts);
        Learn(FieldThings.Spoken, _alsoMeant);
        Learn(FieldDeeds.Reading, _concepts);
        foreach (var concept in Learn(FieldDeeds.Changing, _concepts))
        {
            _changes.Add(concept);
        }

        _fillers.UnionWith(FieldDeeds.Fillers.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
    }

    public static FieldWords All => Once.Value;

    /// <summary>The mark of a wish that only looks.</summary>
    public static string Reading => "#read";

    public bool IsFiller(string word) => _fillers.Contains(word);

    /// <summary>What is meant by words of which several together mean something else.</summary>
    public List<string> Meant(List<string> words) => _idioms.Apply(words);

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

        return first + 1 < words.Count && _nounsAsWishes.Contains(words[first]) && IsFiller(words[first + 1]);
    }

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

    /// <summary>The parts of a compound such as <c>netzwerkkarteneinstellung</c>, all of them known words; none where it is no such compound.</summary>
    public IReadOnlyList<string> Parts(string word)
    {
        if (word.Length < ShortestCompound)
        {
            return [];
        }

        for (var first = word.Length - ShortestPart; first >= ShortestPart; first--)
        {
            if (!IsKnown(word[..first]))
            {
                continue;
            }

            foreach (var joint in Joints)
            {
                if (word.AsSpan(first).StartsWith(joint) && Rest(word[(first + joint.Length)..]) is { Count: > 0 } rest)
                {
                    return [word[..first], .. rest];
                }
            }
        }

        return [];
    }

    /// <summary>The known word that a word is a form of: <c>datenspeichern</c> is <c>datenspeicher</c>; null for none.</summary>
    public string? FormOf(string word) => Endings
        .Where(ending => word.Length - ending.Length > ShortestPart && word.EndsWith(ending, StringComparison.Ordinal))
        .Select(ending => word[..^ending.Length])
        .FirstOrDefault(IsKnown);

    private IReadOnlyList<string> Rest(string word) =>
        word.Length < ShortestPart ? [] : IsKnown(word) ? [word] : FormOf(word) is { } form ? [form] : Parts(word);

    private bool IsKnown(string word) => _concepts.ContainsKey(WordStem.Of(word));

    private List<string> Learn(string lines, Dictionary<string, List<string>> into)
    {
        var learnt = new List<string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
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
