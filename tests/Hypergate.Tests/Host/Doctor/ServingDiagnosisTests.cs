using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hypergate.Host.Doctor;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Doctor;

public sealed class ServingDiagnosisTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-serving-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(90, "Ok", "is good until 2026-07-30")]
    [InlineData(3, "Warning", "ends on 2026-05-04")]
    [InlineData(-3, "Problem", "ended on 2026-04-28")]
    public void A_certificate_is_looked_at_before_its_end(int days, string severity, string text)
    {
        var found = Assert.Single(ServingDiagnosis.Certificate(Certified(days), Now));

        Assert.Equal(severity, found.Severity.ToString());
        Assert.Contains(text, found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_there_is_a_problem_and_none_at_all_is_not()
    {
        var missing = new HttpSettings { Tls = new HttpTlsSettings { Certificate = Path.Combine(_folder.FullName, "none.pem"), Key = Path.Combine(_folder.FullName, "none.key") } };

        var found = Assert.Single(ServingDiagnosis.Certificate(missing, Now));

        Assert.Equal(Severity.Problem, found.Severity);
        Assert.Contains("none.pem", found.Text, StringComparison.Ordinal);
        Assert.Empty(ServingDiagnosis.Certificate(new HttpSettings(), Now));
    }

    [Theory]
    [InlineData("127.0.0.1:8420", false, null)]
    [InlineData("[::1]:8420", false, null)]
    [InlineData("0.0.0.0:8420", false, "there is no authentication")]
    [InlineData("10.1.2.3:8420", true, "in clear text")]
    public void An_address_at_which_serve_would_not_listen_is_told(string listen, bool isAuthenticated, string? text)
    {
        var found = ServingDiagnosis.Binding(new HttpSettings { Listen = listen }, () => isAuthenticated).ToList();

        Assert.Equal(text is null ? [] : new[] { Severity.Warning }, found.Select(static one => one.Severity));
        Assert.All(found, one => Assert.Contains(text!, one.Text, StringComparison.Ordinal));
        Assert.Empty(ServingDiagnosis.Binding(Certified(90, listen), static () => true));
    }

    private HttpSettings Certified(int days, string listen = "127.0.0.1:8420")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=gateway.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-30), Now.AddDays(days));
        var (file, keyFile) = (Path.Combine(_folder.FullName, "gateway.pem"), Path.Combine(_folder.FullName, "gateway.key"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new() { Listen = listen, Tls = new HttpTlsSettings { Certificate = file, Key = keyFile } };
    }
}
