using Hypergate.Host.Authentication;
using Hypergate.Host.Mcp.Http;

namespace Hypergate.Host.Settings;

/// <summary>What the schema cannot say of how the gateway listens.</summary>
internal static class HttpChecks
{
    public static IEnumerable<SettingsFault> Check(HttpSettings http)
    {
        if (ListenAddress.TryRead(http.Listen) is null)
        {
            yield return new("http.listen", "must be an address and a port such as 127.0.0.1:8420") { Value = http.Listen };
        }

        if ((http.Tls.Certificate is null) != (http.Tls.Key is null))
        {
            yield return new("http.tls", "needs both certificate and key");
        }

        for (var index = 0; index < http.TrustedProxies.Count; index++)
        {
            if (!Networks.IsNetwork(http.TrustedProxies[index]))
            {
                yield return new($"http.trustedProxies[{index}]", "must be a network such as 10.1.0.0/16, or an address") { Value = http.TrustedProxies[index] };
            }
        }
    }
}
