using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Backends.Http;
using Hypergate.Descriptions;

namespace Hypergate.Backends.Rest;

/// <summary>Finds in an answer of status 403 which right was missing, in a field of its own or in a sentence.</summary>
internal static partial class MissingRight
{
    private const int MostRights = 5;
    private const int LongestRight = 80;
    private const int LongestText = 2_000;
    private const int Deepest = 3;

    private static readonly string[] Fields =
    [
        "missing_permission", "missing_permissions", "required_permission", "required_permissions", "missing_privilege", "missing_privileges", "required_privilege", "required_privileges",
        "missing_right", "missing_rights", "required_right", "required_rights", "missing_role", "required_role", "required_roles", "missing_scope", "missing_scopes", "required_scope", "required_scopes",
        "permission", "permissions", "privilege", "privileges",
    ];

    /// <summary>The names of the rights; null where the answer does not say.</summary>
    public static string? In(HttpReply reply)
    {
        if (reply.Status != 403)
        {
            return null;
        }

        var body = PlatformClient.ValueOf(reply);
        var named = InFields(body, 0).Take(MostRights).ToList();
        if (named.Count > 0)
        {
            return string.Join(", ", named);
        }

        var text = RestErrors.Words(reply);
        return InSentence(text.Length > LongestText ? text[..LongestText] : text);
    }

    private static IEnumerable<string> InFields(JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object || depth > Deepest)
        {
            yield break;
        }

        foreach (var property in value.EnumerateObject())
        {
            var known = Fields.Contains(string.Join('_', Words.Split(property.Name)));
            foreach (var right in known ? Texts(property.Value) : InFields(property.Value, depth + 1))
            {
                yield return right;
            }
        }
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when IsName(value.GetString()!) => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String && IsName(item.GetString()!)).Select(static item => item.GetString()!),
        _ => [],
    };

    private static string? InSentence(string text)
    {
        try
        {
            return Sentences().Match(text) is { Success: true } found && found.Groups["right"].Value.TrimEnd('.', ':') is { Length: > 0 } right && IsName(right) ? right : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static bool IsName(string text) => text.Length is > 1 and <= LongestRight && text.All(static sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or ':' or '_' or '-' or '/' or '*');

    // "lacks the privilege VM.Power", "missing permission: vm:power", "requires 'vm.power'", "VM.Power permission is required", "Permission check failed (/vms/100, VM.PowerMgmt)".
    [GeneratedRegex(
        """
        \b(?:lack(?:s|ing)?|missing|requires?|need(?:s|ed)?)\s+(?:the\s+|a\s+)?(?:missing\s+|required\s+)?(?:(?:permission|privilege|right|role|scope)s?\b\s*:?\s*)["'`(]?(?<right>[A-Za-z][\w.:/*-]+)
        |\b(?:lacks?|missing|requires?|needs)\s+["'`]?(?<right>[A-Za-z]\w*[.:][\w.:/*-]+)
        |["'`]?(?<right>[A-Za-z]\w*[.:][\w.:/*-]+)["'`]?\s+(?:permission|privilege|right|role|scope)\b
        |check\s+failed\s*\(\S+,\s*(?<right>[A-Za-z][\w.|-]+)
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 200)]
    private static partial Regex Sentences();
}
