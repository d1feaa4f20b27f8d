using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>The operation that the description of a deprecated one names in its place.</summary>
internal static partial class Successor
{
    private const int Reach = 120;

    /// <param name="deprecated">The operation that is going.</param>
    /// <param name="all">Those that may have taken its place.</param>
    /// <returns>Null where the text names none of them.</returns>
    public static Operation? Of(Operation deprecated, IReadOnlyList<Operation> all)
    {
        foreach (Match lead in Lead.Matches(deprecated.Description))
        {
            var start = lead.Index + lead.Length;
            var text = deprecated.Description[start..Math.Min(deprecated.Description.Length, start + Reach)];
            var named = all.Where(other => other != deprecated).Select(other => (Other: other, Place: PlaceIn(text, other)))
                .Where(static one => one.Place is not null).OrderBy(static one => one.Place).Select(static one => one.Other).FirstOrDefault();
            if (named is not null)
            {
                return named;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\b(?:use|replaced by|superseded by|in favou?r of|instead)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 100)]
    private static partial Regex Lead { get; }

    // By name, or as METHOD /path.
    private static int? PlaceIn(string text, Operation other) =>
        (IsTelling(other.Name) ? WordIn(text, other.Name) : null) ?? (IsTelling(other.DeclaredName) ? WordIn(text, other.DeclaredName) : null) ?? WordIn(text, $"{other.Method} {other.Path}");

    // A name that could be an English word tells nothing.
    private static bool IsTelling(string name) => name.AsSpan(1).ContainsAny('_', '.') || name.Skip(1).Any(char.IsUpper);

    private static int? WordIn(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !IsPart(text[at - 1])) && (at + word.Length == text.Length || !IsPart(text[at + word.Length])))
            {
                return at;
            }
        }

        return null;
    }

    private static bool IsPart(char character) => char.IsLetterOrDigit(character) || character is '_' or '/' or '{';
}
