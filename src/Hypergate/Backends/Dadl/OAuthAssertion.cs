using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Descriptions.Dadl;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl;

/// <summary>What a service account signs to be given a token (RFC 7523): a JWT by the key of its JSON file.</summary>
internal sealed class OAuthAssertion(DadlOAuth oauth, TimeProvider time)
{
    private const int LifetimeSeconds = 3600;

    /// <summary>The form, and the address that it goes to; null where the text is no such key.</summary>
    /// <param name="keyFile">The JSON that the issuer of the account gave.</param>
    public (string Address, KeyValuePair<string, string>[] Form)? Make(string keyFile)
    {
        try
        {
            var key = JsonElement.Parse(keyFile);
            var address = oauth.TokenUrl ?? key.GetProperty("token_uri").GetString()!;
            return (address, [new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), new("assertion", Sign(key, address))]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private string Sign(JsonElement key, string audience)
    {
        var signed = $"{Base64("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Base64(Encoding.UTF8.GetBytes(Claims(key, audience).GetRawText()))}";
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.GetProperty("private_key").GetString());
        return $"{signed}.{Base64(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private JsonElement Claims(JsonElement key, string audience) => JsonLists.Write(writer =>
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        writer.WriteStartObject();
        writer.WriteString("iss", key.GetProperty("client_email").GetString());
        writer.WriteString("aud", audience);
        if (oauth.Scopes.Count > 0)
        {
            writer.WriteString("scope", string.Join(' ', oauth.Scopes));
        }

        if (oauth.Subject is { } subject)
        {
            writer.WriteString("sub", subject);
        }

        writer.WriteNumber("iat", now);
        writer.WriteNumber("exp", now + LifetimeSeconds);
        writer.WriteEndObject();
    });

    private static string Base64(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
