using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Composition;

/// <summary>Fetches pages of the public documentation, by the proxy rules of the environment, without any credential.</summary>
internal sealed class DocumentationClient(BackendHttp http)
{
    public static BackendHttp Make(Uri site, SettingsSources sources, TimeProvider time) => new(
        new BackendHttpOptions
        {
            Address = site,
            Words = new PlatformWords { Server = "documentation site", AddressSetting = "documentationUrl" },
            Proxy = ProxyRules.Read(sources.Environment),
            Tls = new TlsRules { ExtraCaFile = sources.Variable("NODE_EXTRA_CA_CERTS") },
            TimeLimit = TimeSpan.FromSeconds(10),
            MaxBodyBytes = 8 * 1024 * 1024,
        },
        time);

    /// <summary>The page as HTML.</summary>
    /// <exception cref="HttpRequestException">It cannot be had; the message says why.</exception>
    public async Task<string> FetchAsync(Uri address, CancellationToken cancellationToken) =>
        await http.SendAsync(new HttpRequestSpec { Address = address }, cancellationToken) switch
        {
            HttpReply { IsSuccess: true } reply => Encoding.UTF8.GetString(reply.Body.Span),
            HttpReply reply => throw new HttpRequestException($"{address.Host} answered {reply.Status}."),
            TransportFailure failure => throw new HttpRequestException(failure.Text),
            _ => throw new HttpRequestException("There is no answer."),
        };
}
