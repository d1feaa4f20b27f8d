using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hypergate.Tests.Host.Mcp;

/// <summary>People asked through the client of the SDK, in sessions and in the newest revision: one code path for both.</summary>
public sealed class ElicitationTests : IAsyncLifetime
{
    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(GatewayWish.Acting);

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_yes_lets_it_run(string revision)
    {
        var id = await Gateway.VmAsync("Halted");
        ElicitRequestParams? asked = null;
        var result = await CallAsync(revision, "StartVm", id, question =>
        {
            asked = question;
            return Accept("confirm", "true");
        });

        Assert.True(result.IsError is not true, Text(result));
        Assert.Contains("StartVm is done", Text(result), StringComparison.Ordinal);
        Assert.Contains("**Object:** VM '", asked!.Message, StringComparison.Ordinal);
        Assert.Equal("confirm", Assert.Single(asked.RequestedSchema!.Properties).Key);
        Assert.Single(GatewayChanges());
    }

    [Theory]
    [InlineData("2025-06-18", "decline", "{}")]
    [InlineData("2025-06-18", "cancel", "{}")]
    [InlineData("2025-06-18", "accept", "{}")]
    [InlineData("2025-06-18", "accept", """{"confirm":false}""")]
    [InlineData("2025-06-18", "accept", """{"confirm":"true"}""")]
    [InlineData("2025-06-18", "decline", """{"confirm":true}""")]
    [InlineData("2026-07-28", "decline", "{}")]
    [InlineData("2026-07-28", "cancel", "{}")]
    [InlineData("2026-07-28", "accept", """{"confirm":false}""")]
    [InlineData("2026-07-28", "cancel", """{"confirm":true}""")]
    public async Task Everything_but_a_yes_is_a_no(string revision, string action, string content)
    {
        var result = await CallAsync(revision, "StartVm", await Gateway.VmAsync("Halted"), _ => new ElicitResult { Action = action, Content = Content(content) });

        Assert.True(result.IsError);
        Assert.Contains("The person did not agree to StartVm.", Text(result), StringComparison.Ordinal);
        Assert.Empty(GatewayChanges());
    }

    [Theory]
    [InlineData("2025-06-18", "NAME", true)]
    [InlineData("2026-07-28", "NAME", true)]
    [InlineData("2025-06-18", "name", false)]
    [InlineData("2026-07-28", "", false)]
    [InlineData("2026-07-28", "yes", false)]
    public async Task For_a_dangerous_call_the_right_name_must_be_typed(string revision, string typed, bool runs)
    {
        var id = await Gateway.VmAsync("Halted");
        var name = (await Gateway.DoneAsync("vms_query", $$"""{"operation":"GetVm","id":"{{id}}"}""")).Structured!.Value.GetProperty("value").GetProperty("name_label").GetString()!;
        ElicitRequestParams? asked = null;
        var result = await CallAsync(revision, "DeleteVm", id, question =>
        {
            asked = question;
            return new ElicitResult { Action = "accept", Content = Content(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = typed == "NAME" ? name : typed })) };
        });

        Assert.Equal(!runs, result.IsError is true);
        Assert.Contains("dangerous", asked!.Message, StringComparison.Ordinal);
        Assert.Equal("name", Assert.Single(asked.RequestedSchema!.Properties).Key);
        Assert.Equal(runs ? [$"DELETE /rest/v0/vms/{id}"] : [], GatewayChanges());
    }

    [Fact]
    public async Task Progress_of_the_task_reaches_the_client()
    {
        await using var session = new McpSession(Gateway);
        await using var client = await session.ConnectAsync("2025-11-25", new McpClientHandlers { ElicitationHandler = static (_, _) => ValueTask.FromResult(Accept("confirm", "true")) });
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        var progress = new Immediately(item =>
            (item.Message!.EndsWith("Succeeded", StringComparison.Ordinal) ? ended : started).TrySetResult());
        var id = await Gateway.VmAsync("Halted");
        await client.CallToolAsync("vms_action", Arguments("StartVm", id), progress, cancellationToken: TestContext.Current.CancellationToken);
        await Task.WhenAll(started.Task, ended.Task).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(started.Task.IsCompletedSuccessfully && ended.Task.IsCompletedSuccessfully);
    }

    private async Task<CallToolResult> CallAsync(string revision, string operation, string id, Func<ElicitRequestParams, ElicitResult> answer)
    {
        await using var session = new McpSession(Gateway);
        await using var client = await session.ConnectAsync(
            revision, new McpClientHandlers { ElicitationHandler = (question, _) => ValueTask.FromResult(answer(question!)) });
        return await client.CallToolAsync("vms_action", Arguments(operation, id), cancellationToken: TestContext.Current.CancellationToken);
    }

    private List<string> GatewayChanges() => [.. Gateway.Changes];

    private static Dictionary<string, object?> Arguments(string operation, string id) => new(StringComparer.Ordinal) { ["operation"] = operation, ["id"] = id };

    private static ElicitResult Accept(string key, string value) => new() { Action = "accept", Content = Content($$"""{"{{key}}":{{value}}}""") };

    private static Dictionary<string, JsonElement> Content(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(static property => property.Name, static property => property.Value, StringComparer.Ordinal);

    private static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));

    // Progress<T> reports on another thread, after the call.
    private sealed class Immediately(Action<ModelContextProtocol.ProgressNotificationValue> report) : IProgress<ModelContextProtocol.ProgressNotificationValue>
    {
        public void Report(ModelContextProtocol.ProgressNotificationValue value) => report(value);
    }
}
