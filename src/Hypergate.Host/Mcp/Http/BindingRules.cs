using Hypergate.Host.Settings;

namespace Hypergate.Host.Mcp.Http;

/// <summary>Beyond this machine nothing listens without authentication and TLS (rule R-BIND).</summary>
internal static class BindingRules
{
    public const string NoAuthentication = "--dangerously-allow-no-authentication";
    public const string NoTls = "--dangerously-allow-no-tls";

    /// <exception cref="SettingsException">It may not listen there.</exception>
    public static void Check(ListenAddress listen, HttpSettings settings, bool isAuthenticated, ServeWish wish)
    {
        if (listen.IsLoopback)
        {
            return;
        }

        if (!isAuthenticated && !wish.AllowNoAuthentication)
        {
            throw new SettingsException($"{listen} is reached from other machines, and there is no authentication: make a key with 'hypergate keys create', "
                + $"or listen at 127.0.0.1, or let everybody look with {NoAuthentication}");
        }

        if (settings.Tls.Certificate is null && !wish.AllowNoTls)
        {
            throw new SettingsException($"{listen} is reached from other machines, and keys and answers would travel in clear text: set http.tls, "
                + $"or listen at 127.0.0.1 behind a proxy that speaks TLS, or send them in clear text with {NoTls}");
        }
    }
}
