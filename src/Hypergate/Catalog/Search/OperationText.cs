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
    private const double OfParameter = 0.3;
    private const int MostBodyNames = 60;

    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);

    private readonly List<PathWord> _path = [];

    private OperationText(FieldWords field, Operation operation)
    {
        Add(field, operation.Name, OfName);
        var end = EndOfSentence(operation.Description);
        Add(field, operation.Title, OfTitle);
        Add(field, operation.Description[..end], OfFirstSentence);
        Add(field, operation.Description[end..], OfDescription);
        foreach (var tag in operation.Tags)
        {
            Add(field, tag, OfTag);
        }

        foreach (var segment in operation.Path.Split('/').Where(static segment => segment is not ['{', ..]))
        {
            AddPath(field, segment);
        }

        foreach (var name in operation.Parameters.Select(static parameter => parameter.Name).Concat(BodyNames(operation)))
        {
            Add(field, name, OfParameter);
        }
    }

    /// <summary>Stems and concepts with the sum of their weights.</summary>
    public IReadOnlyDictionary<string, double> Weights => _weights;

    /// <summary>The words of the path: what the operation is about.</summary>
    public IReadOnlyList<PathWord> PathWords => _path;

    public static OperationText Of(FieldWords field, Operation operation) => new(field, operation);

    private static int EndOfSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? end + 1 : text.Length;

    private static IEnumerable<string> BodyNames(Operation operation) =>
        operation.Body is { } body && body.Schema.ValueKind == JsonValueKind.Object
        && body.Schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Take(MostBodyNames).Select(static property => property.Name)
            : [];

    private void AddPath(FieldWords field, string segment)
    {
        foreach (var stem in Add(field, segment, OfPath))
        {
            if (_path.TrueForAll(known => known.Stem != stem))
            {
                _path.Add(new PathWord(stem, [stem, .. field.PhraseAt([stem], 0).Concepts]));
            }
        }
    }

    private List<string> Add(FieldWords field, string text, double weight)
    {
        var stems = SearchText.Split(text).ConvertAll(WordStem.Of);
        for (var place = 0; place < stems.Count; place++)
        {
            Count(stems[place], weight);
            foreach (var concept in field.PhraseAt(stems, place).Concepts)
            {
                Count(concept, weight);
            }
        }

        return stems;
    }

    private void Count(string word, double weight) => _weights[word] = _weights.GetValueOrDefault(word) + weight;
}

/// <summary>A word of a path.</summary>
/// <param name="Stem">The word.</param>
/// <param name="WithConcepts">The word and the concepts that it stands for.</param>
internal sealed record PathWord(string Stem, IReadOnlyList<string> WithConcepts);
