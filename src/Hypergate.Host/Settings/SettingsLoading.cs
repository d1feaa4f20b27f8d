using Hypergate.Backends;
using Hypergate.Host.Settings.Files;

namespace Hypergate.Host.Settings;

/// <summary>Finds the settings: a file where there is one, else the environment.</summary>
internal static class SettingsLoading
{
    /// <exception cref="SettingsException">They cannot be used; nothing may be started.</exception>
    public static SettingsReading Load(SettingsSources sources)
    {
        if (sources.File() is not { } file)
        {
            return EnvironmentSettings.Read(sources);
        }

        var reading = SettingsFile.Read(file, sources);
        return sources.Variable("XO_URL") is null
            ? reading
            : reading with { Warnings = [.. reading.Warnings, $"XO_URL is set, but the settings come from {file} alone; ${{env:XO_URL}} there would use it."] };
    }

    /// <summary>Checks one backend beyond its schema.</summary>
    /// <returns>The key at fault and the problem; null where all is well.</returns>
    public static (string Key, string Problem)? Fault(BackendSettings backend)
    {
        if (AddressFault(backend.Url) is { } address)
        {
            return ("url", address);
        }

        return AuthFault(backend.Auth) ?? TlsFault(backend.Tls);
    }

    private static (string, string)? AuthFault(BackendAuth auth)
    {
        if (auth.Token is { } token)
        {
            return CookieGrammar.Fits(token.Reveal()) ? null : ("auth.token", "holds characters that no Xen Orchestra token has; was it copied whole, without quotes and blanks?");
        }

        if (auth.Username is null || auth.Password is null)
        {
            return ("auth", "needs either token or both username and password");
        }

        return auth.Password.Reveal().Contains(':', StringComparison.Ordinal)
            ? ("auth.password", "holds a colon, where Xen Orchestra cuts it off; use a token instead")
            : null;
    }

    private static (string, string)? TlsFault(BackendTls tls) =>
        tls is { Verify: false, DangerouslySkipVerification: false }
            ? ("tls.verify", "cannot be false; to accept any certificate write dangerously_skip_tls_verification: true")
            : null;

    /// <summary>What is wrong with the address of a server; null where nothing is.</summary>
    public static string? AddressFault(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return "must be an address that begins with http:// or https://";
        }

        return address switch
        {
            { UserInfo.Length: > 0 } => "must not hold a user or a password; those belong to the credential settings",
            { Query.Length: > 0 } or { Fragment.Length: > 0 } => "must not hold a query or a fragment",
            _ => null,
        };
    }
}

/// <summary>Settings, and what their author should know.</summary>
internal sealed record SettingsReading(GatewaySettings Settings, IReadOnlyList<string> Warnings, SettingsSources Sources);
