using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.Confirmation;

/// <summary>One person asks over HTTP, another decides at the machine.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class ApprovalProcessTests : IDisposable
{
    private const string Tasks = """{"extensions":{"io.modelcontextprotocol/tasks":{}}}""";
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_task_waits_for_another_persons_word_and_then_resolves()
    {
        await using var xo = await Xo.StartAsync();
        var (file, asker, other) = await PrepareAsync(xo);
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var task = await AskAsync(program, asker);
        var request = Assert.Single(await WaitingAsync(file, other));
        var id = request.GetProperty("id").GetString()!;

        var own = await DecideAsync("approve", file, id, asker);
        Assert.NotEqual(0, own.ExitCode);
        Assert.Equal("working", (await StateAsync(program, task, asker)).GetProperty("status").GetString());
        Assert.Empty(xo.Writes);

        var agreed = await DecideAsync("approve", file, id, other);
        Assert.True(agreed.ExitCode == 0, agreed.Error);
        await Until.TrueAsync(async () => (await StateAsync(program, task, asker)).GetProperty("status").GetString() == "completed");

        var last = await StateAsync(program, task, asker);
        Assert.False(last.TryGetProperty("statusMessage", out _), last.ToString());
        var result = last.GetProperty("result");
        Assert.False(result.TryGetProperty("isError", out var isError) && isError.GetBoolean(), result.ToString());
        Assert.Single(xo.Writes);
        var audit = await CommandRun.OfAsync(_folder, [], "audit", "search", "--operation", "PutVmTag", "--folder", Path.Combine(_folder.Data, "audit"));
        Assert.Contains("key:other", audit.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_task_ends_with_the_reason_and_nothing_was_sent()
    {
        await using var xo = await Xo.StartAsync();
        var (file, asker, other) = await PrepareAsync(xo);
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var task = await AskAsync(program, asker);
        var id = Assert.Single(await WaitingAsync(file, other)).GetProperty("id").GetString()!;

        Assert.Equal(0, (await DecideAsync("deny", file, id, other, "--reason", "not on a Friday")).ExitCode);
        await Until.TrueAsync(async () => (await StateAsync(program, task, asker)).GetProperty("status").GetString() == "completed");

        Assert.Contains("not on a Friday", (await StateAsync(program, task, asker)).GetProperty("result").ToString(), StringComparison.Ordinal);
        Assert.Empty(xo.Writes);
    }

    private async Task<(string File, string Asker, string Other)> PrepareAsync(XoSimulator xo)
    {
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" }, actions: true }]
            policy: { confirmation: { write: approve } }
            """);
        return (file, await KeyAsync("asker", "operator"), await KeyAsync("other", "admin"));
    }

    private async Task<string> KeyAsync(string name, string role)
    {
        var run = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", name, "--role", role);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }

    private static async Task<string> AskAsync(ServedProgram program, string key)
    {
        var list = await program.CallAsync("vms_query", """{"operation":"GetVms","fields":"id","limit":1,"format":"csv"}""", key);
        var vm = list.Message.Data.GetProperty("rows")[0].GetProperty("id").GetString();
        var reply = await program.CallAsync("vms_action", $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""", key, Tasks);
        var result = reply.Message.GetProperty("result");
        Assert.True(result.TryGetProperty("resultType", out var type) && type.GetString() == "task", reply.Body);
        return result.GetProperty("taskId").GetString()!;
    }

    private static async Task<JsonElement> StateAsync(ServedProgram program, string task, string key) =>
        (await program.AskAsync("tasks/get", $$"""{"taskId":"{{task}}"}""", task, Tasks, ("X-API-Key", key))).Message.GetProperty("result");

    private async Task<IReadOnlyList<JsonElement>> WaitingAsync(string file, string key)
    {
        var run = await CommandRun.OfAsync(_folder, [("HYPERGATE_APPROVER_KEY", key)], "approvals", "list", "--json", "--config", file);
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. JsonElement.Parse(run.Output).EnumerateArray()];
    }

    private Task<CommandRun> DecideAsync(string word, string file, string id, string key, params string[] more) =>
        CommandRun.OfAsync(_folder, [("HYPERGATE_APPROVER_KEY", key)], ["approvals", word, id, .. more, "--config", file]);
}
