using System.Text.RegularExpressions;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Results;

/// <summary>What is secret beside what the gateway takes for secret by itself.</summary>
public sealed record RedactionSettings
{
    /// <summary>The longest expression, in characters.</summary>
    public const int LongestPattern = 1_000;

    /// <summary>Names as <see cref="RedactionRules.Hidden"/>, or places as <see cref="RedactionRules.SecretsInside"/>.</summary>
    [Setting("Fields whose values are secrets, in answers, previews and audit: a name (internalToken, whatever its case and separators, also as the last words of a longer one), or a name directly inside "
        + "another (smtp.auth, compared exactly). Roles whose secrets name the backend see them in answers.", Example = "[internalToken, smtp.auth]")]
    public IReadOnlyList<string> SecretFields { get; init; } = [];

    [Setting("Further names under which callers pass secrets, beside password, token, apikey and the like: such arguments are hidden in audit, previews and errors, not in answers.", Example = "[passcode, seed]")]
    public IReadOnlyList<string> ExtraNames { get; init; } = [];

    [Setting("Regular expressions; what fits becomes *** in everything that leaves: answers, errors, log, audit, for everybody. Only such as cannot backtrack: no look-around, no back references.",
        Example = "[\"acme-[0-9a-f]{32}\"]")]
    public IReadOnlyList<string> ExtraPatterns { get; init; } = [];

    /// <summary>The rules of a kind of platform with what the settings add.</summary>
    public RedactionRules AddTo(RedactionRules rules) => SecretFields.Count + ExtraNames.Count == 0 ? rules : rules with
    {
        Hidden = [.. rules.Hidden, .. SecretFields.Where(static field => !field.Contains('.', StringComparison.Ordinal))],
        SecretsInside = [.. rules.SecretsInside, .. SecretFields.Where(static field => field.Contains('.', StringComparison.Ordinal))],
        PassedUnder = [.. rules.PassedUnder, .. ExtraNames],
    };

    /// <summary>The expressions, made to be matched in a time that grows with the text alone.</summary>
    public IReadOnlyList<Regex> Patterns() => [.. ExtraPatterns.Select(Pattern)];

    /// <summary>Why an expression cannot be used, as a predicate; null where it can.</summary>
    public static string? Problem(string pattern)
    {
        if (pattern.Length is 0 or > LongestPattern)
        {
            return $"must be an expression of at most {LongestPattern} characters";
        }

        try
        {
            return Pattern(pattern).IsMatch("") ? "fits the empty text, and so every text" : null;
        }
        catch (RegexParseException exception)
        {
            return $"is no regular expression: {exception.Message}";
        }
        catch (NotSupportedException)
        {
            return "cannot be matched without backtracking, or is too large for that: leave out look-around, back references and atomic groups, and bound repetitions lower";
        }
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
