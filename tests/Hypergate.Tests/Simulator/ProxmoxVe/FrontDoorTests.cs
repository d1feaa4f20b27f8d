using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Hypergate.Tests.Simulator.ProxmoxVe;

/// <summary>What happens to a request before an operation is looked for.</summary>
public class FrontDoorTests
{
    private const string Reset = "/api2/json/nodes/pve1/qemu/100/status/reset";

    [Theory]
    [InlineData("GET", "/api2/xml/version", "", "", "501 no formatter for uri /version, xml", "no formatter for uri /version, xml")]
    [InlineData("HEAD", "/api2/json/version", "", "", "501 method 'HEAD' not available", "")]
    [InlineData("OPTIONS", "/api2/json/version", "", "", "501 method 'OPTIONS' not available", "")]
    [InlineData("POST", Reset, "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", "501 chunked transfer encoding not supported", "chunked transfer encoding not supported")]
    [InlineData("POST", Reset, "Content-Type: text/plain\r\nContent-Length: 2\r\n", "{}", "506 upload 'Content-Type 'text/plain' not implemented", "upload 'Content-Type 'text/plain' not implemented")]
    [InlineData("GET", "/api2/json/version", "Content-Length: 2\r\n", "{}", "501 Unexpected content for method 'GET'", "Unexpected content for method 'GET'")]
    [InlineData(
        "POST",
        Reset,
        "Content-Type: application/json\r\nContent-Length: 5\r\n",
        "{bad}",
        "500 '\"' expected, at character offset 1 (before \"bad}\") at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.",
        "'\"' expected, at character offset 1 (before \"bad}\") at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.\n")]
    public async Task A_request_that_is_wrong_is_refused_in_plain_text(string method, string path, string headers, string body, string status, string text)
    {
        await using var pve = await SimulatedPve.StartAsync();

        var answer = await RawAsync(pve, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: PVEAPIToken=root@pam!mcp={Identities.Secret("root")}\r\n{headers}\r\n{body}");

        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\nContent-Type:", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + text, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_formatter_for_web_pages_answers_200_and_tells_the_failure_in_the_body()
    {
        await using var pve = await SimulatedPve.StartAsync();

        var answer = await pve.SendAsync("GET", "/api2/extjs/nodes/pve1/qemu/abc/config", null, headers => headers.TryAddWithoutValidation("Authorization", $"PVEAPIToken=root@pam!mcp={Identities.Secret("root")}"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(0, answer.Json["success"]!.GetValue<int>());
        Assert.Equal("400", answer.Json["status"]!.ToString());
        Assert.Equal("type check ('integer') failed - got 'abc'", answer.Error("vmid"));
    }

    [Theory]
    [InlineData("GET", "301 Moved Permanently")]
    [InlineData("POST", "308 Permanent Redirect")]
    public async Task Plain_http_is_sent_to_the_same_address_with_tls(string method, string status)
    {
        await using var pve = await SimulatedPve.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", pve.Simulator.Url.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{method} /x HTTP/1.1\r\nHost: 127.0.0.1:8006\r\n\r\n"), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith($"HTTP/1.1 {status}\r\nLocation: https://127.0.0.1:8006/x\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_needs_no_login_and_names_every_operation()
    {
        await using var pve = await SimulatedPve.StartAsync();

        var answer = await pve.SendAsync("GET", "/pve-docs/api-viewer/apidoc.js", null, static _ => { });

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("const apiSchema = [", answer.Text, StringComparison.Ordinal);
        Assert.Contains("/nodes/{node}/qemu/{vmid}/status/start", answer.Text, StringComparison.Ordinal);
        Assert.NotNull(answer.Response.Content.Headers.LastModified);
    }

    private static async Task<string> RawAsync(SimulatedPve pve, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", pve.Simulator.Url.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => pve.Fits(certificate));
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(tls);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
