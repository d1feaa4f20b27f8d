using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Hypergate.Schemas;

/// <summary>The patterns of schemas: ECMAScript expressions from outside, so each match has a time limit.</summary>
internal static class SchemaPatterns
{
    private const int MostKept = 256;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(100);
    private static readonly ConcurrentDictionary<string, Regex?> Kept = new(StringComparer.Ordinal);

    /// <summary>Whether the text matches; true for a pattern that is none; null where it takes too long to know.</summary>
    public static bool? Matches(string pattern, string text)
    {
        var regex = Find(pattern);
        return regex is null ? true : InTime(regex, text) ?? InTime(regex, text);
    }

    // A second time, because the limit is one of the clock: a process that was held up is none that takes too long.
    private static bool? InTime(Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex? Find(string pattern)
    {
        if (Kept.TryGetValue(pattern, out var kept))
        {
            return kept;
        }

        var regex = Create(pattern, RegexOptions.ECMAScript) ?? Create(pattern, RegexOptions.CultureInvariant);
        if (Kept.Count >= MostKept)
        {
            Kept.Clear();
        }

        return Kept[pattern] = regex;
    }

    private static Regex? Create(string pattern, RegexOptions options)
    {
        try
        {
            return new(WithStrictEnd(pattern), options, TimeLimit);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>In .NET <c>$</c> also matches before a last line feed; in ECMAScript only at the very end.</summary>
    private static string WithStrictEnd(string pattern)
    {
        if (!pattern.Contains('$', StringComparison.Ordinal))
        {
            return pattern;
        }

        var strict = new StringBuilder(pattern.Length + 4);
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var character = pattern[at];
            inClass = character switch { '[' => true, ']' => false, _ => inClass };
            if (character == '\\' && at + 1 < pattern.Length)
            {
                strict.Append(character).Append(pattern[++at]);
            }
            else
            {
                strict.Append(character == '$' && !inClass ? @"\z" : character.ToString());
            }
        }

        return strict.ToString();
    }
}
