using System.Text;
using Hypergate.Host.Credentials;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>Puts the values of <c>${env:NAME}</c>, <c>${file:PATH}</c> and <c>${secret:NAME}</c> into texts; <c>$${</c> stands for <c>${</c> itself.</summary>
internal sealed class References(SettingsSources sources, string folder)
{
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private CredentialReference? _references;

    /// <summary>Every variable that was asked for.</summary>
    public IReadOnlySet<string> Variables => _variables;

    public static bool AreIn(string text) => text.Contains("${", StringComparison.Ordinal);

    /// <summary>The text with values; or what is wrong, as a predicate. What the values hold is not looked at again.</summary>
    public (string Text, string? Problem) Resolve(string text)
    {
        var resolved = new StringBuilder();
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is var start and >= 0)
        {
            if (start > at && text[start - 1] == '$')
            {
                resolved.Append(text, at, start - 1 - at).Append("${");
                at = start + 2;
                continue;
            }

            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                return (text, "has ${ without its }; write $${ where no reference is meant");
            }

            var (value, problem) = Look(text[(start + 2)..end]);
            if (problem is not null)
            {
                return (text, problem);
            }

            resolved.Append(text, at, start - at).Append(value);
            at = end + 1;
        }

        return (resolved.Append(text, at, text.Length - at).ToString(), null);
    }

    private (string? Value, string? Problem) Look(string reference)
    {
        if (reference.Split(':', 2) is ["env", var name] && name != "")
        {
            _variables.Add(name);
        }

        // Most settings refer to no store, and none is opened for them.
        _references ??= new CredentialReference(sources, new SecretStore(sources, SettingsCompletion.DataFolder(sources)));
        var found = _references.Find(reference, folder);
        return found is (null, null)
            ? (null, $"has a reference ${{{Schemas.ValueText.Cut(reference, 40)}}} that means nothing; "
                + "write ${env:NAME}, ${file:PATH} or ${secret:NAME}, or $${ where none is meant")
            : found;
    }
}
