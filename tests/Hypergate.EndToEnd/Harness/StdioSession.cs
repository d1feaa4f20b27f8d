using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.EndToEnd.Harness;

/// <summary>
/// The program as an MCP server, spoken to in raw lines, so that nothing of a client library hides what it says. Every line of
/// its standard output is kept.
/// </summary>
internal sealed class StdioSession : IAsyncDisposable
{
    /// <summary>The oldest revision that is fully supported; the handshake is by <c>initialize</c>.</summary>
    public const string Old = "2025-06-18";

    /// <summary>The newest revision: no handshake, every request carries who asks.</summary>
    public const string New = "2026-07-28";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Guards _lines and _more: the reader runs beside the test.
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Process _process;
    private readonly Task _reading;
    private readonly Task<string> _errors;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _id;

    private StdioSession(Process process)
    {
        _process = process;
        _reading = ReadAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static StdioSession Start(ProgramFolder folder, params IEnumerable<(string Name, string Value)> variables) =>
        new(Process.Start(HypergateProgram.StartInfo(folder, [], variables))!);

    public static StdioSession StartWithFile(ProgramFolder folder, string settings)
    {
        var file = folder.Write("hypergate.yaml", settings);
        return new(Process.Start(HypergateProgram.StartInfo(folder, ["--config", file], []))!);
    }

    /// <summary>Everything on standard output so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public int ProcessId => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The handshake of revisions up to 2025-11-25.</summary>
    public async Task<JsonElement> InitializeAsync(string revision = Old, string capabilities = "{}")
    {
        var answer = await AskAsync("initialize", $$$"""{"protocolVersion":"{{{revision}}}","capabilities":{{{capabilities}}},"clientInfo":{"name":"e2e","version":"1"}}""");
        await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return answer.GetProperty("result");
    }

    /// <summary>The same, and then waits until the platform's operations are known.</summary>
    public async Task StartWorkAsync(string capabilities = "{}")
    {
        await InitializeAsync(capabilities: capabilities);
        var answer = await CallAsync("ping_query", """{"operation":"Ping"}""");
        Assert.False(answer.IsToolError, answer.Text);
    }

    /// <summary>Sends a request and waits for its answer, whether result or error.</summary>
    public async Task<JsonElement> AskAsync(string method, string parameters = "{}") => await AnswerAsync(await RequestAsync(method, parameters));

    /// <summary>The same, the way 2026-07-28 wants it: with version, client and capabilities in the request.</summary>
    public Task<JsonElement> AskNewAsync(string method, string parameters = "{}", string capabilities = "{}") => AskAsync(method, WithMeta(parameters, capabilities));

    /// <summary>Sends a request; its id is returned at once.</summary>
    public async Task<int> RequestAsync(string method, string parameters = "{}")
    {
        var id = Interlocked.Increment(ref _id);
        await SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        return id;
    }

    public Task<JsonElement> CallAsync(string tool, string arguments) =>
        AskAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");

    public static string WithMeta(string parameters, string capabilities = "{}")
    {
        var node = JsonNode.Parse(parameters)!.AsObject();
        node["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = New,
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "e2e", ["version"] = "1" },
            ["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse(capabilities),
        };
        return node.ToJsonString();
    }

    public Task<JsonElement> AnswerAsync(int id) => MessageAsync(message =>
        message.TryGetProperty("id", out var found) && found.ValueKind == JsonValueKind.Number && found.GetInt32() == id && !message.TryGetProperty("method", out _));

    public Task<JsonElement> NotificationAsync(string method) => MessageAsync(message =>
        message.TryGetProperty("method", out var found) && found.ValueEquals(method));

    /// <summary>Waits for the first message that fits, also among those that have come already.</summary>
    public async Task<JsonElement> MessageAsync(Func<JsonElement, bool> fits)
    {
        var clock = Stopwatch.StartNew();
        var seen = 0;
        while (true)
        {
            Task more;
            List<string> news;
            lock (_lock)
            {
                more = _more.Task;
                news = _lines[seen..];
                seen = _lines.Count;
            }

            foreach (var message in news.Select(static line => JsonElement.Parse(line)).Where(fits))
            {
                return message;
            }

            if (_reading.IsCompleted && news.Count == 0)
            {
                throw new InvalidOperationException($"The program ended before it answered. It said:\n{string.Join('\n', Lines)}\n{await _errors}");
            }

            await Task.WhenAny(more, _reading).WaitAsync(Patience - clock.Elapsed, TestContext.Current.CancellationToken);
        }
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for the end.</summary>
    public async Task<CommandRun> EndAsync()
    {
        var clock = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        await _process.WaitForExitAsync(limit.Token);
        var elapsed = clock.Elapsed;
        await _reading;
        return new CommandRun(_process.ExitCode, string.Join('\n', Lines), await _errors, elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            TaskCompletionSource before;
            lock (_lock)
            {
                _lines.Add(line);
                before = _more;
                _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            before.SetResult();
        }
    }
}
