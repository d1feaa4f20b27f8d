using System.Globalization;
using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>
/// Keeps filters away from what answers hide: the server compares with the hidden value, so that the number of rows would tell it
/// letter by letter.
/// </summary>
internal static partial class FilterSecrets
{
    /// <summary>In characters: the server's own limit is of the whole address.</summary>
    private const int LongestFilter = 16_000;

    /// <summary>Fields whose text holds a credential beside harmless parts.</summary>
    private static readonly string[] WithCredentials = ["url", "httpProxy"];

    /// <summary>Why a call's filter is refused; null where it is not.</summary>
    public static string? Problem(Call call, RedactionRules rules)
    {
        if (!call.Arguments.TryGetProperty("filter", out var argument) || argument.ToString() is not { Length: > 0 } filter)
        {
            return null;
        }

        if (filter.Length > LongestFilter)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The filter has {filter.Length:N0} characters, and the server takes {LongestFilter:N0} at most: ask in parts.");
        }

        string[] hidden = [.. rules.Hidden, .. WithCredentials, .. call.Operation.Access == Access.Read ? [] : rules.Credentials.Select(static rule => rule.Secret)];
        if (Names(filter).FirstOrDefault(name => IsOneOf(name, hidden)) is { } named)
        {
            return $"The filter asks for '{named}', which is hidden: a filter would tell it.";
        }

        // Where rows hold a secret, a word without a name would be looked for in it too.
        var rowsHoldSecrets = call.Operation.Access != Access.Read || call.Operation.KnownFields.Any(field => IsOneOf(field, hidden));
        return rowsHoldSecrets && !Simple().IsMatch(filter)
            ? $"The objects of {call.Operation.Name} hold secrets, so its filter takes only terms of the form name:value, name:\"two words\", name:>1 or name?, joined by blanks."
            : null;
    }

    private static IEnumerable<string> Names(string filter) =>
        Name().Matches(filter.Replace("\\", "", StringComparison.Ordinal)).Select(static match => match.Groups["name"].Value);

    // As in answers: a name is hidden when its last words are a hidden name.
    private static bool IsOneOf(string name, string[] hidden) =>
        Array.Exists(hidden, one => Fold(name).EndsWith(Fold(one), StringComparison.OrdinalIgnoreCase));

    private static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w.$-])(?<name>[\w.$-]+)""?\s*[:?]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s*(!?[\w.$-]+(\?|:(""[^""\\]*""|(>=?|<=?)?[\w.$@-]+))(\s+|$))*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Simple();
}
