using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Authentication.OAuth;

/// <summary>
/// Reads the metadata and keys of one issuer (rule R-DEST): over https alone, without following redirects, not longer than it may take
/// or be, and not from addresses of private networks unless the settings allow that.
/// </summary>
internal sealed class IssuerFetch(OAuthIssuerSettings issuer, SettingsSources sources, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private const int LongestDocument = 512 * 1024;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <summary>The set of keys.</summary>
    /// <exception cref="HttpRequestException">It cannot be had; the message says why.</exception>
    public async Task<JsonElement> KeysAsync(CancellationToken cancellationToken) =>
        await ReadAsync(issuer.Jwks ?? await DiscoverAsync(cancellationToken), cancellationToken);

    private async Task<Uri> DiscoverAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var address in MetadataOf(new Uri(issuer.Issuer)))
        {
            try
            {
                var metadata = await ReadAsync(address, cancellationToken);
                if (Jwt.Text(metadata, "issuer") != issuer.Issuer)
                {
                    throw new HttpRequestException($"{address} is of another issuer.");
                }

                return Uri.TryCreate(Jwt.Text(metadata, "jwks_uri"), UriKind.Absolute, out var keys) ? keys : throw new HttpRequestException($"{address} names no keys (jwks_uri).");
            }
            catch (HttpRequestException exception)
            {
                problems.Add(exception.Message);
            }
        }

        throw new HttpRequestException(string.Join(' ', problems));
    }

    // RFC 8414 puts the well-known part in front of the issuer's path, OpenID Connect behind it.
    private static IEnumerable<Uri> MetadataOf(Uri issuer)
    {
        var path = issuer.AbsolutePath.TrimEnd('/');
        yield return new Uri(issuer, $"/.well-known/oauth-authorization-server{path}");
        yield return new Uri(issuer, $"{path}/.well-known/openid-configuration");
        if (path != "")
        {
            yield return new Uri(issuer, $"/.well-known/openid-configuration{path}");
        }
    }

    private async Task<JsonElement> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        if (Problem(address) is { } problem)
        {
            throw new HttpRequestException(problem);
        }

        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var http = new StreamedHttp(new BackendHttpOptions
        {
            Address = address,
            Words = new PlatformWords { Server = "issuer of tokens", AddressSetting = "authentication.oauth.issuers" },
            Proxy = ProxyRules.Read(sources.Environment),
            Tls = new TlsRules { ExtraCaFile = sources.Variable("NODE_EXTRA_CA_CERTS") },
            MayReach = MayReach,
            Resolve = resolve ?? Dns.GetHostAddressesAsync,
        });
        try
        {
            var (response, failure) = await http.OpenAsync(new HttpRequestSpec { Address = address, Headers = [new("Accept", "application/json")] }, either.Token);
            using (response)
            {
                return response is not { StatusCode: HttpStatusCode.OK }
                    ? throw new HttpRequestException(failure?.Text ?? $"{address} answered {(int)response!.StatusCode}.")
                    : JsonElement.Parse((await BodyReader.ReadAsync(response.Content, LongestDocument, either.Token)).Body.Span, Strict) is { ValueKind: JsonValueKind.Object } document ? document
                    : throw new HttpRequestException($"{address} holds no JSON object.");
            }
        }
        catch (Exception exception) when (exception is JsonException or IOException or BodyRefusedException or InvalidDataException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HttpRequestException($"{address} cannot be read: {exception.Message}", exception);
        }
    }

    private string? Problem(Uri address) =>
        address.UserInfo != "" ? $"{Origin.Text(address)} holds a credential."
        : address.Scheme == Uri.UriSchemeHttps || (issuer.DangerouslyAllowLoopback && address is { Scheme: "http", IsLoopback: true })
            ? IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var literal) && !MayReach(literal) ? $"{address.IdnHost} is not an address of the open internet." : null
        : $"{address} is not https.";

    private bool MayReach(IPAddress address) =>
        PublicAddresses.Contains(address)
        || (issuer.DangerouslyAllowLoopback && IPAddress.IsLoopback(address))
        || (issuer.PrivateNetwork && IsPrivate(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    // Of a company's own network; never of this machine or of the link, where clouds keep their secrets.
    private static bool IsPrivate(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6UniqueLocal
        : address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..];
}
