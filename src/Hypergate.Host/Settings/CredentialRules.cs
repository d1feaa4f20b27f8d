using Hypergate.Backends;

namespace Hypergate.Host.Settings;

/// <summary>What a backend's kind says of its credential, as faults of the settings.</summary>
internal static class CredentialRules
{
    public static IEnumerable<SettingsFault> Check(BackendSettings backend, string path) =>
        (BackendKinds.Find(backend.Kind)?.Auth.Check(backend.Auth) ?? [])
            .Select(fault => new SettingsFault(fault.Key.Length == 0 ? path : $"{path}.{fault.Key}", fault.Problem));
}
