using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl;

/// <summary>
/// The token endpoint of a file: a form goes there, tokens come back. It must be https on the open internet or lie beside the backend, and
/// its redirects are not followed.
/// </summary>
internal sealed class OAuthEndpoint(DadlOAuth oauth, CredentialNames names, PlatformClient client, TimeProvider time)
{
    private const string FormType = "application/x-www-form-urlencoded";
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(1);

    /// <summary>Asks as the client that the file names.</summary>
    public Task<OAuthAnswer> AskAsync(IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        var (id, secret) = (names.ByName(oauth.ClientId!), oauth.ClientSecret is { } named ? names.ByName(named) : null);
        if (id is null || (oauth.ClientSecret is not null && secret is null))
        {
            return Task.FromResult(new OAuthAnswer(null, names.Missing(id is null ? oauth.ClientId! : oauth.ClientSecret!).Problem));
        }

        if (oauth.UsesBasic)
        {
            var pair = $"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret ?? "")}";
            return AskAsync(oauth.TokenUrl!, form, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}", cancellationToken);
        }

        return AskAsync(oauth.TokenUrl!, [.. form, new("client_id", id), .. secret is null ? [] : new[] { new KeyValuePair<string, string>("client_secret", secret) }], null, cancellationToken);
    }

    /// <summary>Asks without a client of its own.</summary>
    public async Task<OAuthAnswer> AskAsync(string address, IReadOnlyList<KeyValuePair<string, string>> form, string? authorization, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || (url.Scheme != Uri.UriSchemeHttps && url.Host != client.ApiAddress.Host))
        {
            return Failed("the token address of the file must begin with https");
        }

        using var http = new BackendHttp(OptionsFor(url), time);
        var result = await http.SendAsync(
            new HttpRequestSpec
            {
                Method = "POST",
                Address = url,
                Headers = [new("Accept", "application/json"), .. authorization is null ? [] : new[] { new KeyValuePair<string, string>("Authorization", authorization) }],
                Body = Encoding.UTF8.GetBytes(string.Join('&', form.Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"))),
                BodyType = FormType,
            },
            cancellationToken);
        return result is HttpReply { IsSuccess: true } reply ? Read(PlatformClient.ValueOf(reply)) : Refused(result);
    }

    private BackendHttpOptions OptionsFor(Uri url) => client.Options.Http with
    {
        Address = new Uri(url.GetLeftPart(UriPartial.Authority)),
        Tls = Origin.Same(url, client.ApiAddress) ? client.Options.Http.Tls : new TlsRules { ExtraCaFile = client.Options.Http.Tls.ExtraCaFile },
        MayReach = url.Host.Equals(client.ApiAddress.Host, StringComparison.OrdinalIgnoreCase) ? null : IsOpen,
    };

    private static bool IsOpen(IPAddress address) => PublicAddresses.Contains(address);

    private OAuthAnswer Refused(HttpResult result)
    {
        if (result is not HttpReply reply)
        {
            return Failed(((TransportFailure)result).Text.TrimEnd('.'));
        }

        // RFC 6749: error is one word of a known list, and no secret.
        var body = PlatformClient.ValueOf(reply);
        var error = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var word) && word.ValueKind == JsonValueKind.String ? $" ({Descriptions.DescriptionText.OneLine(word.GetString()!, 60)})" : "";
        return Failed($"the token endpoint answered {reply.Status}{error}") with { IsRefusal = reply.Status is 400 or 401 or 403 };
    }

    private OAuthAnswer Read(JsonElement body)
    {
        if (Text(body, "access_token") is not { Length: > 0 } value || HeaderText.Problem(value) is not null)
        {
            return Failed("the answer of the token endpoint holds no access_token");
        }

        names.Learn(value);
        var lifetime = body.TryGetProperty("expires_in", out var seconds) && double.TryParse(seconds.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? TimeSpan.FromSeconds(Math.Clamp(number, 0, 1e8))
            : UsualLifetime;
        return new OAuthAnswer(new OAuthToken(value, time.GetUtcNow() + lifetime, Text(body, "refresh_token")), null);
    }

    private OAuthAnswer Failed(string why) => new(null, $"Backend {client.Options.Name}: no token was given: {why}.");

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A token, or why there is none.</summary>
internal sealed record OAuthAnswer(OAuthToken? Token, string? Problem)
{
    /// <summary>Whether what was shown is not taken, so that showing it again is useless.</summary>
    public bool IsRefusal { get; init; }
}

/// <summary>What the endpoint gave. Never printed.</summary>
/// <param name="Refresh">Null for none.</param>
internal sealed record OAuthToken(string Value, DateTimeOffset Ends, string? Refresh)
{
    public override string ToString() => "***";
}
