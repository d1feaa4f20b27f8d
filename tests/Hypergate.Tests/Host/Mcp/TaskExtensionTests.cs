using System.Text.Json;
using Hypergate.Simulator.Faults;

namespace Hypergate.Tests.Host.Mcp;

/// <summary>The extension <c>io.modelcontextprotocol/tasks</c> in raw messages of 2026-07-28.</summary>
public sealed class TaskExtensionTests
{
    private const string Declares = """{"extensions":{"io.modelcontextprotocol/tasks":{}}}""";

    [Fact]
    public async Task It_is_advertised()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await using var session = new McpSession(gateway);
        var discovered = (await session.AskAsync("server/discover", "{}")).GetProperty("result");

        Assert.True(discovered.GetProperty("capabilities").GetProperty("extensions").TryGetProperty("io.modelcontextprotocol/tasks", out _));
    }

    [Fact]
    public async Task A_quick_call_is_answered_with_its_result()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(FreeStart());
        await using var session = new McpSession(gateway);
        var result = await StartAsync(session, await gateway.VmAsync("Halted"), Declares);

        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.Contains("StartVm is done", result.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_job_becomes_a_task_that_is_polled_to_its_result()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(FreeStart(duration: 18));
        await using var session = new McpSession(gateway);
        var id = await gateway.VmAsync("Halted");
        var created = await StartAsync(session, id, Declares);
        var task = created.GetProperty("taskId").GetString()!;
        var first = (await GetAsync(session, task)).GetProperty("result");
        var last = first;
        while (last.GetProperty("status").ValueEquals("working"))
        {
            // The platform's task ends by itself; each poll takes the time of a round trip through it.
            await gateway.CallAsync("ping_query", """{"operation":"Ping"}""");
            last = (await GetAsync(session, task)).GetProperty("result");
        }

        Assert.Equal("task", created.GetProperty("resultType").GetString());
        Assert.Equal("working", created.GetProperty("status").GetString());
        Assert.Equal(32, task.Length);
        Assert.True(created.GetProperty("ttlMs").GetInt64() >= 3_600_000);
        Assert.True(created.GetProperty("pollIntervalMs").GetInt32() > 0);
        Assert.True(DateTimeOffset.TryParse(created.GetProperty("createdAt").GetString(), System.Globalization.CultureInfo.InvariantCulture, out _));
        Assert.False(first.TryGetProperty("result", out _));
        Assert.Equal("completed", last.GetProperty("status").GetString());
        Assert.Contains("StartVm is done", last.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("done", last.GetProperty("result").GetProperty("structuredContent").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Cancelling_a_task_aborts_the_platforms_job_and_ends_it_as_cancelled()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(FreeStart());
        gateway.Xo.Faults.Add(new Fault { Path = "/vms/*/actions/start", TaskNeverEnds = true });
        await using var session = new McpSession(gateway);
        var created = await StartAsync(session, await gateway.VmAsync("Halted"), Declares);
        var task = created.GetProperty("taskId").GetString()!;
        var cancelled = (await session.AskAsync("tasks/cancel", $$"""{"taskId":"{{task}}"}""", Declares)).GetProperty("result");
        var last = (await GetAsync(session, task)).GetProperty("result");
        while (last.GetProperty("status").ValueEquals("working"))
        {
            last = (await GetAsync(session, task)).GetProperty("result");
        }

        var again = (await session.AskAsync("tasks/cancel", $$"""{"taskId":"{{task}}"}""", Declares)).GetProperty("result");
        Assert.Equal("complete", cancelled.GetProperty("resultType").GetString());
        Assert.Equal("cancelled", last.GetProperty("status").GetString());
        Assert.Equal("complete", again.GetProperty("resultType").GetString());
        Assert.Equal("cancelled", (await GetAsync(session, task)).GetProperty("result").GetProperty("status").GetString());
        Assert.Single(gateway.Changes, static change => change.EndsWith("/actions/abort", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_of_the_job_is_a_completed_task_whose_result_is_an_error()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(FreeStart(duration: 18));
        await using var session = new McpSession(gateway);
        var created = await StartAsync(session, await gateway.VmAsync("Running"), Declares);

        // The platform may find the wrong state at once or only in the end: both are the same to a client.
        var result = created;
        if (created.GetProperty("resultType").ValueEquals("task"))
        {
            var last = created;
            while (last.GetProperty("status").ValueEquals("working"))
            {
                last = (await GetAsync(session, created.GetProperty("taskId").GetString()!)).GetProperty("result");
            }

            Assert.Equal("completed", last.GetProperty("status").GetString());
            result = last.GetProperty("result");
        }

        Assert.True(result.GetProperty("isError").GetBoolean());
    }

    [Theory]
    [InlineData("tasks/get")]
    [InlineData("tasks/cancel")]
    [InlineData("tasks/update")]
    public async Task An_unknown_task_is_an_error_of_the_protocol(string method)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await using var session = new McpSession(gateway);
        var unknown = await session.AskAsync(method, """{"taskId":"00000000000000000000000000000000"}""", Declares);
        var none = await session.AskAsync(method, "{}", Declares);

        Assert.Equal((-32602, -32602), (unknown.GetProperty("error").GetProperty("code").GetInt32(), none.GetProperty("error").GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task An_update_that_answers_nothing_is_acknowledged_and_a_malformed_one_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(FreeStart());
        gateway.Xo.Faults.Add(new Fault { Path = "/vms/*/actions/start", TaskNeverEnds = true });
        await using var session = new McpSession(gateway);
        var task = (await StartAsync(session, await gateway.VmAsync("Halted"), Declares)).GetProperty("taskId").GetString()!;
        var result = (await session.AskAsync("tasks/update", """{"taskId":"TASK","inputResponses":{"x":{"action":"accept"}}}""".Replace("TASK", task, StringComparison.Ordinal), Declares)).GetProperty("result");

        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        foreach (var malformed in (string[])["7", "[]", """{"question-01":7}""", """{"question-01":null}""", """{"question-01":{"action":"maybe"}}"""])
        {
            var refused = await session.AskAsync("tasks/update", $$"""{"taskId":"{{task}}","inputResponses":{{malformed}} }""", Declares);
            Assert.Equal(-32602, refused.GetProperty("error").GetProperty("code").GetInt32());
        }

        await session.AskAsync("tasks/cancel", $$"""{"taskId":"{{task}}"}""", Declares);
    }

    [Fact]
    public async Task A_client_without_the_extension_waits_for_the_end()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(FreeStart(duration: 14));
        await using var session = new McpSession(gateway);
        var result = await StartAsync(session, await gateway.VmAsync("Halted"), "{}");

        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.Equal("done", result.GetProperty("structuredContent").GetProperty("status").GetString());
    }

    private static GatewayWish FreeStart(double duration = 0) => GatewayWish.Acting with
    {
        Platform = new() { Vms = 20, CacheLag = TimeSpan.Zero, TaskDuration = duration },
        Policy = new() { Confirmation = new() { Unconfirmed = ["StartVm"] } },
    };

    private static async Task<JsonElement> StartAsync(McpSession session, string id, string capabilities) =>
        (await session.AskAsync("tools/call", """{"name":"vms_action","arguments":{"operation":"StartVm","id":"ID"}}""".Replace("ID", id, StringComparison.Ordinal), capabilities))
        .GetProperty("result");

    private static Task<JsonElement> GetAsync(McpSession session, string task) => session.AskAsync("tasks/get", $$"""{"taskId":"{{task}}"}""", Declares);
}
