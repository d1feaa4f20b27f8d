using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>Certificates that nobody should trust, made at the start.</summary>
internal static class Certificates
{
    public static X509Certificate2 Make(SimulatorTls tls, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=simulated Xen Orchestra", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (tls == SimulatorTls.WrongName)
        {
            names.AddDnsName("another-host.invalid");
        }
        else
        {
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var end = tls == SimulatorTls.Expired ? now.AddDays(-1) : now.AddDays(30);
        using var made = request.CreateSelfSigned(now.AddDays(-30), end);

        // A key that only lives in memory cannot be used by every platform's TLS; one that went through PKCS #12 can.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
