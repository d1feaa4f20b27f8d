using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Hypergate.Host.Authentication.OAuth;

/// <summary>A public key of an issuer, good for the algorithms of its own kind alone.</summary>
internal sealed class IssuerKey
{
    private const int ShortestRsaBits = 2048;
    private const int LongestRsaBits = 16384;

    private readonly RSAParameters? _rsa;
    private readonly ECParameters? _curve;
    private readonly string? _algorithm;
    private readonly string? _curveAlgorithm;

    private IssuerKey(string? id, string? algorithm, RSAParameters? rsa, ECParameters? curve, string? curveAlgorithm) =>
        (Id, _algorithm, _rsa, _curve, _curveAlgorithm) = (id, algorithm, rsa, curve, curveAlgorithm);

    public string? Id { get; }

    /// <summary>Whether the key is one for this algorithm; never for <c>none</c> or a shared secret.</summary>
    public bool Fits(string algorithm) => (_algorithm is null || _algorithm == algorithm)
        && (_rsa is not null ? algorithm is "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" : algorithm == _curveAlgorithm);

    /// <summary>Whether the signature is over these bytes, by this key.</summary>
    public bool Verifies(Jwt token)
    {
        if (!Fits(token.Algorithm))
        {
            return false;
        }

        var hash = token.Algorithm[2..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        if (_rsa is { } parameters)
        {
            using var rsa = RSA.Create(parameters);
            return rsa.VerifyData(token.Signed, token.Signature, hash, token.Algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }

        using var curve = ECDsa.Create(_curve!.Value);
        return curve.VerifyData(token.Signed, token.Signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>The keys of a JWK set that can check signatures; others are left out.</summary>
    public static IReadOnlyList<IssuerKey> ReadSet(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Take(100).Select(TryRead).OfType<IssuerKey>()]
            : [];

    private static IssuerKey? TryRead(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || (jwk.TryGetProperty("use", out _) && Jwt.Text(jwk, "use") != "sig"))
        {
            return null;
        }

        try
        {
            return Jwt.Text(jwk, "kty") switch
            {
                "RSA" => Rsa(jwk),
                "EC" => Curve(jwk),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static IssuerKey? Rsa(JsonElement jwk)
    {
        if (Number(jwk, "n") is not { } modulus || Number(jwk, "e") is not { } exponent)
        {
            return null;
        }

        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
        using var rsa = RSA.Create(parameters);
        return rsa.KeySize is >= ShortestRsaBits and <= LongestRsaBits ? new(Jwt.Text(jwk, "kid"), Jwt.Text(jwk, "alg"), parameters, null, null) : null;
    }

    private static IssuerKey? Curve(JsonElement jwk)
    {
        (ECCurve Curve, string Algorithm, int Bytes)? named = Jwt.Text(jwk, "crv") switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, "ES256", 32),
            "P-384" => (ECCurve.NamedCurves.nistP384, "ES384", 48),
            "P-521" => (ECCurve.NamedCurves.nistP521, "ES512", 66),
            _ => null,
        };
        if (named is not var (curve, algorithm, bytes) || Number(jwk, "x") is not { } x || Number(jwk, "y") is not { } y || x.Length != bytes || y.Length != bytes)
        {
            return null;
        }

        var parameters = new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } };
        using var key = ECDsa.Create(parameters);
        return new(Jwt.Text(jwk, "kid"), Jwt.Text(jwk, "alg"), null, parameters, algorithm);
    }

    private static byte[]? Number(JsonElement jwk, string name) => Jwt.Text(jwk, name) is { Length: > 0 and < 4096 } text ? Base64Url.DecodeFromChars(text) : null;
}
