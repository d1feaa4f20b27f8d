using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest.Calls;
using Hypergate.Descriptions.Dadl;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl;

/// <summary>Tokens by OAuth 2: fetched when one is needed, kept in memory, renewed before they end, one at a time.</summary>
internal sealed class OAuthCredentials(DadlAuth auth, CredentialNames names, PlatformClient client, TimeProvider time) : CallCredentials
{
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(1);

    private readonly DadlOAuth _oauth = auth.OAuth!;
    private readonly SemaphoreSlim _turn = new(1);
    private Token? _current;

    public override string Name => $"credential {CredentialNames.Plain(auth.Credential)} and the token endpoint";

    public override async ValueTask<CredentialAnswer> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } known)
        {
            return new CredentialAnswer(DadlCredentials.Written(auth, known.Value), null);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } made)
            {
                return new CredentialAnswer(DadlCredentials.Written(auth, made.Value), null);
            }

            var (token, problem) = await FetchAsync(cancellationToken);
            Volatile.Write(ref _current, token);
            return token is null ? new CredentialAnswer(null, problem) : new CredentialAnswer(DadlCredentials.Written(auth, token.Value), null);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose() => _turn.Dispose();

    public override bool Drop(CallCredential refused)
    {
        var current = Volatile.Read(ref _current);
        if (current is not null && DadlCredentials.Written(auth, current.Value) is var own && own.Headers.SequenceEqual(refused.Headers) && own.Query.SequenceEqual(refused.Query))
        {
            Interlocked.CompareExchange(ref _current, null, current);
        }

        return true;
    }

    private Token? Fresh() => Volatile.Read(ref _current) is { } token && token.Ends - _oauth.RenewBefore > time.GetUtcNow() ? token : null;

    private async Task<(Token? Token, string? Problem)> FetchAsync(CancellationToken cancellationToken)
    {
        var (form, basic, address, missing) = Request();
        if (missing is not null)
        {
            return (null, missing);
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || (url.Scheme != "https" && url.Host != client.ApiAddress.Host))
        {
            return (null, $"Backend {client.Options.Name}: the token address of the file must begin with https.");
        }

        using var http = new BackendHttp(client.Options.Http with { Address = new Uri(url.GetLeftPart(UriPartial.Authority)), Tls = Origin.Same(url, client.ApiAddress) ? client.Options.Http.Tls : new TlsRules { ExtraCaFile = client.Options.Http.Tls.ExtraCaFile } }, time);
        var reply = await http.SendAsync(
            new HttpRequestSpec
            {
                Method = "POST",
                Address = url,
                Headers = basic is null ? [new("Accept", "application/json")] : [new("Accept", "application/json"), new("Authorization", basic)],
                Body = Encoding.UTF8.GetBytes(string.Join('&', form.Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"))),
                BodyType = "application/x-www-form-urlencoded",
            },
            cancellationToken);
        return Read(reply);
    }

    private (Token? Token, string? Problem) Read(HttpResult result)
    {
        if (result is not HttpReply { IsSuccess: true } reply)
        {
            return (null, $"Backend {client.Options.Name}: no token was given: {(result is HttpReply refused ? $"the token endpoint answered {refused.Status}" : ((TransportFailure)result).Text)}.");
        }

        var body = PlatformClient.ValueOf(reply);
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("access_token", out var value) || value.ValueKind != JsonValueKind.String)
        {
            return (null, $"Backend {client.Options.Name}: the answer of the token endpoint holds no access_token.");
        }

        var seconds = body.TryGetProperty("expires_in", out var lifetime) && double.TryParse(lifetime.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? TimeSpan.FromSeconds(Math.Clamp(number, 0, 1e8)) : UsualLifetime;
        return (new Token(value.GetString()!, time.GetUtcNow() + seconds), null);
    }

    private (List<KeyValuePair<string, string>> Form, string? Basic, string? Address, string? Missing) Request()
    {
        if (_oauth.Flow == DadlFlow.JwtBearer)
        {
            return Jwt();
        }

        var form = new List<KeyValuePair<string, string>>();
        var (id, secret) = (names.ByName(_oauth.ClientId!), _oauth.ClientSecret is { } named ? names.ByName(named) : null);
        if (id is null || (_oauth.ClientSecret is not null && secret is null))
        {
            return (form, null, null, names.Missing(id is null ? _oauth.ClientId! : _oauth.ClientSecret!).Problem);
        }

        if (_oauth.Flow == DadlFlow.ClientCredentials)
        {
            form.Add(new("grant_type", "client_credentials"));
            if (_oauth.Scopes.Count > 0)
            {
                form.Add(new("scope", string.Join(' ', _oauth.Scopes)));
            }
        }
        else if (names.ByName(_oauth.RefreshToken!) is { } refresh)
        {
            form.AddRange([new("grant_type", "refresh_token"), new("refresh_token", refresh)]);
        }
        else
        {
            return (form, null, null, names.Missing(_oauth.RefreshToken!).Problem);
        }

        if (_oauth.UsesBasic)
        {
            return (form, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret ?? "")}"))}", _oauth.TokenUrl, null);
        }

        form.Add(new("client_id", id));
        form.AddRange(secret is null ? [] : [new KeyValuePair<string, string>("client_secret", secret)]);
        return (form, null, _oauth.TokenUrl, null);
    }

    private (List<KeyValuePair<string, string>> Form, string? Basic, string? Address, string? Missing) Jwt()
    {
        if (names.Single(_oauth.ServiceAccount!) is not { } text)
        {
            return ([], null, null, names.Missing(_oauth.ServiceAccount!).Problem);
        }

        try
        {
            var key = JsonElement.Parse(text);
            var address = _oauth.TokenUrl ?? key.GetProperty("token_uri").GetString()!;
            var assertion = Assertion(key, address);
            return ([new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), new("assertion", assertion)], null, address, null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException or ArgumentException)
        {
            return ([], null, null, $"Backend {client.Options.Name}: credential {CredentialNames.Plain(_oauth.ServiceAccount!)} is not the JSON key of a service account.");
        }
    }

    private string Assertion(JsonElement key, string audience)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("iss", key.GetProperty("client_email").GetString());
            writer.WriteString("aud", audience);
            if (_oauth.Scopes.Count > 0)
            {
                writer.WriteString("scope", string.Join(' ', _oauth.Scopes));
            }

            if (_oauth.Subject is { } subject)
            {
                writer.WriteString("sub", subject);
            }

            writer.WriteNumber("iat", now);
            writer.WriteNumber("exp", now + 3600);
            writer.WriteEndObject();
        });
        var signed = $"{Base64("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Base64(Encoding.UTF8.GetBytes(claims.GetRawText()))}";
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.GetProperty("private_key").GetString());
        return $"{signed}.{Base64(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Base64(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private sealed record Token(string Value, DateTimeOffset Ends)
    {
        public override string ToString() => "***";
    }
}
