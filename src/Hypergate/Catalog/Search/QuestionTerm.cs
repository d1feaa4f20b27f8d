namespace Hypergate.Catalog.Search;

/// <summary>One wish of a question: a word, and the concepts that it may stand for.</summary>
/// <param name="Alternatives">Words of the index with their weights; the best of them counts.</param>
/// <param name="IsDeed">Whether it is something to do rather than something that there is.</param>
internal sealed record QuestionTerm(IReadOnlyList<(string Word, double Weight)> Alternatives, bool IsDeed);
