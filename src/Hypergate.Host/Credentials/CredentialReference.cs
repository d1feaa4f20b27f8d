using Hypergate.Host.Settings;

namespace Hypergate.Host.Credentials;

/// <summary>Where a value lies, as in settings: <c>secret:NAME</c>, <c>env:NAME</c>, <c>file:PATH</c>.</summary>
internal sealed class CredentialReference(SettingsSources sources, SecretStore store)
{
    /// <summary>Whether a text is one.</summary>
    public static bool IsWellFormed(string text) => text.Split(':', 2) switch
    {
        ["secret", var name] => SecretStore.IsName(name),
        ["env" or "file", { Length: > 0 }] => true,
        _ => false,
    };

    /// <summary>The value; or what is wrong, as a predicate.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="folder">Where relative paths start.</param>
    public (string? Value, string? Problem) Find(string text, string folder) => text.Split(':', 2) switch
    {
        ["env", var name] when name != "" => sources.Variable(name) is { } value ? (value, null) : (null, $"needs the environment variable {name}, which is not set"),
        ["file", var path] when path != "" => SecretFile.Read(sources.Absolute(path, folder)),
        ["secret", var name] when name != "" => FindSecret(name),
        _ => (null, null),
    };

    private (string? Value, string? Problem) FindSecret(string name)
    {
        try
        {
            return store.Find(name) is { } value ? (value, null) : (null, $"needs the secret {name}, which is not in the store; run: hypergate secrets set {name}");
        }
        catch (SettingsException exception)
        {
            return (null, $"needs the secret {name}. {exception.Message}");
        }
    }
}
