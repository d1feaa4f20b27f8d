using System.Collections.Concurrent;
using Hypergate.Backends.Http;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Hosts beside the backend's own to which a description sends some calls: a client each, without anything of the backend.</summary>
internal sealed class ForeignHosts(PlatformClient client, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<BackendHttp>> _clients = new(StringComparer.OrdinalIgnoreCase);

    public Task<HttpResult> SendAsync(HttpRequestSpec request, CancellationToken cancellationToken) =>
        _clients.GetOrAdd(request.Address.GetLeftPart(UriPartial.Authority), origin => new Lazy<BackendHttp>(() => new BackendHttp(
            client.Options.Http with { Address = new Uri(origin), Tls = new TlsRules { ExtraCaFile = client.Options.Http.Tls.ExtraCaFile } }, time))).Value.SendAsync(request, cancellationToken);

    public void Dispose()
    {
        foreach (var made in _clients.Values.Where(static made => made.IsValueCreated))
        {
            made.Value.Dispose();
        }
    }
}
