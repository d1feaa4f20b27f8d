using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Host.Mcp;
using Hypergate.Model;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hypergate.Tests.Host.Mcp;

/// <summary>A client's end of the gateway's protocol layer, over pipes in memory: raw lines, or the client of the SDK.</summary>
internal sealed class McpSession : IAsyncDisposable
{
    public const string New = "2026-07-28";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private readonly List<JsonElement> _seen = [];
    private readonly StreamReader _reader;
    private int _id;

    public McpSession(GatewayUnderTest gateway)
    {
        var answers = new DirectAnswers();
        var face = StdioFace.Of(gateway.Gateway, Caller.LocalUser, answers, gateway.Time);
        var server = new StdioServer(face.Options, NullLoggerFactory.Instance, TimeProvider.System);
        var transport = new LineTransport(_toServer.Reader.AsStream(), _toClient.Writer.AsStream(), answers);
        _serving = server.RunAsync(transport, started => _ = face.News.BroadcastAsync(started, _end.Token), _end.Token);
        _reader = new StreamReader(_toClient.Reader.AsStream());
    }

    /// <summary>Connects the client of the SDK to the gateway; disposing it ends the session.</summary>
    public Task<McpClient> ConnectAsync(string revision, McpClientHandlers? handlers = null) => McpClient.CreateAsync(
        new StreamClientTransport(_toServer.Writer.AsStream(), _toClient.Reader.AsStream()),
        new McpClientOptions { ProtocolVersion = revision, DiscoverProbeTimeout = Patience, Handlers = handlers ?? new() },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The handshake of revisions up to 2025-11-25.</summary>
    public async Task InitializeAsync(string revision, string capabilities)
    {
        var parameters = $$$"""{"protocolVersion":"{{{revision}}}","capabilities":{{{capabilities}}},"clientInfo":{"name":"test","version":"1"}}""";
        await AnswerAsync(await RequestAsync("initialize", parameters));
        await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
    }

    /// <summary>Asks the way 2026-07-28 wants it.</summary>
    public async Task<JsonElement> AskAsync(string method, string parameters, string capabilities = "{}") =>
        await AnswerAsync(await RequestAsync(method, WithMeta(parameters, capabilities)));

    public async Task<int> RequestAsync(string method, string parameters)
    {
        var id = ++_id;
        await SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        return id;
    }

    public async Task SendAsync(string line)
    {
        await _toServer.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);
    }

    public Task<JsonElement> AnswerAsync(int id) => MessageAsync(message =>
        !message.TryGetProperty("method", out _) && message.TryGetProperty("id", out var found) && found.ValueKind == JsonValueKind.Number && found.GetInt32() == id);

    public async Task<JsonElement> MessageAsync(Func<JsonElement, bool> fits)
    {
        foreach (var message in _seen.Where(fits))
        {
            return message;
        }

        while (await _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) is { } line)
        {
            var message = JsonElement.Parse(line);
            _seen.Add(message);
            if (fits(message))
            {
                return message;
            }
        }

        throw new InvalidOperationException("The server has ended.");
    }

    public static string WithMeta(string parameters, string capabilities = "{}")
    {
        var node = JsonNode.Parse(parameters)!.AsObject();
        var meta = node["_meta"] as JsonObject ?? [];
        node["_meta"] = meta;
        meta["io.modelcontextprotocol/protocolVersion"] = New;
        meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" };
        meta["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse(capabilities);
        return node.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _toServer.Writer.CompleteAsync();
        await _serving;
        _end.Dispose();
    }
}
