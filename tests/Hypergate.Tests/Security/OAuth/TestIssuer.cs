using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hypergate.Tests.Security.OAuth;

/// <summary>An authorization server's keys, and tokens as it would issue them, or as others would forge them.</summary>
internal sealed class TestIssuer : IDisposable
{
    private static readonly JsonObject NoHeader = [];

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa LongCurve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP521);

    /// <summary>The set of its public keys.</summary>
    public JsonObject Set(string rsaId = "r1") => new()
    {
        ["keys"] = new JsonArray(RsaKey(rsaId), CurveKey("e1", "P-256", Curve), CurveKey("e2", "P-521", LongCurve), new JsonObject { ["kty"] = "oct", ["kid"] = "h1", ["k"] = "c2VjcmV0" }),
    };

    public JsonObject RsaKey(string id)
    {
        var parameters = Rsa.ExportParameters(false);
        return new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id, ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
    }

    /// <summary>A token in order; what is given changes its header and its claims.</summary>
    public string Token(JsonObject claims, string algorithm = "RS256", string? keyId = "r1", JsonObject? header = null)
    {
        var heading = new JsonObject { ["alg"] = algorithm, ["typ"] = "at+jwt" };
        if (keyId is not null)
        {
            heading["kid"] = keyId;
        }

        foreach (var (name, value) in header ?? NoHeader)
        {
            heading[name] = value?.DeepClone();
        }

        return Sign(heading.ToJsonString(), claims.ToJsonString(), algorithm);
    }

    public string Sign(string header, string claims, string algorithm)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var hash = algorithm[^3..] switch
        {
            "384" => HashAlgorithmName.SHA384,
            "512" => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
        var signature = algorithm[..2] switch
        {
            "RS" => Rsa.SignData(bytes, hash, RSASignaturePadding.Pkcs1),
            "PS" => Rsa.SignData(bytes, hash, RSASignaturePadding.Pss),
            "ES" => (algorithm == "ES512" ? LongCurve : Curve).SignData(bytes, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            "HS" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => [],
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose()
    {
        Rsa.Dispose();
        Curve.Dispose();
        LongCurve.Dispose();
    }

    private static JsonObject CurveKey(string id, string name, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new() { ["kty"] = "EC", ["crv"] = name, ["kid"] = id, ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
