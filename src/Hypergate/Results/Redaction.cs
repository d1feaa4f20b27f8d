using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Results;

/// <summary>
/// Decides, while a value is written, which parts of it may be seen. A caller can ask for some fields by name, so an
/// instance serves the answers to callers who asked for the same. Safe to use from several threads.
/// </summary>
public sealed class Redaction
{
    /// <summary>What stands in place of a hidden value.</summary>
    public const string Mark = "[REDACTED]";

    private readonly RedactionRules _rules;
    private readonly SecretScrubber _scrubber;
    private readonly SecretNames _hidden;
    private readonly SecretNames _addresses;
    private readonly string[] _hiddenInside;
    private readonly Credential[] _credentials;

    /// <param name="rules">What the kind of backend hides.</param>
    /// <param name="scrubber">The secrets of this process.</param>
    /// <param name="askedFields">
    /// The fields that the caller named. A field that is hidden unless asked shows when it is a part of one of these paths.
    /// </param>
    public Redaction(RedactionRules rules, SecretScrubber scrubber, IEnumerable<string>? askedFields = null)
    {
        var asked = (askedFields ?? []).SelectMany(static field => field.Split('.').Append(field)).ToHashSet(StringComparer.Ordinal);
        _rules = rules;
        _scrubber = scrubber;
        _hidden = new(rules.Hidden.Concat(rules.HiddenUnlessAsked.Where(name => !asked.Contains(name))));
        _addresses = new(rules.Addresses);
        _hiddenInside = [.. rules.HiddenInside, .. rules.SecretsInside];
        _credentials = [.. rules.Credentials.Select(static rule => new Credential(rule))];
    }

    /// <summary>Whether other fields are hidden where these are asked for by name.</summary>
    public bool DependsOn(IReadOnlyList<string> askedFields)
    {
        foreach (var name in _rules.HiddenUnlessAsked)
        {
            foreach (var field in askedFields)
            {
                if (field.Contains(name, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the value of a property is hidden.</summary>
    /// <param name="owner">The object that has the property.</param>
    /// <param name="ownerName">The name of the property that holds that object, or the list of it; empty at the root.</param>
    /// <param name="name">The property.</param>
    public bool Hides(JsonElement owner, string ownerName, string name) =>
        _hidden.Contain(name) || IsHiddenInside(ownerName, name) || IsCredential(owner, name);

    /// <summary>Whether a property of a row itself can be hidden at all; what decides that in each row is <see cref="Hides"/>.</summary>
    internal bool MayHide(string name)
    {
        foreach (var rule in _credentials)
        {
            if (rule.Rule.Secret == name)
            {
                return true;
            }
        }

        return _hidden.Contain(name) || IsHiddenInside("", name);
    }

    /// <summary>The text of a value without user info in addresses and without known secrets.</summary>
    /// <param name="name">The property that holds it; empty for an element of the root.</param>
    /// <param name="text">The text, already without invisible characters.</param>
    public string Text(string name, string text)
    {
        if (_rules.ShowsAddressSecrets)
        {
            return _scrubber.Scrub(text);
        }

        var open = _addresses.Contain(name) ? AddressCredentials.HideInAddress(text) : AddressCredentials.Hide(text);
        return _scrubber.Scrub(QuerySecrets.Hide(open));
    }

    /// <summary>Whether <see cref="Text"/> and the cleaning of texts have nothing to do, whatever property holds the value.</summary>
    /// <param name="text">What stands between the quotes of a JSON string.</param>
    internal bool IsPlain(ReadOnlySpan<byte> text) => _scrubber.IsTooShort(text.Length) && PlainText.Is(text);

    private bool IsHiddenInside(string ownerName, string name)
    {
        foreach (var rule in _hiddenInside)
        {
            if (rule.Length == ownerName.Length + name.Length + 1 && rule[ownerName.Length] == '.' &&
                rule.StartsWith(ownerName, StringComparison.Ordinal) && rule.EndsWith(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCredential(JsonElement owner, string name)
    {
        foreach (var rule in _credentials)
        {
            if (rule.Rule.Secret == name && rule.Is(owner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An object that holds a credential, told by the properties beside it.</summary>
    private sealed class Credential(CredentialObject rule)
    {
        private readonly byte[][] _beside = [.. rule.Beside.Select(Encoding.UTF8.GetBytes)];

        public CredentialObject Rule => rule;

        public bool Is(JsonElement owner)
        {
            if (owner.ValueKind != JsonValueKind.Object || !Mentions(JsonMarshal.GetRawUtf8Value(owner)))
            {
                return false;
            }

            foreach (var name in rule.Beside)
            {
                if (!JsonText.TryGet(owner, name, out _))
                {
                    return false;
                }
            }

            return true;
        }

        // Most objects do not even hold the words, which is quicker to see than which properties they have. An escaped name is looked up.
        private bool Mentions(ReadOnlySpan<byte> json)
        {
            foreach (var name in _beside)
            {
                if (json.IndexOf(name) < 0)
                {
                    return json.Contains((byte)'\\');
                }
            }

            return true;
        }
    }
}
