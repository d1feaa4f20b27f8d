using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Host.Telemetry;
using Hypergate.Tests.Governance.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Host.Telemetry;

/// <summary>Records as messages of syslog, over each of its ways; and what happens while the server is away.</summary>
public sealed class SyslogCopyTests : IDisposable
{
    private const string Line = """{"v":1,"seq":7,"time":"2026-11-21T10:00:00.000Z","operation":"StartVm","outcome":"done"}""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-syslog-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("audit", "done", "<110>1 2026-11-21T10:00:00.000Z ")]
    [InlineData("audit", "refused", "<108>1 2026-11-21T10:00:00.000Z ")]
    [InlineData("local7", "failed", "<188>1 2026-11-21T10:00:00.000Z ")]
    [InlineData("daemon", "done", "<30>1 2026-11-21T10:00:00.000Z ")]
    public void A_message_has_priority_time_and_the_whole_record(string facility, string outcome, string start)
    {
        var line = Line.Replace("done", outcome, StringComparison.Ordinal);

        var message = Encoding.UTF8.GetString(new SyslogMessage(facility).Write(Encoding.UTF8.GetBytes(line)));

        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.EndsWith($" hypergate {Environment.ProcessId} audit - {line}", message, StringComparison.Ordinal);
        Assert.Equal(7, message[..message.IndexOf('{', StringComparison.Ordinal)].Split(' ').Length - 1);
    }

    [Fact]
    public async Task Over_udp_each_record_is_a_datagram()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var copy = new SyslogCopy(new() { Address = new($"udp://127.0.0.1:{((IPEndPoint)server.Client.LocalEndPoint!).Port}") }, TimeProvider.System);

        await copy.SendAsync(Encoding.UTF8.GetBytes(Line), Token);

        Assert.EndsWith(Line, Encoding.UTF8.GetString((await server.ReceiveAsync(Token)).Buffer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_tcp_each_record_follows_its_length_and_a_new_connection_follows_a_lost_one()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var copy = new SyslogCopy(new() { Address = new($"tcp://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}") }, TimeProvider.System);

        await copy.SendAsync(Encoding.UTF8.GetBytes(Line), Token);
        await copy.SendAsync(Encoding.UTF8.GetBytes(Line), Token);
        using (var first = await server.AcceptTcpClientAsync(Token))
        {
            Assert.EndsWith(Line, await FrameAsync(first.GetStream()), StringComparison.Ordinal);
            Assert.EndsWith(Line, await FrameAsync(first.GetStream()), StringComparison.Ordinal);
        }

        await copy.SendAsync(Encoding.UTF8.GetBytes(Line), Token);
        using var second = await server.AcceptTcpClientAsync(Token);
        Assert.EndsWith(Line, await FrameAsync(second.GetStream()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_tls_the_server_must_show_a_certificate_of_the_given_root()
    {
        using var certificate = Certificate();
        var ca = Path.Combine(_folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(ca, certificate.ExportCertificatePem(), Token);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var address = new Uri($"tls://localhost:{((IPEndPoint)server.LocalEndpoint).Port}");
        var reading = AcceptAsync(server, certificate);

        await using (var trusting = new SyslogCopy(new() { Address = address, Ca = ca }, TimeProvider.System))
        {
            await trusting.SendAsync(Encoding.UTF8.GetBytes(Line), Token);
            Assert.EndsWith(Line, await reading, StringComparison.Ordinal);
        }

        var refused = AcceptAsync(server, certificate);
        await using var wary = new SyslogCopy(new() { Address = address }, TimeProvider.System);
        await Assert.ThrowsAsync<IOException>(() => wary.SendAsync(Encoding.UTF8.GetBytes(Line), Token));
        await Assert.ThrowsAnyAsync<Exception>(() => refused);
    }

    [Fact]
    public async Task A_server_that_is_away_holds_up_nothing_and_gets_all_when_it_is_back()
    {
        var port = FreePort();
        var settings = new GatewaySettings { Backends = [], Audit = new() { Syslog = new() { Address = new($"tcp://127.0.0.1:{port}") } } };
        var copies = AuditCopies.Make(settings, NullLogger.Instance, TimeProvider.System);
        await using var stores = new EmbeddedStores(null, _folder.FullName, copies, TimeProvider.System);
        using var log = stores.NewAudit(settings.Audit, AuditTestFolder.NoScrubbing);

        for (var number = 0; number < 20; number++)
        {
            await log.AppendAsync(AuditTestFolder.Record($"Call{number}"), Token);
        }

        using var server = new TcpListener(IPAddress.Loopback, port);
        server.Start();
        using var client = await server.AcceptTcpClientAsync(Token);
        for (var number = 0; number < 20; number++)
        {
            Assert.Contains($"\"operation\":\"Call{number}\"", await FrameAsync(client.GetStream()), StringComparison.Ordinal);
        }

        Assert.Empty((await stores.Trail.VerifyAsync([], Token)).Problems);
    }

    private static async Task<string> AcceptAsync(TcpListener server, X509Certificate2 certificate)
    {
        using var client = await server.AcceptTcpClientAsync(Token);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(certificate);
        return await FrameAsync(stream);
    }

    private static async Task<string> FrameAsync(Stream stream)
    {
        var length = 0;
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, Token);
            if (one[0] == ' ')
            {
                break;
            }

            length = (length * 10) + (one[0] - '0');
        }

        var message = new byte[length];
        await stream.ReadExactlyAsync(message, Token);
        return Encoding.UTF8.GetString(message);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
