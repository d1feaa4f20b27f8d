using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.BackendTls;

/// <summary>Suite S19: four servers that do not prove who they are, under four settings that do not say to trust them. No request is sent to any.</summary>
[Trait("Suite", "S19")]
[Trait("Rule", "R-TLS")]
[Trait("Aisvs", "10.3.1")]
public sealed class CertificateTests(CertificateTests.Servers servers) : IClassFixture<CertificateTests.Servers>, IDisposable
{
    private static readonly string[] Trusts = ["the system's store", "another CA", "another fingerprint", "verify: false alone"];

    private readonly ProgramFolder _folder = new();

    public static TheoryData<SimulatorTls, string> Cases => [.. Enum.GetValues<SimulatorTls>().SelectMany(static tls => Trusts.Select(trust => (tls, trust)))];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(16, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_server_that_does_not_prove_who_it_is_gets_no_request(SimulatorTls tls, string trust)
    {
        var xo = servers.Of(tls);
        var setting = trust switch
        {
            "another CA" => $"ca: {OtherCa()}",
            "another fingerprint" => $"fingerprint: \"{string.Join(':', Enumerable.Repeat("AB", 32))}\"",
            "verify: false alone" => "verify: false",
            _ => "verify: true",
        };

        var run = await CheckAsync(xo, setting);

        Assert.True(run.ExitCode == (trust == "verify: false alone" ? 1 : 2), $"{run.ExitCode}: {run.Output}{run.Error}");
        Assert.Contains(trust == "verify: false alone" ? "dangerously_skip_tls_verification" : tls == SimulatorTls.Off ? "TLS" : "certificate", run.Output + run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(xo.Requests.All);
        Assert.DoesNotContain(xo.Token, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_server_is_asked_once_its_own_fingerprint_is_pinned()
    {
        await using var xo = await XoSimulator.StartAsync(Xo.Small with { Tls = SimulatorTls.SelfSigned }, TimeProvider.System, TestContext.Current.CancellationToken);
        var refused = await CheckAsync(xo, "verify: true");
        var fingerprint = System.Text.RegularExpressions.Regex.Match(refused.Output, "([0-9A-F]{2}:){31}[0-9A-F]{2}", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Value;

        var run = await CheckAsync(xo, $"fingerprint: \"{fingerprint}\"");

        Assert.Equal(0, run.ExitCode);
        Assert.NotEmpty(xo.Requests.All);
    }

    private Task<CommandRun> CheckAsync(XoSimulator xo, string setting)
    {
        var file = _folder.Write("hypergate.yaml", $"backends: [{{ name: xo, kind: xen-orchestra, url: \"https://127.0.0.1:{xo.Url.Port}\", auth: {{ token: \"{xo.Token}\" }}, tls: {{ {setting} }} }}]\n");
        return CommandRun.OfAsync(_folder, [], "check", "--config", file);
    }

    private string OtherCa()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Another CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var ca = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        return _folder.Write("other.pem", ca.ExportCertificatePem());
    }

    /// <summary>One server of each kind; that with <see cref="SimulatorTls.Off"/> speaks no TLS where it is asked for.</summary>
    public sealed class Servers : IAsyncLifetime
    {
        private readonly Dictionary<SimulatorTls, XoSimulator> _all = [];

        public async ValueTask InitializeAsync()
        {
            foreach (var tls in Enum.GetValues<SimulatorTls>())
            {
                _all[tls] = await XoSimulator.StartAsync(Xo.Small with { Tls = tls }, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var xo in _all.Values)
            {
                await xo.DisposeAsync();
            }
        }

        internal XoSimulator Of(SimulatorTls tls) => _all[tls];
    }
}
