using Hypergate.Backends;

namespace Hypergate.Host.Settings;

/// <summary>One cluster of Proxmox VE by variables.</summary>
internal static class ProxmoxEnvironment
{
    private const string Kind = "proxmox-ve";

    /// <summary>The backend; none where its address is not set.</summary>
    public static IEnumerable<BackendSettings> Read(EnvironmentValues values)
    {
        if (values.Find("PVE_URL") is not { } urls)
        {
            yield break;
        }

        var (id, secret) = (values.Find("PVE_TOKEN_ID"), values.Find("PVE_TOKEN_SECRET"));
        if (id is null || secret is null)
        {
            throw new SettingsException($"Set both PVE_TOKEN_ID and PVE_TOKEN_SECRET{(id, secret) switch { (null, null) => "", (null, _) => " (PVE_TOKEN_ID is missing)", _ => " (PVE_TOKEN_SECRET is missing)" }}");
        }

        yield return new BackendSettings
        {
            Name = "pve",
            Kind = Kind,
            Url = new PlatformUrls([.. urls.Split(',', StringSplitOptions.TrimEntries).Select(static url => EnvironmentValues.Address(url, "PVE_URL"))]),
            Auth = new() { TokenId = id, TokenSecret = new(secret) },
            Tls = new() { Fingerprint = values.Find("PVE_FINGERPRINT") },
            Actions = values.IsOn("PVE_ENABLE_ACTIONS"),
            Deny = values.List("PVE_DENY_LIST"),
        };
    }

    /// <summary>The variable of a key below the backend.</summary>
    public static string VariableOf(string key) => key switch
    {
        ".auth.tokenId" => "PVE_TOKEN_ID",
        ".auth.tokenSecret" => "PVE_TOKEN_SECRET",
        ".tls.fingerprint" => "PVE_FINGERPRINT",
        _ when key.StartsWith(".deny", StringComparison.Ordinal) => "PVE_DENY_LIST",
        _ => key.TrimStart('.'),
    };
}
