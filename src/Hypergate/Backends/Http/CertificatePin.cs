using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hypergate.Backends.Http;

/// <summary>The SHA-256 fingerprint that a server's own certificate must have.</summary>
internal sealed class CertificatePin
{
    private readonly byte[] _hash;

    private CertificatePin(byte[] hash) => _hash = hash;

    /// <summary>Reads <c>AB:CD:…</c>; colons, blanks and case do not matter. Null where it is not 32 bytes in hexadecimal.</summary>
    public static CertificatePin? TryRead(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var isHash = digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit);
        return isHash ? new(Convert.FromHexString(digits)) : null;
    }

    /// <summary>The fingerprint of a certificate, for messages.</summary>
    public static CertificatePin Of(X509Certificate certificate) => new(SHA256.HashData(certificate.GetRawCertData()));

    public bool Matches(X509Certificate certificate) => _hash.AsSpan().SequenceEqual(Of(certificate)._hash);

    /// <summary>As <c>openssl x509 -fingerprint -sha256</c> writes it: <c>AB:CD:…</c>.</summary>
    public override string ToString() => BitConverter.ToString(_hash).Replace('-', ':');
}
