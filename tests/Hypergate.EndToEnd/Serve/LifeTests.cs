using System.Net;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>Start, other settings, and the end.</summary>
public sealed class LifeTests : IDisposable
{
    private const string Watch = """{"notifications":{"toolsListChanged":true}}""";
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task It_ends_in_time_with_streams_open_and_closes_them_with_a_word() => Machine.AssertWithinAsync(_folder, LongestEnd, async () =>
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        var session = await program.InitializeAsync();
        using var old = await program.GetAsync("/mcp", headers =>
        {
            headers.Add("Accept", "text/event-stream");
            headers.Add("Mcp-Session-Id", session);
        });
        using var listen = await program.OpenAsync(
            $$"""{"jsonrpc":"2.0","id":"watch","method":"subscriptions/listen","params":{{StdioSession.WithMeta(Watch)}} }""",
            ("MCP-Protocol-Version", StdioSession.New), ("Mcp-Method", "subscriptions/listen"));
        var words = listen.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var (elapsed, exitCode, errors) = await program.StopAsync();

        Assert.Equal(0, exitCode);
        var events = (await words).Split('\n').Where(static line => line.StartsWith("data: ", StringComparison.Ordinal)).ToList();
        Assert.Contains("notifications/subscriptions/acknowledged", events[0], StringComparison.Ordinal);
        Assert.Contains("\"resultType\":\"complete\"", events[^1], StringComparison.Ordinal);
        Assert.Contains("\"id\":\"watch\"", events[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Error", errors, StringComparison.Ordinal);
        return elapsed;
    });

    [Theory]
    [InlineData("0.0.0.0:0", "there is no authentication")]
    [InlineData("[::]:0", "there is no authentication")]
    [InlineData("0.0.0.0:0 --dangerously-allow-no-authentication", "clear text")]
    [InlineData("0.0.0.0:0 --dangerously-allow-no-tls", "there is no authentication")]
    [InlineData("example", "is no address")]
    public async Task It_does_not_listen_where_it_would_be_unsafe(string listen, string reason)
    {
        await using var xo = await Xo.StartAsync();

        var run = await CommandRun.OfAsync(_folder, Xo.Reading(xo), ["serve", "--listen", .. listen.Split(' ')]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Changed_settings_hold_without_a_restart_and_broken_ones_do_not()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", Settings(xo, "actions: true"));
        await using var program = await ServedProgram.StartReadyAsync(_folder, [("HYPERGATE_API_KEY", Key), ("HYPERGATE_API_KEY_ROLE", "admin")], "--config", file);
        await Until.TrueAsync(async () => (await ToolsAsync(program)).Contains("vms_action"));
        var session = await program.InitializeAsync(Key);

        await File.WriteAllTextAsync(file, Settings(xo, "actions: folse"), TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => (await MetricsAsync(program)).Contains("hypergate_reloads_total{result=\"rejected\"} 1", StringComparison.Ordinal));
        Assert.Contains("vms_action", await ToolsAsync(program));

        await File.WriteAllTextAsync(file, Settings(xo, "actions: false"), TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => !(await ToolsAsync(program)).Contains("vms_action"));

        var still = await program.AskOldAsync(session, "tools/list", key: Key);
        Assert.Contains("vms_query", still.Message.ToolNames);
        Assert.DoesNotContain("vms_action", still.Message.ToolNames);
    }

    [Theory]
    [InlineData("switch")]
    [InlineData("revoke")]
    [InlineData("disable")]
    public async Task A_listener_is_told_the_end_of_its_request_before_the_stream_closes(string way)
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", Settings(xo, "actions: false"));
        Task<CommandRun> KeysAsync(params string[] arguments) => CommandRun.OfAsync(_folder, [("HYPERGATE_CONFIG", file)], ["keys", .. arguments]);
        var key = (await KeysAsync("create", "--name", "anna", "--role", "viewer")).Output.Trim();
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        using var listen = await program.OpenAsync(
            $$"""{"jsonrpc":"2.0","id":"watch","method":"subscriptions/listen","params":{{StdioSession.WithMeta(Watch)}} }""",
            ("MCP-Protocol-Version", StdioSession.New), ("Mcp-Method", "subscriptions/listen"), ("X-API-Key", key));
        var session = await program.InitializeAsync(key);
        using var old = await program.GetAsync("/mcp", headers =>
        {
            headers.Add("Accept", "text/event-stream");
            headers.Add("Mcp-Session-Id", session);
            headers.Add("X-API-Key", key);
        });

        await (way == "switch"
            ? File.AppendAllTextAsync(file, "\nenabled: false\n", TestContext.Current.CancellationToken)
            : KeysAsync(way, "anna"));
        var words = await listen.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await old.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var last = JsonElement.Parse(words.Split('\n').Last(static line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..]);
        Assert.Equal("watch", last.GetProperty("id").GetString());
        Assert.Equal("complete", last.GetProperty("result").GetProperty("resultType").GetString());
        Assert.Equal("watch", last.GetProperty("result").GetProperty("_meta").GetProperty("io.modelcontextprotocol/subscriptionId").GetString());
        Assert.Equal(way == "switch" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.Unauthorized, (await program.CallAsync("whoami", key: key)).Status);
    }

    [Fact]
    public async Task The_master_switch_ends_everything_and_brings_it_back()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", Settings(xo, "actions: false"));
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var session = await program.InitializeAsync();

        await File.WriteAllTextAsync(file, Settings(xo, "actions: false") + "\nenabled: false\n", TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => (await program.CallAsync("whoami")).Status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await program.GetAsync("/healthz/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/healthz/live")).StatusCode);

        await File.WriteAllTextAsync(file, Settings(xo, "actions: false"), TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => (await program.CallAsync("whoami")).Status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, (await program.AskOldAsync(session, "tools/list")).Status);
    }

    private const string Key = "a-key-that-is-long-enough-for-this";

    private static string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string more) =>
        $$"""
        backends:
          - name: xo
            kind: xen-orchestra
            url: {{Xo.Address(xo)}}
            auth: { token: "{{xo.Token}}" }
            {{more}}
        """;

    private static async Task<IReadOnlyList<string>> ToolsAsync(ServedProgram program) =>
        [.. (await program.AskAsync("tools/list", "{}", null, "{}", ("X-API-Key", Key))).Message.ToolNames];

    private static async Task<string> MetricsAsync(ServedProgram program)
    {
        using var response = await program.GetAsync("/metrics", static headers => headers.Add("X-API-Key", Key));
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
