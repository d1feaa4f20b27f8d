using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.Tests.Simulator;

/// <summary>A simulator and a client that shows answers as they come: no redirects, no cookies, no decompression.</summary>
internal sealed class SimulatedXo : IAsyncDisposable
{
    public static readonly SimulatorOptions Small = new() { Vms = 40, CacheLag = TimeSpan.Zero, TaskDuration = 0 };

    private readonly HttpClient _client;
    private readonly List<IDisposable> _kept = [];

    private SimulatedXo(XoSimulator simulator)
    {
        Simulator = simulator;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = simulator.Url };
    }

    public XoSimulator Simulator { get; }

    public static Task<SimulatedXo> StartAsync() => StartAsync(Small, new ManualTime());

    public static async Task<SimulatedXo> StartAsync(SimulatorOptions options, TimeProvider time) =>
        new(await XoSimulator.StartAsync(options, time, TestContext.Current.CancellationToken));

    /// <summary>Asks as the administrator; the path lies below <c>/rest/v0</c>.</summary>
    public Task<Reply> GetAsync(string path) => SendAsync("GET", path);

    public Task<Reply> SendAsync(string method, string path, string? body = null) =>
        SendAsync(method, path, body, headers => headers.Add("Cookie", $"authenticationToken={Simulator.Token}"));

    public Task<Reply> SendAsAsync(string user, string method, string path, string? body = null) =>
        SendAsync(method, path, body, headers => headers.Authorization = Basic(user));

    public async Task<Reply> SendAsync(string method, string path, string? body, Action<HttpRequestHeaders> headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/rest/v0" + path);
        headers(request.Headers);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public HttpClient Client => _client;

    /// <summary>The id of the first object that fits a filter.</summary>
    public async Task<string> IdAsync(string collection, string filter = "") =>
        (await GetAsync($"/{collection}?fields=id&limit=1&filter={Uri.EscapeDataString(filter)}")).Json[0]!["id"]!.GetValue<string>();

    /// <summary>Keeps something open, such as a stream, until the simulator ends.</summary>
    public void Keep(IDisposable open) => _kept.Add(open);

    public static AuthenticationHeaderValue Basic(string userAndPassword) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword)));

    public async ValueTask DisposeAsync()
    {
        _kept.ForEach(open => open.Dispose());
        _client.Dispose();
        await Simulator.DisposeAsync();
    }
}

/// <summary>A whole answer.</summary>
internal sealed record Reply(HttpResponseMessage Response, string Text)
{
    public int Status => (int)Response.StatusCode;

    public string? ContentType => Response.Content.Headers.ContentType?.ToString();

    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Location => Response.Headers.Location?.ToString();

    public string Error => Json["error"]!.ToString();
}
