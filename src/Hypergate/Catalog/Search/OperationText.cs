using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Catalog.Search;

/// <summary>The words of an operation with their weights: what its name says counts more than what its description mentions.</summary>
internal sealed class OperationText
{
    private const double OfName = 3;
    private const double OfPath = 2;
    private const double OfTitle = 2;
    private const double OfTag = 1.5;
    private const double OfFirstSentence = 1.5;
    private const double OfDescription = 0.4;
    private const double OfUse = 3;
    private const double OfUseAside = 1;
    private const double OfSibling = 0.6;
    private const double OfParameter = 0.3;
    private const int MostBodyNames = 60;
    private const int LeastShareOfCommon = 3;

    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);

    private readonly List<PathWord> _path = [];

    private readonly List<IReadOnlyList<PathWord>> _uses = [];

    private readonly HashSet<string> _things = new(StringComparer.Ordinal);

    private OperationText(FieldWords field, Operation operation, string common)
    {
        Family = operation.Path is [.., '}'] ? operation.Path[..operation.Path.LastIndexOf('/')] : operation.Path;
        Add(field, operation.Name, OfName);
        var end = EndOfSentence(operation.Description);
        Add(field, operation.Title, OfTitle);
        Add(field, operation.Description[..end], OfFirstSentence, _things);
        Add(field, WithoutRequirements(operation.Description[end..]), OfDescription);
        foreach (var tag in operation.Tags)
        {
            Add(field, tag, OfTag);
        }

        var path = common.Length > 0 && operation.Path.StartsWith(common, StringComparison.Ordinal) ? operation.Path[common.Length..] : operation.Path;
        var segments = path.Split('/');
        Object = [.. SearchText.Split(segments.LastOrDefault(static segment => segment is not ['{', ..]) ?? "").Select(WordStem.Of).SelectMany(stem => field.PhraseAt([stem], 0).Concepts)];
        for (var i = 0; i < segments.Length; i++)
        {
            AddPath(field, segments[i] is ['{', ..] ? "" : segments[i], isOfOne: i + 1 < segments.Length && segments[i + 1] is ['{', ..]);
        }

        if (path.Length < operation.Path.Length)
        {
            Forget(field, common, operation.Name);
        }

        Things = [.. _things];
        Length = _weights.Values.Sum();
        foreach (var use in OperationUses.All.Of(operation))
        {
            AddUse(field, use);
        }

        foreach (var name in operation.Parameters.Where(static parameter => parameter.Place != ParameterPlace.Path).Select(static parameter => parameter.Name).Concat(BodyNames(operation)))
        {
            Add(field, name, OfParameter);
        }
    }

    /// <summary>Stems and concepts with the sum of their weights.</summary>
    public IReadOnlyDictionary<string, double> Weights => _weights;

    /// <summary>The path of the resource; operations that share it are about the same thing.</summary>
    public string Family { get; }

    /// <summary>What the first sentence is about, without what is done to it.</summary>
    public IReadOnlyList<string> Things { get; }

    /// <summary>Of the text. Uses and parameters do not count: to have many of them is no reason to be found less.</summary>
    public double Length { get; }

    /// <summary>The words of the path: what the operation is about.</summary>
    public IReadOnlyList<PathWord> PathWords => _path;

    /// <summary>The words of each thing that it is good for.</summary>
    public IReadOnlyList<IReadOnlyList<PathWord>> Uses => _uses;

    /// <summary>The words and concepts with which the path ends: <c>nodes</c> of <c>/nodes</c> and of <c>/nodes/{node}</c>.</summary>
    public IReadOnlyList<string> Object { get; private set; } = [];

    /// <param name="field">The words of the field.</param>
    /// <param name="operations">All operations of a backend.</param>
    public static IReadOnlyList<OperationText> Of(FieldWords field, IReadOnlyList<Operation> operations)
    {
        var common = CommonBeginning(operations);
        var texts = new List<OperationText>(operations.Count);
        foreach (var operation in operations)
        {
            texts.Add(new OperationText(field, operation, common));
        }

        Share(texts);
        return texts;
    }

    // "/nodes/{node}/" before two thirds of all paths tells nothing of any of them. Empty where no beginning is that common.
    private static string CommonBeginning(IReadOnlyList<Operation> operations)
    {
        var (beginning, count) = operations
            .Select(static operation => operation.Path.Split('/'))
            .Where(static segments => segments is [_, not ['{', ..], ['{', ..], _, ..])
            .CountBy(static segments => $"/{segments[1]}/{segments[2]}/", StringComparer.Ordinal)
            .OrderByDescending(static entry => entry.Value).FirstOrDefault();
        return count * LeastShareOfCommon > operations.Count ? beginning : "";
    }

    /// <summary>
    /// What one operation's description says of a resource holds for the others: "new backup job" tells that the list on the same
    /// path is one of jobs.
    /// </summary>
    private static void Share(IReadOnlyList<OperationText> texts)
    {
        foreach (var family in texts.GroupBy(static text => text.Family, StringComparer.Ordinal))
        {
            var members = family.ToList();
            foreach (var word in members.SelectMany(static text => text.Things).Distinct(StringComparer.Ordinal))
            {
                foreach (var text in members.Where(text => !text._weights.ContainsKey(word)))
                {
                    text._weights[word] = OfSibling;
                }
            }
        }
    }

    private static int EndOfSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? end + 1 : text.Length;

    // The rights that a call needs are none of the things that it is about.
    private static string WithoutRequirements(string text) =>
        text.IndexOf("Needs ", StringComparison.Ordinal) is >= 0 and var needs ? text[..needs]
        : text.IndexOf("Only root", StringComparison.Ordinal) is >= 0 and var only ? text[..only] : text;

    private static IEnumerable<string> BodyNames(Operation operation) =>
        operation.Body is { } body && body.Schema.ValueKind == JsonValueKind.Object
        && body.Schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Take(MostBodyNames).Select(static property => property.Name)
            : [];

    // "Of the node", of which two thirds of all operations speak, tells nothing of any of them; those that are about it name it.
    private void Forget(FieldWords field, string common, string name)
    {
        var named = SearchText.Split(name).ConvertAll(WordStem.Of);
        foreach (var stem in SearchText.Split(common).Select(WordStem.Of).Where(stem => !named.Contains(stem)))
        {
            foreach (var word in field.PhraseAt([stem], 0).Concepts.Append(stem))
            {
                _weights.Remove(word);
                _things.Remove(word);
            }
        }
    }

    private void AddPath(FieldWords field, string segment, bool isOfOne)
    {
        foreach (var stem in Add(field, segment, OfPath))
        {
            if (_path.TrueForAll(known => known.Stem != stem))
            {
                _path.Add(new PathWord(stem, [stem, .. field.PhraseAt([stem], 0).Concepts]) { IsOfOne = isOfOne });
            }
        }
    }

    // A word that stands in several uses counts once.
    private void AddUse(FieldWords field, string use)
    {
        var words = new List<PathWord>();
        var stems = field.Meant(SearchText.Split(use)).ConvertAll(WordStem.Of);
        for (var place = 0; place < stems.Count;)
        {
            var (length, concepts) = field.PhraseAt(stems, place);
            if (concepts.Count > 0 && concepts.All(static concept => concept == FieldWords.Reading))
            {
                // "Which vm is in which network": that it is asked tells nothing of what it is about.
                place += Math.Max(length, 1);
                continue;
            }

            if (length < 2 && !field.IsFiller(stems[place]))
            {
                AtLeast(stems[place], concepts.Count > 0 ? OfUse : OfUseAside);
            }

            foreach (var concept in concepts)
            {
                AtLeast(concept, OfUse);
            }

            if (concepts.Count > 0 || !field.IsFiller(stems[place]))
            {
                words.Add(new PathWord(concepts.Count > 0 ? concepts[0] : stems[place], [stems[place], .. concepts]));
            }

            place += Math.Max(length, 1);
        }

        _uses.Add(words);
    }

    private void AtLeast(string word, double weight) => _weights[word] = Math.Max(_weights.GetValueOrDefault(word), weight);

    private List<string> Add(FieldWords field, string text, double weight, HashSet<string>? things = null)
    {
        var stems = SearchText.Split(text).ConvertAll(WordStem.Of);
        for (var place = 0; place < stems.Count; place++)
        {
            Count(stems[place], weight);
            var concepts = field.PhraseAt(stems, place).Concepts;
            var isThing = concepts.Count > 0 && concepts.All(concept => !field.Changes(concept) && concept != FieldWords.Reading);
            foreach (var concept in concepts)
            {
                Count(concept, weight);
            }

            if (isThing)
            {
                things?.UnionWith(concepts);
                things?.Add(stems[place]);
            }
        }

        return stems;
    }

    private void Count(string word, double weight) => _weights[word] = _weights.GetValueOrDefault(word) + weight;
}

/// <summary>A word of a path, or of a use.</summary>
/// <param name="Stem">The word.</param>
/// <param name="WithConcepts">The word and the concepts that it stands for.</param>
internal sealed record PathWord(string Stem, IReadOnlyList<string> WithConcepts)
{
    /// <summary>Whether the path goes on with one of what the word names: <c>vms</c> in <c>/vms/{id}/alarms</c>.</summary>
    public bool IsOfOne { get; init; }
}
