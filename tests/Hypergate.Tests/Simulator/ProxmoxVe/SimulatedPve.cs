using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe;

namespace Hypergate.Tests.Simulator.ProxmoxVe;

/// <summary>A simulated cluster and a client that shows answers as they come.</summary>
internal sealed class SimulatedPve : IAsyncDisposable
{
    private readonly HttpClient _client;

    private SimulatedPve(ProxmoxSimulator simulator, SteppedTime time)
    {
        (Simulator, Time) = (simulator, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => Fits(certificate) },
        };
        _client = new HttpClient(handler) { BaseAddress = simulator.Url };
    }

    public ProxmoxSimulator Simulator { get; }

    /// <summary>Whether a certificate is the one whose fingerprint the simulator tells.</summary>
    public bool Fits(X509Certificate? certificate) =>
        certificate?.GetCertHashString(HashAlgorithmName.SHA256) == Simulator.Fingerprint.Replace(":", "", StringComparison.Ordinal);

    public SteppedTime Time { get; }

    public static Task<SimulatedPve> StartAsync() => StartAsync(new ProxmoxOptions { Broadcast = TimeSpan.Zero });

    public static async Task<SimulatedPve> StartAsync(ProxmoxOptions options)
    {
        var time = new SteppedTime();
        return new SimulatedPve(await ProxmoxSimulator.StartAsync(options, time, TestContext.Current.CancellationToken), time);
    }

    public Task<PveReply> GetAsync(string path) => SendAsync("GET", path);

    /// <summary>Asks as root's token; the path lies below <c>/api2/json</c>.</summary>
    public Task<PveReply> SendAsync(string method, string path, string? form = null) =>
        SendAsync(method, path, form is null ? null : (form, "application/x-www-form-urlencoded"), $"PVEAPIToken={Simulator.TokenId}={Simulator.TokenSecret}");

    /// <summary>Asks as the token of an identity of <c>lab</c>.</summary>
    public Task<PveReply> SendAsAsync(string who, string method, string path, string? form = null) =>
        SendAsync(method, path, form is null ? null : (form, "application/x-www-form-urlencoded"), $"PVEAPIToken={Identities.Token(who)}={Identities.Secret(who)}");

    public Task<PveReply> SendAsync(string method, string path, (string Text, string Type)? body, string? authorization) =>
        SendAsync(method, "/api2/json" + path, body, headers =>
        {
            if (authorization is not null)
            {
                headers.TryAddWithoutValidation("Authorization", authorization);
            }
        });

    public async Task<PveReply> SendAsync(string method, string target, (string Text, string Type)? body, Action<HttpRequestHeaders> headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Simulator.Url, target));
        headers(request.Headers);
        if (body is var (text, type))
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new PveReply(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public HttpClient Client => _client;

    /// <summary>How the task ended whose id a request answered.</summary>
    public async Task<string> EndOfAsync(PveReply started)
    {
        Assert.Equal(200, started.Status);
        var upid = started.Data!.GetValue<string>();
        var status = await GetAsync($"/nodes/{upid.Split(':')[1]}/tasks/{Uri.EscapeDataString(upid)}/status");
        return status.Data!["exitstatus"]?.GetValue<string>() ?? "running";
    }

    public async ValueTask DisposeAsync()
    {
        Time.Rush(false);
        _client.Dispose();
        await Simulator.DisposeAsync();
    }
}

/// <summary>The tokens of <c>lab</c>.</summary>
internal static class Identities
{
    public static string Token(string who) => who == "root" ? "root@pam!mcp" : $"{who}@pve!mcp";

    public static string Secret(string who) => who switch
    {
        "root" => "11111111-1111-4111-8111-111111111111",
        "op" => "22222222-2222-4222-8222-222222222222",
        _ => "33333333-3333-4333-8333-333333333333",
    };
}

/// <summary>A whole answer.</summary>
internal sealed record PveReply(HttpResponseMessage Response, string Text)
{
    public int Status => (int)Response.StatusCode;

    public string? ContentType => Response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode? Data => Json["data"];

    public string? Message => Json["message"]?.GetValue<string>();

    public string? Error(string parameter) => Json["errors"]?[parameter]?.GetValue<string>();
}
