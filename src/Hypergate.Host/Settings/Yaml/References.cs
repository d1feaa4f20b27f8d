using System.Text;
using System.Text.Json;
using Hypergate.Host.Credentials;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>Puts the values of <c>${env:NAME}</c>, <c>${file:PATH}</c>, <c>${secret:NAME}</c> and <c>${exec:NAME}</c> into texts; <c>$${</c> stands for <c>${</c> itself.</summary>
/// <param name="sources">The process.</param>
/// <param name="folder">Where relative paths start.</param>
/// <param name="mayRun">Whether a program may be asked.</param>
/// <param name="root">The settings, which may name one.</param>
internal sealed class References(SettingsSources sources, string folder, bool mayRun = false, SettingsNode? root = null)
{
    private const string Credentials = "credentials";

    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _programNames = new(StringComparer.Ordinal);
    private CredentialReference? _references;

    /// <summary>Every variable that was asked for.</summary>
    public IReadOnlySet<string> Variables => _variables;

    /// <summary>Every file that a value came from, or would have.</summary>
    public IReadOnlySet<string> Files => _files;

    /// <summary>Every name that a program was asked for.</summary>
    public IReadOnlySet<string> ProgramNames => _programNames;

    /// <summary>Asks the program that the settings name; null where they may not.</summary>
    public ProgramStore? Programs => mayRun ? field ??= new ProgramStore(ProgramIn(root), TimeProvider.System) : null;

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
        else if (reference.Split(':', 2) is ["file", { Length: > 0 } path])
        {
            _files.Add(sources.Absolute(path, folder));
        }
        else if (reference.Split(':', 2) is ["exec", { Length: > 0 } asked])
        {
            _programNames.Add(asked);
        }
        else if (reference.StartsWith("secret:", StringComparison.Ordinal))
        {
            _files.Add(SecretStore.PathIn(SettingsCompletion.DataFolder(sources)));
        }

        // Most settings refer to no store, and none is opened for them.
        _references ??= new CredentialReference(sources, new SecretStore(sources, SettingsCompletion.DataFolder(sources)), Programs);
        var found = _references.Find(reference, folder);
        return found is (null, null)
            ? (null, $"has a reference ${{{ValueText.Cut(reference, 40)}}} that means nothing; "
                + "write ${env:NAME}, ${file:PATH}, ${secret:NAME} or ${exec:NAME}, or $${ where none is meant")
            : found;
    }

    // Looked at before the rest: values of the rest may come from it.
    private CredentialSettings ProgramIn(SettingsNode? settings)
    {
        if ((settings as SettingsNode.Map)?.Find(Credentials) is not SettingsNode.Map given)
        {
            return new();
        }

        var schema = SettingsSchema.Read().GetProperty("properties").GetProperty(Credentials);
        var document = SettingsDocumentWriter.Write(given, schema, new References(sources, folder), given.Place.Source);
        return document.Faults.Count > 0 || JsonSchemaCheck.Find(schema, document.Root).Any()
            ? new()
            : SettingsDefaults.Fill(document.Root, schema).Deserialize(SettingsJsonContext.Default.CredentialSettings)!;
    }
}
