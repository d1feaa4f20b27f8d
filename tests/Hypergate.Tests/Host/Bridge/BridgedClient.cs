using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Host.Bridge;
using Hypergate.Host.Cli;
using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Host.Bridge;

/// <summary>A client at the pipe side of a bridge, with nothing between but bytes.</summary>
internal sealed class BridgedClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Pipe _in = new();
    private readonly Pipe _out = new();
    private readonly ClientPipe _pipe;
    private readonly Relay _relay;
    private readonly StreamReader _answers;
    private readonly StringWriter _errors = new();

    public BridgedClient(Uri server, TimeProvider time, TimeSpan? patience = null, params KeyValuePair<string, string>[] headers)
    {
        var http = new BackendHttpOptions { Address = new Uri(server, "/mcp"), Words = new PlatformWords { Server = "gateway", AddressSetting = "--url" } };
        var terminal = new Terminal(() => _errors, () => TextWriter.Synchronized(_errors), null);
        _pipe = new ClientPipe(_in.Reader.AsStream(), _out.Writer.AsStream());
        _relay = new Relay(
            new BridgeOptions(http, headers) { Patience = patience ?? TimeSpan.FromSeconds(30) },
            _pipe,
            new BridgeLog(terminal, SecretScrubber.None),
            time);
        _answers = new StreamReader(_out.Reader.AsStream());
        Running = _relay.RunAsync(TestContext.Current.CancellationToken);
    }

    public Task Running { get; }

    public string Errors => _errors.ToString();

    public async Task SendAsync(string line) => await _in.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);

    public async Task<JsonElement> NextAsync() =>
        JsonElement.Parse(await _answers.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("There is no further line."));

    public async Task EndAsync()
    {
        await _in.Writer.CompleteAsync();
        await Running.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _relay.Dispose();
        _pipe.Dispose();
    }
}
