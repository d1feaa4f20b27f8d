namespace Hypergate.Schemas;

/// <summary>Lists in sentences.</summary>
internal static class Words
{
    private const int MostListed = 20;

    /// <summary><c>a</c>, <c>a or b</c>, <c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";

    /// <summary>With commas, and the number of those left out when there are many.</summary>
    public static string List(IReadOnlyCollection<string> words) =>
        words.Count <= MostListed ? string.Join(", ", words) : $"{string.Join(", ", words.Take(MostListed))} and {words.Count - MostListed} more";

    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
