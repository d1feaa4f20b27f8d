using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hypergate.Governance.Gates;

/// <summary>Hides what looks like something private, wherever it stands in the texts of an answer.</summary>
/// <param name="names">Which masks; <c>secrets</c> stands for several.</param>
internal sealed class MaskSet(IReadOnlyList<string> names)
{
    private static readonly string[] Secrets = ["aws_key", "private_key", "jwt", "bearer_token", "generic_secret"];

    private readonly Mask[] _masks = [.. names.SelectMany(static name => name == "secrets" ? Secrets : [name]).Distinct(StringComparer.Ordinal).Select(static name => Mask.Named(name))];

    /// <summary>Hides it in all texts of a value, keys left alone.</summary>
    /// <returns>Whether anything was hidden.</returns>
    public bool Hide(ref JsonNode? node)
    {
        if (_masks.Length == 0)
        {
            return false;
        }

        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String)
        {
            var (text, hidden) = (value.GetValue<string>(), Hide(value.GetValue<string>()));
            node = text == hidden ? node : JsonValue.Create(hidden);
            return text != hidden;
        }

        return node switch
        {
            JsonObject record => HideIn(record),
            JsonArray list => HideIn(list),
            _ => false,
        };
    }

    public string Hide(string text) => _masks.Aggregate(text, static (hidden, mask) => mask.Hide(hidden));

    private bool HideIn(JsonObject record)
    {
        var changed = false;
        foreach (var name in record.Select(static field => field.Key).ToList())
        {
            var value = record[name];
            if (Hide(ref value))
            {
                changed = true;
                if (!ReferenceEquals(value, record[name]))
                {
                    record[name] = value;
                }
            }
        }

        return changed;
    }

    private bool HideIn(JsonArray list)
    {
        var changed = false;
        for (var i = 0; i < list.Count; i++)
        {
            var value = list[i];
            if (Hide(ref value))
            {
                changed = true;
                if (!ReferenceEquals(value, list[i]))
                {
                    list[i] = value;
                }
            }
        }

        return changed;
    }
}

/// <summary>What one mask hides, and what stands in its place.</summary>
internal sealed class Mask
{
    private readonly Regex _pattern;
    private readonly Func<string, bool>? _isOne;
    private readonly string _mark;

    private Mask(string name, string pattern, Func<string, bool>? isOne)
    {
        _pattern = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(2));
        (_isOne, _mark) = (isOne, $"[{name.ToUpperInvariant()}]");
    }

    public static Mask Named(string name) => name switch
    {
        "email" => new(name, @"[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}", null),
        "phone" => new(name, @"(\+|\b00)[1-9][0-9]{0,2}[ ./-]?(\([0-9]{1,5}\)[ ./-]?)?([0-9]{1,5}[ ./-]?){2,6}[0-9]{1,4}\b", MaskChecks.IsPhone),
        "credit_card" => new(name, @"\b[0-9]{4}([ -]?[0-9]{4}){2}[ -]?[0-9]{1,7}\b", MaskChecks.IsCard),
        "iban" => new(name, @"\b[A-Z]{2}[0-9]{2}( ?[A-Z0-9]{4}){2,7}( ?[A-Z0-9]{1,4})?\b", MaskChecks.IsIban),
        "ipv4" => new(name, @"\b[0-9]{1,3}(\.[0-9]{1,3}){3}\b", MaskChecks.IsAddress),
        "ipv6" => new(name, @"([0-9A-Fa-f]{1,4}|:):[0-9A-Fa-f:.]{1,41}", MaskChecks.IsAddress),
        "mac" => new(name, @"\b[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}\b", null),
        "ssn" => new(name, @"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b", MaskChecks.IsSocialSecurityNumber),
        "aws_key" => new(name, @"\b(AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}\b", null),
        "private_key" => new(name, @"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*(-----END [A-Z ]{0,30}PRIVATE KEY-----)?", null),
        "jwt" => new(name, @"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*", null),
        "bearer_token" => new(name, @"\b[Bb]earer +[A-Za-z0-9._~+/-]{8,}=*", null),
        "generic_secret" => new(name, "\\b([Pp]assword|[Pp]asswd|[Ss]ecret|[Tt]oken|[Aa]pi[_-]?[Kk]ey|PASSWORD|SECRET|TOKEN|API_KEY)[\"']? ?[:=] ?[\"']?[^ \"',;&]{6,}", null),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such mask."),
    };

    public string Hide(string text) => _pattern.Replace(text, found => _isOne?.Invoke(found.Value) == false ? found.Value : _mark);
}
