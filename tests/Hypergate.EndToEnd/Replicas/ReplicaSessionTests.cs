using System.Net;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Replicas;

/// <summary>A client does not know which replica it speaks with: sessions and tasks go on at any.</summary>
public sealed class ReplicaSessionTests(PostgresServer server)
{
    private const string Look = """{"name":"vms_query","arguments":{"operation":"GetVms","limit":1}}""";
    private const string Tasks = """{"extensions":{"io.modelcontextprotocol/tasks":{}}}""";

    [Fact]
    public async Task A_session_begun_at_one_replica_goes_on_at_the_other_also_when_the_first_is_dead()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var session = await world.One.InitializeAsync(world.Anna);

        var elsewhere = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => world.Two.AskOldAsync(session, "tools/call", Look, world.Anna)));
        var other = await world.Two.AskOldAsync(session, "tools/call", Look, world.Berta);
        await world.One.KillAsync();
        var after = await world.Two.AskOldAsync(session, "tools/call", Look, world.Anna);

        Assert.All(elsewhere, static reply => Assert.False(reply.Message.IsToolError, reply.Body));
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        Assert.False(after.Message.IsToolError, after.Body);
    }

    [Fact]
    public async Task A_session_ended_at_one_replica_is_ended_at_the_other()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var session = await world.One.InitializeAsync(world.Anna);
        Assert.Equal(HttpStatusCode.OK, (await world.Two.AskOldAsync(session, "tools/list", key: world.Anna)).Status);
        using var stream = await world.One.GetAsync("/mcp", headers =>
        {
            headers.Add("Accept", "text/event-stream");
            headers.Add("Mcp-Session-Id", session);
            headers.Add("X-API-Key", world.Anna);
        });

        using var request = new HttpRequestMessage(HttpMethod.Delete, world.Two.Address);
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Add("X-API-Key", world.Anna);
        using var ended = await world.Two.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Two.AskOldAsync(session, "tools/list", key: world.Anna)).Status);

        // What it has open at the other ends with it.
        await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, (await world.One.AskOldAsync(session, "tools/list", key: world.Anna)).Status);
    }

    [Fact]
    public async Task A_question_asked_at_one_replica_is_answered_at_the_other()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var vm = (await world.HaltedAsync(1))[0];
        var session = await world.One.InitializeAsync(world.Anna, """{"elicitation":{}}""");
        using var open = await world.One.OpenAsync(
            $$$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"vms_action","arguments":{"operation":"StartVm","id":"{{{{vm}}}}"}}}""",
            ("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Session-Id", session), ("X-API-Key", world.Anna));
        using var events = new StreamReader(await open.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var question = await EventAsync(events, static message => message.TryGetProperty("method", out var method) && method.ValueEquals("elicitation/create"));

        var answer = await world.Two.SendAsync(
            $$$$"""{"jsonrpc":"2.0","id":{{{{question.GetProperty("id").GetRawText()}}}},"result":{"action":"accept","content":{"confirm":true}}}""",
            ("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Session-Id", session), ("X-API-Key", world.Anna));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var result = await EventAsync(events, static message => message.TryGetProperty("result", out _));
        Assert.False(result.IsToolError, result.GetRawText());
        Assert.Single(world.Xo.Writes);
    }

    [Fact]
    public async Task A_task_is_followed_answered_and_cancelled_from_the_other_replica()
    {
        await using var world = await ReplicaWorld.StartAsync(server);
        var vms = await world.HaltedAsync(3);
        var (approved, cancelled, orphaned) = (await TaskAsync(world, vms[0]), await TaskAsync(world, vms[1]), await TaskAsync(world, vms[2]));
        Assert.Equal("working", await StatusAsync(world, approved));
        Assert.Equal(-32602, (await world.Two.AskAsync("tasks/get", $$"""{"taskId":"{{approved}}"}""", approved, Tasks, ("X-API-Key", world.Berta))).Message.ErrorCode);

        await world.Two.AskAsync("tasks/cancel", $$"""{"taskId":"{{cancelled}}"}""", cancelled, Tasks, ("X-API-Key", world.Anna));
        await Until.TrueAsync(async () => await StatusAsync(world, cancelled) == "cancelled");
        await ApproveAsync(world, vms[0]);
        await Until.TrueAsync(async () => await StatusAsync(world, approved) == "completed");
        Assert.Single(world.Xo.Writes);

        await world.One.KillAsync();
        Assert.Equal("completed", await StatusAsync(world, approved));
        await Until.TrueAsync(async () => await StatusAsync(world, orphaned) == "failed");
    }

    private static async Task<string> TaskAsync(ReplicaWorld world, string vm)
    {
        var reply = await world.One.CallAsync("vms_action", $$"""{"operation":"DeleteVm","id":"{{vm}}"}""", world.Anna, Tasks);
        var result = reply.Message.GetProperty("result");
        Assert.Equal("task", result.GetProperty("resultType").GetString());
        return result.GetProperty("taskId").GetString()!;
    }

    private static async Task<string?> StatusAsync(ReplicaWorld world, string task)
    {
        var reply = await world.Two.AskAsync("tasks/get", $$"""{"taskId":"{{task}}"}""", task, Tasks, ("X-API-Key", world.Anna));
        return reply.Message.GetProperty("result").GetProperty("status").GetString();
    }

    private static async Task ApproveAsync(ReplicaWorld world, string vm)
    {
        using var list = new HttpRequestMessage(HttpMethod.Get, "/api/approvals");
        list.Headers.Add("X-API-Key", world.Berta);
        using var listed = await world.Two.Http.SendAsync(list, TestContext.Current.CancellationToken);
        var approvals = JsonElement.Parse(await listed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("approvals");
        var id = approvals.EnumerateArray().First(approval => approval.GetRawText().Contains(vm, StringComparison.Ordinal)).GetProperty("id").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/approvals/{id}/approve");
        request.Headers.Add("X-API-Key", world.Berta);
        using var reply = await world.Two.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    private static async Task<JsonElement> EventAsync(StreamReader events, Func<JsonElement, bool> fits)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (await events.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonElement.Parse(line["data: ".Length..]) is var message && fits(message))
            {
                return message;
            }
        }

        throw new InvalidOperationException("The stream ended before what was waited for.");
    }
}
