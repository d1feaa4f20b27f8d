using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>Suite S25 for the gateway's own certificate: it is sent with all that leads to its authority, and what is wrong with it is told, by <c>serve</c> as by <c>doctor</c>.</summary>
[Trait("Suite", "S25")]
[Trait("Rule", "R-START")]
[Trait("Aisvs", "10.3.1")]
[Trait("Mcp", "MCP07")]
public sealed class OwnCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Begin = TimeProvider.System.GetUtcNow().AddDays(-2);
    private readonly ProgramFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_client_that_knows_the_authority_alone_trusts_it()
    {
        await using var xo = await Xo.StartAsync();
        using var root = Authority("root", null);
        using var middle = Authority("middle", root);
        using var own = Issue("gateway.example.com", middle, 90);
        Write("tls.pem", own.ExportCertificatePem() + "\n" + middle.ExportCertificatePem());
        Write("tls.key", _key.ExportPkcs8PrivateKeyPem());

        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo), "--config", Settings(xo));

        Assert.Equal("https", program.Address.Scheme);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new()
            {
                CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
                RemoteCertificateValidationCallback = static (_, _, _, errors) => errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNameMismatch,
            },
        };
        using var http = new HttpClient(handler);
        using var live = await http.GetAsync(new Uri(program.Address, "/healthz/live"), TestContext.Current.CancellationToken);
        Assert.True(live.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_renewed_one_is_sent_without_a_restart_and_half_of_one_changes_nothing()
    {
        await using var xo = await Xo.StartAsync();
        using var root = Authority("root", null);
        using var first = Issue("gateway.example.com", root, 5);
        using var next = Issue("gateway.example.com", root, 90);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("tls.pem", first.ExportCertificatePem());
        Write("tls.key", _key.ExportPkcs8PrivateKeyPem());
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo), "--config", Settings(xo));
        Assert.Equal(first.Thumbprint, await SentAsync(program));

        Write("tls.key", other.ExportPkcs8PrivateKeyPem());
        Write("tls.pem", next.ExportCertificatePem());
        Assert.Equal(first.Thumbprint, await SentAsync(program));
        Write("tls.key", _key.ExportPkcs8PrivateKeyPem());

        await Until.TrueAsync(async () => await SentAsync(program) == next.Thumbprint);
    }

    [Theory]
    [InlineData("no certificate", "tls.pem, which does not exist")]
    [InlineData("no key", "tls.key, which does not exist")]
    [InlineData("a key as certificate", "holds no certificate as PEM")]
    [InlineData("another key", "does not hold the private key, as PEM, of the first certificate")]
    [InlineData("no key inside", "does not hold the private key, as PEM, of the first certificate")]
    [InlineData("a key with a password", "needs a key without a password")]
    [InlineData("a key for everybody", "which others may read or change")]
    public async Task What_is_wrong_with_the_files_is_told_before_anybody_is_listened_to(string trouble, string told)
    {
        await using var xo = await Xo.StartAsync();
        using var root = Authority("root", null);
        using var own = Issue("gateway.example.com", root, 90);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("tls.pem", trouble == "a key as certificate" ? _key.ExportPkcs8PrivateKeyPem() : own.ExportCertificatePem());
        Write("tls.key", trouble switch
        {
            "another key" => other.ExportPkcs8PrivateKeyPem(),
            "no key inside" => "nothing",
            "a key with a password" => _key.ExportEncryptedPkcs8PrivateKeyPem("s3cret-of-the-key", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            _ => _key.ExportPkcs8PrivateKeyPem(),
        });
        if (trouble == "a key for everybody")
        {
            File.SetUnixFileMode(System.IO.Path.Combine(_folder.Path, "tls.key"), (UnixFileMode)0b110_100_100);
        }
        else if (trouble.StartsWith("no ", StringComparison.Ordinal) && trouble != "no key inside")
        {
            File.Delete(System.IO.Path.Combine(_folder.Path, trouble == "no key" ? "tls.key" : "tls.pem"));
        }

        var serve = await CommandRun.OfAsync(_folder, [], "serve", "--listen", "127.0.0.1:0", "--config", Settings(xo));
        var doctor = await CommandRun.OfAsync(_folder, [], "doctor", "--config", Settings(xo));

        Assert.Equal((1, 2, ""), (serve.ExitCode, doctor.ExitCode, serve.Output));
        Assert.Contains("Fatal error: http.tls.", serve.Error, StringComparison.Ordinal);
        Assert.Contains(told, serve.Error, StringComparison.Ordinal);
        Assert.Contains(told, doctor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", serve.Error + doctor.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90, "gateway.example.com", "ok       serving: The certificate of http.tls is good until ")]
    [InlineData(5, "gateway.example.com", "warning  serving: The certificate of http.tls ends on ")]
    [InlineData(-1, "gateway.example.com", "PROBLEM  serving: The certificate of http.tls ended on ")]
    [InlineData(90, "other.example.com", "warning  serving: The certificate of http.tls is not for gateway.example.com")]
    public async Task Doctor_says_how_long_it_holds_and_for_whom(int days, string name, string told)
    {
        await using var xo = await Xo.StartAsync();
        using var root = Authority("root", null);
        using var own = Issue(name, root, days);
        Write("tls.pem", own.ExportCertificatePem());
        Write("tls.key", _key.ExportPkcs8PrivateKeyPem());

        var doctor = await CommandRun.OfAsync(_folder, [], "doctor", "--config", Settings(xo));

        Assert.Contains(told, doctor.Output, StringComparison.Ordinal);
    }

    private string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo) => Write("hypergate.yaml", $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
        http: { hosts: [gateway.example.com], tls: { certificate: tls.pem, key: tls.key } }
        """);

    private string Write(string name, string text)
    {
        var file = _folder.Write(name, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static async Task<string> SentAsync(ServedProgram program)
    {
        var sent = "";
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new()
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => (sent = certificate!.GetCertHashString()).Length > 0,
            },
        };
        using var http = new HttpClient(handler);
        using var live = await http.GetAsync(new Uri(program.Address, "/healthz/live"), TestContext.Current.CancellationToken);
        Assert.True(live.IsSuccessStatusCode);
        return sent;
    }

    private static X509Certificate2 Authority(string name, X509Certificate2? above)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var made = above is null ? request.CreateSelfSigned(Begin, Begin.AddYears(1)) : request.Create(above, Begin, Begin.AddDays(300), RandomNumberGenerator.GetBytes(8));
        return above is null ? X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null) : made.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Issue(string name, X509Certificate2 authority, int days)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(authority, Begin, TimeProvider.System.GetUtcNow().AddDays(days), RandomNumberGenerator.GetBytes(8));
    }
}
