using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hypergate.Tests.Backends.Http;

/// <summary>A certificate authority that exists for one test, and servers' certificates of it.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _root = Root("CN=Test CA");

    public string RootFile { get; } = Path.GetTempFileName();

    public string OtherRootFile { get; } = Path.GetTempFileName();

    public TestCertificates()
    {
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
        using var other = Root("CN=Other CA");
        File.WriteAllText(OtherRootFile, other.ExportCertificatePem());
    }

    /// <summary>For 127.0.0.1 and a year from yesterday on, unless told otherwise.</summary>
    public X509Certificate2 Server(string? name = null, int validDays = 365, int startsDaysAgo = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        var start = DateTimeOffset.UtcNow.AddDays(-startsDaysAgo);
        using var bare = request.Create(_root, start, start.AddDays(validDays), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate whose issuer is neither the root nor sent along by the server.</summary>
    public X509Certificate2 ServerBelowIntermediate(out string intermediatePem)
    {
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var middle = new CertificateRequest("CN=Test intermediate", middleKey, HashAlgorithmName.SHA256);
        middle.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (start, end) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var bareMiddle = middle.Create(_root, start, end, RandomNumberGenerator.GetBytes(8));
        using var issuer = bareMiddle.CopyWithPrivateKey(middleKey);
        intermediatePem = bareMiddle.ExportCertificatePem();

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(issuer, start, end, RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>Signed by itself, as appliances come out of the box; also written to a file.</summary>
    public static X509Certificate2 SelfSigned(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=appliance", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return certificate;
    }

    public void Dispose()
    {
        _root.Dispose();
        File.Delete(RootFile);
        File.Delete(OtherRootFile);
    }

    private static X509Certificate2 Root(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1000), DateTimeOffset.UtcNow.AddDays(1000));
    }
}
