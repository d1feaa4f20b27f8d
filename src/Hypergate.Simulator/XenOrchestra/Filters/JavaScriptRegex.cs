using System.Text.RegularExpressions;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>Regular expressions of a filter, which are JavaScript's.</summary>
internal static class JavaScriptRegex
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <exception cref="FilterSyntaxException">The pattern is none.</exception>
    public static Regex Of(string pattern, bool ignoreCase)
    {
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(EndsAtTheVeryEnd(pattern), options, Limit);
        }
        catch (RegexParseException wrong)
        {
            throw new FilterSyntaxException($"Invalid regular expression: /{pattern}/: {Words(wrong.Error)}");
        }
    }

    /// <summary>Text with <c>*</c> for any characters, found anywhere and without case.</summary>
    public static Regex OfGlob(string glob) =>
        new(string.Join(".*", glob.Split('*').Select(Regex.Escape)), RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Limit);

    // In .NET $ also stands before a last line end, in JavaScript it does not.
    private static string EndsAtTheVeryEnd(string pattern) =>
        pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal) ? pattern[..^1] + "\\z" : pattern;

    private static string Words(RegexParseError error) => error switch
    {
        RegexParseError.InsufficientClosingParentheses => "Unterminated group",
        RegexParseError.InsufficientOpeningParentheses => "Unmatched ')'",
        RegexParseError.UnterminatedBracket => "Unterminated character class",
        RegexParseError.UnescapedEndingBackslash => "\\ at end of pattern",
        RegexParseError.QuantifierAfterNothing or RegexParseError.NestedQuantifiersNotParenthesized => "Nothing to repeat",
        RegexParseError.ReversedCharacterRange => "Range out of order in character class",
        RegexParseError.ReversedQuantifierRange => "numbers out of order in {} quantifier",
        _ => "Invalid group",
    };
}
