using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hypergate.Simulator.Server;

/// <summary>The certificate of a node, signed by itself, and its fingerprint.</summary>
internal static class NodeCertificate
{
    public static X509Certificate2 Make(string node, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={node}.example.test, O=simulated cluster", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(node);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(700));

        // A key that only lives in memory cannot be used by every platform's TLS; one that went through PKCS #12 can.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>SHA-256 of the certificate in pairs of capitals with colons, as <c>pvenode cert info</c> prints it.</summary>
    public static string Fingerprint(X509Certificate2 certificate) =>
        string.Join(':', SHA256.HashData(certificate.RawData).Select(static part => part.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
}
