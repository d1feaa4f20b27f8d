using System.Security.Cryptography.X509Certificates;
using Hypergate.Backends.Http;

namespace Hypergate.Tests.Backends.Http;

[Trait("Suite", "S19")]
[Trait("Rule", "R-TLS")]
public sealed class TlsRulesTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_issuer_is_refused_before_anything_is_sent_and_the_fingerprint_is_shown()
    {
        using var certificate = _certificates.Server();

        await RefusesAsync(
            certificate, new(), "the issuer of its certificate is unknown (CN=Test CA)", $"SHA-256 fingerprint {CertificatePin.Of(certificate)}", "tls.ca", "tls.fingerprint");
    }

    [Fact]
    public async Task A_certificate_of_the_configured_CA_is_accepted()
    {
        using var certificate = _certificates.Server();

        await AcceptsAsync(certificate, new() { CaFile = _certificates.RootFile });
        await AcceptsAsync(certificate, new() { ExtraCaFile = _certificates.RootFile });
    }

    [Fact]
    public async Task A_CA_that_signed_something_else_does_not_help()
    {
        using var certificate = _certificates.Server();

        await RefusesAsync(certificate, new() { CaFile = _certificates.OtherRootFile }, "issuer of its certificate is unknown");
        await RefusesAsync(certificate, new() { ExtraCaFile = _certificates.OtherRootFile }, "issuer of its certificate is unknown");
        await RefusesAsync(
            certificate, new() { CaFile = _certificates.OtherRootFile, ExtraCaFile = _certificates.RootFile }, "issuer of its certificate is unknown");
    }

    [Fact]
    public async Task A_self_signed_certificate_may_be_its_own_CA()
    {
        using var certificate = TestCertificates.SelfSigned(_certificates.OtherRootFile);

        await RefusesAsync(certificate, new(), "issuer of its certificate is unknown");
        await AcceptsAsync(certificate, new() { CaFile = _certificates.OtherRootFile });
    }

    [Fact]
    public async Task A_bundle_may_hold_several_CAs()
    {
        File.AppendAllText(_certificates.OtherRootFile, "\n# the second\n" + File.ReadAllText(_certificates.RootFile));
        using var certificate = _certificates.Server();

        await AcceptsAsync(certificate, new() { CaFile = _certificates.OtherRootFile });
    }

    [Fact]
    public async Task A_bundle_may_hold_the_intermediate_that_the_server_does_not_send()
    {
        using var certificate = _certificates.ServerBelowIntermediate(out var intermediatePem);

        await RefusesAsync(certificate, new() { CaFile = _certificates.RootFile }, "issuer of its certificate is unknown");
        File.AppendAllText(_certificates.RootFile, "\n" + intermediatePem);
        await AcceptsAsync(certificate, new() { CaFile = _certificates.RootFile });
        await AcceptsAsync(certificate, new() { ExtraCaFile = _certificates.RootFile });
    }

    [Fact]
    public async Task A_wrong_name_is_refused_and_the_right_names_are_shown()
    {
        using var certificate = _certificates.Server("xo.example.com");

        await RefusesAsync(
            certificate, new() { CaFile = _certificates.RootFile }, "its certificate is not for the name 127.0.0.1 but for xo.example.com");
    }

    [Theory]
    [InlineData(30, 10)]
    [InlineData(-10, 365)]
    public async Task A_certificate_outside_its_time_is_refused(int startsDaysAgo, int validDays)
    {
        using var certificate = _certificates.Server(validDays: validDays, startsDaysAgo: startsDaysAgo);

        await RefusesAsync(certificate, new() { CaFile = _certificates.RootFile }, "has expired or is not yet valid");
    }

    [Fact]
    public async Task Every_check_that_failed_is_named()
    {
        using var certificate = _certificates.Server("xo.example.com", validDays: 10, startsDaysAgo: 30);

        await RefusesAsync(certificate, new(), "has expired", "issuer of its certificate is unknown", "not for the name");
    }

    [Fact]
    public async Task The_pinned_certificate_is_accepted_whatever_its_name_date_and_issuer()
    {
        using var certificate = _certificates.Server("xo.example.com", validDays: 10, startsDaysAgo: 30);

        await AcceptsAsync(certificate, new() { Pin = CertificatePin.Of(certificate), CaFile = _certificates.OtherRootFile });
    }

    [Fact]
    public async Task Another_certificate_than_the_pinned_one_is_refused_even_of_the_right_CA_and_with_verification_off()
    {
        using var certificate = _certificates.Server();
        using var pinned = _certificates.Server();

        var rules = new TlsRules
        {
            Pin = CertificatePin.Of(pinned),
            CaFile = _certificates.RootFile,
            DangerouslySkipVerification = true,
        };
        await RefusesAsync(
            certificate, rules, $"expected {CertificatePin.Of(pinned)}, actual {CertificatePin.Of(certificate)}");
    }

    [Fact]
    public async Task Only_the_explicit_flag_turns_verification_off_and_that_is_a_warning()
    {
        using var certificate = _certificates.Server("xo.example.com", validDays: 10, startsDaysAgo: 30);
        var rules = new TlsRules { DangerouslySkipVerification = true };

        await AcceptsAsync(certificate, rules);
        Assert.Contains("verification is off", Assert.Single(rules.Warnings()), StringComparison.Ordinal);
        Assert.Empty(new TlsRules().Warnings());
    }

    [Theory]
    [InlineData("no-such-file.pem", "cannot be read")]
    [InlineData("empty", "holds no PEM certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "cannot be read")]
    public async Task A_CA_file_that_cannot_be_used_is_an_error_that_names_it(string content, string problem)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        if (!content.StartsWith("no-such", StringComparison.Ordinal))
        {
            File.WriteAllText(file, content);
        }

        using var certificate = _certificates.Server();
        var rules = new TlsRules { CaFile = file };

        Assert.Contains(problem, rules.Problem(), StringComparison.Ordinal);
        Assert.Contains(file, rules.Problem(), StringComparison.Ordinal);
        await RefusesAsync(certificate, rules, problem);
        Assert.Contains("It is ignored", Assert.Single(new TlsRules { ExtraCaFile = file }.Warnings()), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_port_without_TLS_is_told_apart_from_a_bad_certificate()
    {
        await using var server = LoopbackServer.Greeting("SSH-2.0-OpenSSH_9.6\r\n"u8.ToArray());
        var address = new Uri($"https://127.0.0.1:{server.Port}");
        using var http = new BackendHttp(new() { Address = address, Words = XoWords.Value }, TimeProvider.System);

        var failure = Assert.IsType<TransportFailure>(await http.SendAsync(new() { Address = address }, Cancellation));

        Assert.Equal(FailureKind.Tls, failure.Kind);
        Assert.Contains("Check that the port speaks TLS", failure.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AB:CD")]
    [InlineData("zz")]
    [InlineData("sha1")]
    public void A_fingerprint_has_32_bytes(string text) => Assert.Null(CertificatePin.TryRead(text));

    [Fact]
    public void Colons_and_case_of_a_fingerprint_do_not_matter()
    {
        using var certificate = _certificates.Server();
        var text = CertificatePin.Of(certificate).ToString();

        Assert.True(CertificatePin.TryRead(text)!.Matches(certificate));
        Assert.True(CertificatePin.TryRead(text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant())!.Matches(certificate));
        Assert.Equal(95, text.Length);
    }

    public void Dispose() => _certificates.Dispose();

    private static async Task AcceptsAsync(X509Certificate2 certificate, TlsRules rules)
    {
        await using var server = LoopbackServer.Secure(certificate);
        Assert.IsType<HttpReply>(await SendAsync(server, rules));
        Assert.Single(server.Requests);
    }

    private static async Task RefusesAsync(X509Certificate2 certificate, TlsRules rules, params string[] texts)
    {
        await using var server = LoopbackServer.Secure(certificate);
        var failure = Assert.IsType<TransportFailure>(await SendAsync(server, rules));
        Assert.Equal(FailureKind.Tls, failure.Kind);
        Assert.StartsWith($"Cannot connect to XO server at https://127.0.0.1:{server.Port}: ", failure.Text, StringComparison.Ordinal);
        Assert.All(texts, text => Assert.Contains(text, failure.Text, StringComparison.Ordinal));
        Assert.Empty(server.Requests);
    }

    private static async Task<HttpResult> SendAsync(LoopbackServer server, TlsRules rules)
    {
        using var http = new BackendHttp(new() { Address = server.Address, Words = XoWords.Value, Tls = rules }, TimeProvider.System);
        return await http.SendAsync(new() { Address = server.Address, Headers = [new("Cookie", "t=secret")] }, Cancellation);
    }
}
