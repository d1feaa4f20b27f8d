namespace Hypergate.Host.Settings;

/// <summary>What works but should be known, from wherever the settings came.</summary>
internal static class SettingsWarnings
{
    public static IEnumerable<string> Of(GatewaySettings settings, SettingsSources sources)
    {
        foreach (var backend in settings.Backends)
        {
            if (backend.DangerouslySkipTlsVerification && backend.Tls.Fingerprint is null && backend.Url.All.Any(static url => url.Scheme == Uri.UriSchemeHttps))
            {
                yield return $"Backend {backend.Name}: certificates are not verified (dangerously_skip_tls_verification). "
                    + "Anybody on the way can read the credential and change the answers.";
            }

            if (backend.Url.All.FirstOrDefault(static url => url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback) is { } open)
            {
                yield return $"Backend {backend.Name}: {open.Authority} is reached over http, "
                    + "which everybody on the way can read, the credential too.";
            }

            if (backend.Auth is { Token: not null, Username: not null } or { Token: not null, Password: not null })
            {
                yield return $"Backend {backend.Name}: there is a token, so user name and password are not used.";
            }
        }

        if (sources.Variable("NODE_TLS_REJECT_UNAUTHORIZED") == "0")
        {
            yield return "NODE_TLS_REJECT_UNAUTHORIZED is not heeded: certificates are verified. For a self-signed one set "
                + $"NODE_EXTRA_CA_CERTS, or tls.fingerprint in {SettingsLocation.FileName}.";
        }
    }
}
