using Hypergate.Backends.Http;
using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Host.Settings;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Approvals;

/// <summary>Makes the webhook of the settings, by the proxy rules of the environment.</summary>
internal static class WebhookMaking
{
    public static Webhook Make(WebhookSettings settings, SettingsSources sources, ILoggerFactory loggers, TimeProvider time) => new(
        settings,
        new BackendHttp(
            new BackendHttpOptions
            {
                Address = new Uri(settings.Url.GetLeftPart(UriPartial.Authority)),
                Words = new PlatformWords { Server = "webhook", AddressSetting = "approvals.webhook.url" },
                Proxy = ProxyRules.Read(sources.Environment),
                Tls = new TlsRules { ExtraCaFile = sources.Variable("NODE_EXTRA_CA_CERTS") },
                TimeLimit = TimeSpan.FromSeconds(10),
                MaxBodyBytes = 64 * 1024,
            },
            time),
        loggers.CreateLogger("Hypergate"),
        time);
}
