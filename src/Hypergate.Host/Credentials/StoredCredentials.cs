using Hypergate.Backends;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Credentials;

/// <summary>The secrets store as backends see it: what they are given while they run lies there, encrypted, for the next start.</summary>
internal static class StoredCredentials
{
    /// <param name="store">Opened when the first value is asked for.</param>
    /// <param name="learn">Takes every value, so that no text shows it.</param>
    /// <param name="time">The clock.</param>
    public static CredentialKeeper In(SecretStore store, Action<string> learn, TimeProvider time) => new(
        name => Find(store, name, learn),
        (name, value, cancellationToken) => KeepAsync(store, name, value, time, cancellationToken),
        learn);

    private static string? Find(SecretStore store, string name, Action<string> learn)
    {
        try
        {
            if (SecretStore.IsName(name) && store.Find(name) is { } value)
            {
                learn(value);
                return value;
            }
        }
        catch (SettingsException)
        {
            // A store that cannot be opened holds nothing for a backend; the call then names what is missing.
        }

        return null;
    }

    private static async Task<string?> KeepAsync(SecretStore store, string name, string value, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            if (!SecretStore.IsName(name))
            {
                return $"'{name}' is no name that the store takes";
            }

            await store.SetAsync(name, value, time, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is SettingsException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
