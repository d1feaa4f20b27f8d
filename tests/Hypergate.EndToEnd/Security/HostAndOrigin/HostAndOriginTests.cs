using System.Net;
using System.Net.Sockets;
using System.Text;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.HostAndOrigin;

/// <summary>Who may be asked by which name, and from which page, on every route (rule R-HOST). In raw bytes, as an attacker's browser would send.</summary>
[Trait("Suite", "S4")]
[Trait("Rule", "R-HOST")]
public sealed class HostAndOriginTests : IDisposable
{
    private static readonly string[] Routes = ["/mcp", "/healthz/live", "/healthz/ready", "/metrics", "/nothing"];
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Foreign_names_and_pages_are_refused_on_every_route()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));
        var port = program.Address.Port;
        string[] hosts =
        [
            "Host: evil.example", $"Host: evil.example:{port}", "Host: 127.0.0.1", $"Host: 127.0.0.1:{port + 1}", "Host: ", $"Host: 127.0.0.1.evil.example:{port}",
            $"Host: localhost.:{port}", $"Host: 0.0.0.0:{port}", $"Host: 2130706433:{port}", $"Host: 127.1:{port}",
        ];
        string[] origins =
        [
            "Origin: null", "Origin: http://evil.example", $"Origin: http://evil.example:{port}", "Origin: http://localhost", $"Origin: http://localhost:{port + 1}",
            $"Origin: http://localhost:{port}/", $"Origin: file://localhost:{port}", "Origin: ", $"Origin: http://localhost:{port}\r\nOrigin: http://localhost:{port}",
            $"Origin: http://localhost@evil.example:{port}",
        ];
        foreach (var route in Routes)
        {
            foreach (var head in hosts.Concat(origins.Select(origin => $"Host: localhost:{port}\r\n{origin}")))
            {
                var answer = await AskAsync(port, route, head);

                Assert.True(answer.Contains(" 403 ", StringComparison.Ordinal) || answer.Contains(" 400 ", StringComparison.Ordinal), $"{route} {head}: {answer}");
                Assert.DoesNotContain("Access-Control", answer, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("\"status\"", answer, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("Host: localhost:PORT")]
    [InlineData("Host: LOCALHOST:PORT")]
    [InlineData("Host: 127.0.0.1:PORT")]
    [InlineData("Host: [::1]:PORT")]
    [InlineData("Host: localhost:PORT\r\nOrigin: http://localhost:PORT")]
    [InlineData("Host: localhost:PORT\r\nOrigin: http://127.0.0.1:PORT")]
    public async Task Its_own_names_and_pages_are_answered(string head)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));
        var port = program.Address.Port;

        var answer = await AskAsync(port, "/healthz/live", head.Replace("PORT", $"{port}", StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_pages_of_the_settings_are_answered_beside_its_own()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            http: { hosts: [gateway.example.com, "other.example.com:8443"], origins: ["https://console.example.com"] }
            """);
        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", file);
        var port = program.Address.Port;

        Assert.Contains(" 200 ", await AskAsync(port, "/healthz/live", "Host: gateway.example.com"), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await AskAsync(port, "/healthz/live", "Host: other.example.com:8443"), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await AskAsync(port, "/healthz/live", "Host: gateway.example.com\r\nOrigin: https://console.example.com"), StringComparison.Ordinal);
        Assert.Contains(" 403 ", await AskAsync(port, "/healthz/live", "Host: other.example.com"), StringComparison.Ordinal);
        Assert.Contains(" 403 ", await AskAsync(port, "/healthz/live", "Host: gateway.example.com\r\nOrigin: https://console.example.com:444"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_is_told_that_the_page_of_the_settings_may_read_and_no_other()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            http: { origins: ["https://console.example.com"] }
            authentication: { required: true }
            """);
        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", file);
        var port = program.Address.Port;
        Task<string> FromAsync(string page, string method, string more = "") => AskAsync(port, "/mcp", $"Host: localhost:{port}\r\nOrigin: {page}{more}", method);
        const string Ahead = "\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization,mcp-param-backend";

        var ahead = await FromAsync("https://console.example.com", "OPTIONS", Ahead);
        var refused = await FromAsync("https://console.example.com", "GET");
        var foreign = await FromAsync("https://evil.example", "OPTIONS", Ahead);

        Assert.StartsWith("HTTP/1.1 204 ", ahead, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Headers: authorization,mcp-param-backend\r\n", ahead, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Methods: GET, POST, DELETE\r\n", ahead, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401 ", refused, StringComparison.Ordinal);
        Assert.All([ahead, refused], static answer =>
        {
            Assert.Contains("Access-Control-Allow-Origin: https://console.example.com\r\n", answer, StringComparison.Ordinal);
            Assert.Contains("Vary: Origin\r\n", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Allow-Credentials", answer, StringComparison.Ordinal);
        });
        Assert.StartsWith("HTTP/1.1 403 ", foreign, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control", foreign, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(int port, string route, string head, string method = "GET")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {route} HTTP/1.1\r\n{head}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
