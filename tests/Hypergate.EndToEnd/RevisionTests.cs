using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hypergate.EndToEnd;

/// <summary>The client of the official SDK over stdio, at each revision of the protocol that it supports.</summary>
public sealed class RevisionTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_client_of_each_revision_lists_calls_and_prompts(string revision)
    {
        await using var xo = await Xo.StartAsync();
        await using var client = await ConnectAsync(xo, revision);
        var cancellation = TestContext.Current.CancellationToken;
        await client.CallToolAsync("ping_query", Arguments("Ping"), cancellationToken: cancellation);
        var tools = await client.ListToolsAsync(cancellationToken: cancellation);
        var prompts = await client.ListPromptsAsync(cancellationToken: cancellation);
        var prompt = await client.GetPromptAsync("infrastructure-overview", cancellationToken: cancellation);
        var vms = await client.CallToolAsync("vms_query", Arguments("GetVms", ("fields", "name_label,power_state"), ("limit", 5)), cancellationToken: cancellation);
        var summary = await client.CallToolAsync("get_infrastructure_summary", cancellationToken: cancellation);
        var wrong = await client.CallToolAsync("vms_query", Arguments("GetVm"), cancellationToken: cancellation);

        Assert.Equal(revision, client.NegotiatedProtocolVersion);
        Assert.Equal("hypergate", client.ServerInfo?.Name);
        Assert.Contains("xo (Xen Orchestra)", client.ServerInstructions, StringComparison.Ordinal);
        Assert.Equal(tools.Select(static tool => tool.Name).Order(StringComparer.Ordinal), tools.Select(static tool => tool.Name));
        Assert.Contains("vms_action", tools.Select(static tool => tool.Name));
        Assert.All(tools, static tool => Assert.NotNull(tool.ProtocolTool.OutputSchema));
        Assert.All(tools, static tool => Assert.NotNull(tool.ProtocolTool.Annotations?.ReadOnlyHint));
        Assert.Equal(["infrastructure-overview", "examine-object", "check-backend", "operator", "troubleshoot", "batch", "monitor"], prompts.Select(static offered => offered.Name));
        Assert.Contains("get_infrastructure_summary", Assert.IsType<TextContentBlock>(Assert.Single(prompt.Messages).Content).Text, StringComparison.Ordinal);
        Assert.Equal(5, vms.StructuredContent!.Value.GetProperty("rows").GetArrayLength());
        Assert.Contains("| name_label | power_state |", vms.Text, StringComparison.Ordinal);
        Assert.Contains("## Pools (3)", summary.Text, StringComparison.Ordinal);
        Assert.True(wrong.IsError);
        Assert.StartsWith("Failed to query vms: The argument 'id' is missing.", wrong.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_client_that_can_ask_its_person_is_asked_before_a_change_and_sees_its_end(string revision)
    {
        await using var xo = await Xo.StartAsync();
        var asked = new List<ElicitRequestParams>();
        await using var client = await ConnectAsync(xo, revision, (question, _) =>
        {
            asked.Add(question!);
            return ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["confirm"] = JsonElement.Parse("true") },
            });
        });
        var id = await HaltedAsync(client);
        var started = await client.CallToolAsync("vms_action", Arguments("StartVm", ("id", id)), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(started.IsError is not true, started.Text);
        Assert.Contains("StartVm is done (task ", started.Text, StringComparison.Ordinal);
        Assert.Contains("## Confirmation Required", Assert.Single(asked).Message, StringComparison.Ordinal);
        Assert.Equal("Running", await StateAsync(client, id));
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task A_client_that_cannot_ask_brings_the_token_of_the_preview(string revision)
    {
        await using var xo = await Xo.StartAsync();
        await using var client = await ConnectAsync(xo, revision);
        var id = await HaltedAsync(client);
        var preview = await client.CallToolAsync("vms_action", Arguments("StartVm", ("id", id)), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("Halted", await StateAsync(client, id));
        var started = await client.CallToolAsync(
            "vms_action", Arguments("StartVm", ("id", id), ("confirm_token", Answers.Token(preview.Text))), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(started.IsError is not true, started.Text);
        Assert.Equal("done", started.StructuredContent!.Value.GetProperty("status").GetString());
        Assert.Equal("Running", await StateAsync(client, id));
    }

    private async Task<McpClient> ConnectAsync(
        XoSimulator xo, string revision, Func<ElicitRequestParams?, CancellationToken, ValueTask<ElicitResult>>? ask = null) =>
        await McpClient.CreateAsync(
            new StdioClientTransport(new StdioClientTransportOptions
            {
                Name = "hypergate",
                Command = HypergateProgram.Path,
                WorkingDirectory = _folder.Path,
                EnvironmentVariables = HypergateProgram.Environment(_folder, Xo.Acting(xo)),
            }),
            new McpClientOptions { ProtocolVersion = revision, DiscoverProbeTimeout = TimeSpan.FromMinutes(1), Handlers = new McpClientHandlers { ElicitationHandler = ask } },
            cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<string> HaltedAsync(McpClient client)
    {
        var found = await client.CallToolAsync(
            "vms_query", Arguments("GetVms", ("filter", "power_state:Halted"), ("fields", "id"), ("limit", 1)), cancellationToken: TestContext.Current.CancellationToken);
        return found.StructuredContent!.Value.GetProperty("rows")[0].GetProperty("id").GetString()!;
    }

    private static async Task<string?> StateAsync(McpClient client, string id)
    {
        var found = await client.CallToolAsync("vms_query", Arguments("GetVm", ("id", id)), cancellationToken: TestContext.Current.CancellationToken);
        return found.StructuredContent!.Value.GetProperty("value").GetProperty("power_state").GetString();
    }

    private static Dictionary<string, object?> Arguments(string operation, params ReadOnlySpan<(string Name, object Value)> others)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["operation"] = operation };
        foreach (var (name, value) in others)
        {
            arguments[name] = value;
        }

        return arguments;
    }
}
