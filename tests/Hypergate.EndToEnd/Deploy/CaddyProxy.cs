using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Deploy;

/// <summary>Caddy with the file of <c>deploy/compose</c>: of it only names and ports are changed, and the authority is its own.</summary>
internal sealed class CaddyProxy : IAsyncDisposable
{
    private const string Name = "gateway.example.com";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private CaddyProxy(Process process, int port)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Http = new HttpClient(Handler(port)) { BaseAddress = new Uri($"https://{Name}/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    /// <param name="gateways">The port of both gateways, at 127.0.0.1 and 127.0.0.2.</param>
    public static async Task<CaddyProxy> StartAsync(ProgramFolder folder, int gateways)
    {
        var port = Xo.FreePort();
        var text = (await File.ReadAllTextAsync(Path.Combine(HypergateProgram.Repository, "deploy", "compose", "Caddyfile"), TestContext.Current.CancellationToken))
            .Replace("gateway-1:8420", $"127.0.0.1:{gateways}", StringComparison.Ordinal)
            .Replace("gateway-2:8420", $"127.0.0.2:{gateways}", StringComparison.Ordinal)
            .Replace("localhost:8420", $"localhost:{gateways}", StringComparison.Ordinal)
            .Replace($"{Name} {{", $"{Name}:{port} {{\n\tbind 127.0.0.1", StringComparison.Ordinal)
            .Replace("# tls internal", "tls internal", StringComparison.Ordinal);
        var file = folder.Write("Caddyfile", $"{{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}}\n{text}");
        var start = new ProcessStartInfo(Program(), ["run", "--config", file, "--adapter", "caddyfile"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder.Path };
        (start.Environment["XDG_DATA_HOME"], start.Environment["XDG_CONFIG_HOME"], start.Environment["HOME"]) = (folder.Path, folder.Path, folder.Path);
        var proxy = new CaddyProxy(Process.Start(start)!, port);
        await Until.TrueAsync(proxy.IsReadyAsync);
        return proxy;
    }

    /// <summary>A request of the older revisions; gives the status, the session and what was answered.</summary>
    public async Task<(HttpStatusCode Status, string? Session, string Body)> AskAsync(string key, string? session, string method, string parameters = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "mcp")
        {
            Content = new StringContent($$"""{"jsonrpc":"2.0","id":"{{Guid.NewGuid()}}","method":"{{method}}","params":{{parameters}} }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Accept", McpPost.Both);
        request.Headers.TryAddWithoutValidation("X-API-Key", key);
        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", session);
            request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25");
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var opened = response.Headers.TryGetValues("Mcp-Session-Id", out var values) ? values.Single() : null;
        return (response.StatusCode, opened, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _errors;
        _process.Dispose();
    }

    // The one of the system, or where ./dev puts Debian's.
    private static string Program() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append(Path.Combine(HypergateProgram.Repository, "artifacts", "caddy", "usr", "bin"))
        .Select(static folder => Path.Combine(folder, "caddy")).FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("There is no Caddy here. Run ./dev setup.");

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process.HasExited, _process.HasExited ? await _errors : "");
        try
        {
            using var response = await Http.GetAsync(new Uri("healthz/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Wherever the name leads, it is this machine; whose certificate it is, the name in it says.
    private static SocketsHttpHandler Handler(int port) => new()
    {
        UseProxy = false,
        SslOptions = new() { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is X509Certificate2 given && given.MatchesHostname(Name) },
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
