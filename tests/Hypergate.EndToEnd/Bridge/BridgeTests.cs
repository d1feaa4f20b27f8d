using System.Diagnostics;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hypergate.EndToEnd.Bridge;

/// <summary>A client over standard input and output, the bridge, and the gateway over HTTP: three real programs.</summary>
public sealed class BridgeTests : IDisposable
{
    private const string Key = "a-key-for-tests-that-is-long-enough";
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_client_library_lists_calls_and_answers_questions_through_the_bridge(string revision)
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, [.. Xo.Acting(xo), ("HYPERGATE_API_KEY", Key), ("HYPERGATE_API_KEY_ROLE", "admin")]);
        var questions = 0;
        await using var client = await ConnectAsync(program, Key, new McpClientOptions
        {
            ProtocolVersion = revision,
            Capabilities = new() { Elicitation = new() { Form = new() } },
            Handlers = new()
            {
                ElicitationHandler = (_, _) =>
                {
                    questions++;
                    return ValueTask.FromResult(new ElicitResult { Action = "decline" });
                },
            },
        });

        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var rows = await client.CallToolAsync("vms_query", new Dictionary<string, object?> { ["operation"] = "GetVms", ["limit"] = 3 }, cancellationToken: TestContext.Current.CancellationToken);
        var id = rows.StructuredContent!.Value.GetProperty("rows")[0].GetProperty("id").GetString();
        var refused = await client.CallToolAsync("vms_action", new Dictionary<string, object?> { ["operation"] = "HardShutdownVm", ["id"] = id }, cancellationToken: TestContext.Current.CancellationToken);
        var who = await client.CallToolAsync("whoami", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(tools, static tool => tool.Name == "whoami");
        Assert.Equal(3, rows.StructuredContent!.Value.GetProperty("rows").GetArrayLength());
        Assert.True(questions == 1, Text(refused));
        Assert.Contains("did not a", Text(refused), StringComparison.Ordinal);
        Assert.Contains("key:environment", Text(who), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_the_tools_reach_a_client_behind_the_bridge()
    {
        await using var xo = await Xo.StartAsync();
        var settings = $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            """;
        var file = _folder.Write("hypergate.yaml", settings);
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = await ConnectAsync(program, null, new McpClientOptions { ProtocolVersion = "2025-11-25" });
        await using var watch = client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            changed.TrySetResult();
            return default;
        });

        await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        _folder.Write("hypergate.yaml", settings + "\nsurfaces: [search]\n");

        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_gateway_may_start_anew_under_a_client_that_stays()
    {
        await using var xo = await Xo.StartAsync();
        var port = Xo.FreePort();
        var listen = new[] { "--listen", $"127.0.0.1:{port}" };
        McpClient client;
        await using (var first = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo), listen))
        {
            client = await ConnectAsync(first, null, new McpClientOptions { ProtocolVersion = "2025-11-25" });
            await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        }

        await using (client)
        {
            var call = client.CallToolAsync("whoami", cancellationToken: TestContext.Current.CancellationToken);
            await using var second = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo), listen);

            Assert.NotEqual(true, (await call).IsError);
        }
    }

    [Fact]
    public Task Every_line_on_standard_output_is_protocol_and_the_end_of_input_ends_it() => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(3), async () =>
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        using var process = Process.Start(HypergateProgram.StartInfo(_folder, ["bridge", "--url", program.Address.ToString()], []))!;

        await process.StandardInput.WriteAsync(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/list"}

            """);
        var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        process.StandardInput.Close();
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, JsonElement.Parse(first!).GetProperty("id").GetInt32());
        Assert.Contains(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line)), static message => message.TryGetProperty("id", out var id) && id.GetInt32() == 2);
        Assert.Equal(0, process.ExitCode);
        return clock.Elapsed;
    });

    [Fact]
    public async Task A_message_that_is_longer_than_the_gateway_takes_is_told_so()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));
        using var process = Process.Start(HypergateProgram.StartInfo(_folder, ["bridge", "--url", program.Address.ToString()], []))!;

        await process.StandardInput.WriteAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{{StdioSession.WithMeta($$"""{"name":"whoami","arguments":{"a":"{{new string('x', 6_000_000)}}"} }""")}}} }""" + "\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var answer = JsonElement.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, answer.GetProperty("id").GetInt32());
        Assert.Equal("The body is longer than 4194304 bytes (http.limits.bodyBytes).", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public Task A_gateway_that_is_away_is_told_and_does_not_hold_the_end() => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(3), async () =>
    {
        using var process = Process.Start(HypergateProgram.StartInfo(_folder, ["bridge", "--url", $"http://127.0.0.1:{Xo.FreePort()}/mcp"], []))!;
        await process.StandardInput.WriteAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""" + "\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var trouble = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("Cannot connect to gateway", trouble, StringComparison.Ordinal);
        return clock.Elapsed;
    });

    [Theory]
    [InlineData("--url must be the address", "--url", "gateway")]
    [InlineData("more than one credential", "--url", "http://127.0.0.1:1/mcp", "--api-key", "k", "--header", "Authorization: Bearer x")]
    [InlineData("--fingerprint must be", "--url", "https://127.0.0.1:1/mcp", "--fingerprint", "AB")]
    [InlineData("--ca:", "--url", "https://127.0.0.1:1/mcp", "--ca", "missing.pem")]
    [InlineData("which the bridge writes itself", "--url", "https://127.0.0.1:1/mcp", "--header", "Host: x")]
    public async Task What_cannot_work_is_said_at_once_on_standard_error(string problem, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(_folder, [], ["bridge", .. arguments]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    private async Task<McpClient> ConnectAsync(ServedProgram program, string? key, McpClientOptions options) => await McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = HypergateProgram.Path,
            Arguments = ["bridge", "--url", program.Address.ToString()],
            EnvironmentVariables = HypergateProgram.Environment(_folder, key is null ? [] : [("HYPERGATE_API_KEY", key)]),
            WorkingDirectory = _folder.Path,
        }),
        options,
        cancellationToken: TestContext.Current.CancellationToken);

    private static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
}
