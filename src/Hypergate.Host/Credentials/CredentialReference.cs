using Hypergate.Host.Settings;

namespace Hypergate.Host.Credentials;

/// <summary>Where a value lies, as in settings: <c>secret:NAME</c>, <c>env:NAME</c>, <c>file:PATH</c>, <c>exec:NAME</c>.</summary>
/// <param name="sources">The process.</param>
/// <param name="store">The secrets store.</param>
/// <param name="programs">Asks a program; null where none may be asked.</param>
internal sealed class CredentialReference(SettingsSources sources, SecretStore store, ProgramStore? programs)
{
    /// <summary>Whether a text is one.</summary>
    public static bool IsWellFormed(string text) => text.Split(':', 2) switch
    {
        ["secret" or "exec", var name] => SecretStore.IsName(name),
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
        ["exec", var name] when name != "" => programs?.Find(name) ?? (null, $"needs exec:{name}, but a settings file that was only found in the working folder runs no programs; if you trust it, name it with --config"),
        _ => (null, null),
    };

    /// <summary>Forgets what a program said; false where the value is none of a program's.</summary>
    public bool Forget(string text)
    {
        if (text.Split(':', 2) is not ["exec", var name])
        {
            return false;
        }

        programs?.Forget(name);
        return true;
    }

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
