using System.Net;
using System.Text.Json.Nodes;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Serve;

/// <summary>What ends when a key ends, or when settings take rights away (decision 223).</summary>
[Trait("Suite", "S9")]
public sealed class LostRightsTests : IDisposable
{
    private const string Tasks = """{"extensions":{"io.modelcontextprotocol/tasks":{}}}""";

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_that_waits_ends_with_its_key_and_tells_what_it_changed_when_the_key_is_back()
    {
        await using var xo = await Xo.StartAsync();
        var anna = await KeyAsync("anna", "operator");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo));
        using var stream = await SessionStream.OpenAsync(program, await program.InitializeAsync(anna), anna);
        var (halted, resume) = await PausedAsync(program, anna);

        Assert.Equal(0, (await RunAsync("keys", "disable", "anna")).ExitCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.CallAsync("whoami", key: anna)).Status);
        await SessionStream.EndAsync(stream); // Scripts that wait end before streams.
        Assert.Equal(0, (await RunAsync("keys", "enable", "anna")).ExitCode);
        var gone = JsonNode.Parse((await program.CallAsync("execute_code", resume, anna)).Message.Text)!;

        Assert.Contains("The credential of its caller has ended meanwhile.", gone.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("xo.PutVmTag", (string?)Assert.Single(gone["completed_writes"]!.AsArray())!["tool"]);
        Assert.DoesNotContain(xo.Writes, write => write.Target.Contains($"{halted}/actions/start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_that_waits_goes_on_after_other_settings_and_ends_where_they_take_its_rights()
    {
        await using var xo = await Xo.StartAsync();
        var anna = await KeyAsync("anna", "worker");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo, "roles: { worker: { allow: [{ access: [read, write] }] } }"));
        var (first, resume) = await PausedAsync(program, anna);

        await ReloadAsync(program, xo, "roles: { worker: { allow: [{ access: [read, write] }] } }\nlimits: { callsPerMinute: 900 }", 1);
        var done = JsonNode.Parse((await program.CallAsync("execute_code", resume, anna)).Message.Text)!;
        var (second, later) = await PausedAsync(program, anna);
        await ReloadAsync(program, xo, "roles: { worker: { allow: [{ access: [read, write] }], deny: [{ operations: [StartVm] }] } }\nlimits: { callsPerMinute: 900 }", 2);
        var gone = JsonNode.Parse((await program.CallAsync("execute_code", later, anna)).Message.Text)!;

        Assert.Equal(2, done["completed_writes"]!.AsArray().Count);
        Assert.Contains("What its caller may do has changed meanwhile.", gone.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, xo.Writes.Count(static write => write.Target.EndsWith("/actions/start", StringComparison.Ordinal)));
        Assert.NotEqual("", first + second);
    }

    [Fact]
    public async Task An_answer_to_a_question_holds_after_other_settings()
    {
        const string Asks = """{"elicitation":{"form":{}}}""";
        await using var xo = await Xo.StartAsync();
        var anna = await KeyAsync("anna", "operator");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo));
        var halted = await HaltedAsync(program, anna);
        Task<McpReply> StartAsync(string more) => program.AskAsync(
            "tools/call", $$"""{"name":"vms_action","arguments":{"operation":"StartVm","id":"{{halted}}"}{{more}}}""", "vms_action", Asks, ("X-API-Key", anna));
        var state = (await StartAsync("")).Message.GetProperty("result").GetProperty("requestState").GetRawText();

        await ReloadAsync(program, xo, "limits: { callsPerMinute: 900 }", 1);
        var done = await StartAsync($$$$""","inputResponses":{"confirm":{"action":"accept","content":{"confirm":true}}},"requestState":{{{{state}}}}""");

        Assert.Contains("StartVm is done", done.Message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("settings")]
    public async Task What_others_agree_to_later_is_not_sent_for_a_caller_who_may_no_longer(string way)
    {
        await using var xo = await Xo.StartAsync();
        var anna = await KeyAsync("anna", "worker");
        const string More = "policy: { confirmation: { write: approve } }\napprovals: { roles: [admin] }\n";
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo, More + "roles: { worker: { allow: [{ access: [read, write] }] } }"));
        var task = await StartTaskAsync(program, anna);
        Task<McpReply> LookAsync(string key) => program.AskAsync("tasks/get", $$"""{"taskId":"{{task}}"}""", task, Tasks, ("X-API-Key", key));
        Assert.Equal("working", (await LookAsync(anna)).Message.GetProperty("result").GetProperty("status").GetString());

        if (way == "revoke")
        {
            Assert.Equal(0, (await RunAsync("keys", "revoke", "anna")).ExitCode);
            anna = await KeyAsync("anna", "worker");
        }
        else
        {
            await ReloadAsync(program, xo, More + "roles: { worker: { allow: [{ access: [read] }] } }", 1);
            var hidden = await LookAsync(anna);
            Assert.Contains("There is no task", hidden.Body, StringComparison.Ordinal);
        }

        var list = (await RunAsync("approvals", "list")).Output;
        var id = list.Split(' ')[0];
        var approved = await RunAsync("approvals", "approve", id);
        Assert.True(approved.ExitCode == 0, $"{list} {approved.Error}");
        await RefusedAsync();

        Assert.DoesNotContain(xo.Writes, static write => write.Target.EndsWith("/actions/start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_task_of_a_caller_whose_key_was_rotated_is_read_and_ends_under_the_new_key()
    {
        await using var xo = await Xo.StartAsync();
        var anna = await KeyAsync("anna", "worker");
        await using var program = await ServedProgram.StartReadyAsync(
            _folder, [], "--config", Settings(xo, "policy: { confirmation: { write: approve } }\nroles: { worker: { allow: [{ access: [read, write] }] } }"));
        var task = await StartTaskAsync(program, anna);
        Task<McpReply> LookAsync(string key) => program.AskAsync("tasks/get", $$"""{"taskId":"{{task}}"}""", task, Tasks, ("X-API-Key", key));
        async Task<string?> StatusAsync(string key) => (await LookAsync(key)).Message.GetProperty("result").GetProperty("status").GetString();

        var rotated = await RunAsync("keys", "rotate", "anna");
        var next = rotated.Output.Trim();
        var stranger = await KeyAsync("bert", "worker");

        Assert.NotEqual(anna, next);
        Assert.Equal(("working", "working"), (await StatusAsync(anna), await StatusAsync(next)));
        Assert.Contains("There is no task", (await LookAsync(stranger)).Body, StringComparison.Ordinal);
        var id = (await RunAsync("approvals", "list")).Output.Split(' ')[0];
        Assert.Equal(0, (await RunAsync("approvals", "approve", id)).ExitCode);
        await Until.TrueAsync(async () => await StatusAsync(next) == "completed");
        Assert.Single(xo.Writes, static write => write.Target.EndsWith("/actions/start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_task_of_a_key_that_has_ended_is_read_by_nobody_and_sends_nothing()
    {
        await using var xo = await Xo.StartAsync();
        var anna = await KeyAsync("anna", "worker");
        await using var program = await ServedProgram.StartReadyAsync(
            _folder, [], "--config", Settings(xo, "policy: { confirmation: { write: approve } }\nroles: { worker: { allow: [{ access: [read, write] }] } }"));
        var task = await StartTaskAsync(program, anna);

        Assert.Equal(0, (await RunAsync("keys", "disable", "anna")).ExitCode);
        var refused = await program.AskAsync("tasks/get", $$"""{"taskId":"{{task}}"}""", task, Tasks, ("X-API-Key", anna));
        var id = (await RunAsync("approvals", "list")).Output.Split(' ')[0];
        await RunAsync("approvals", "approve", id);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        await RefusedAsync();
        Assert.DoesNotContain(xo.Writes, static write => write.Target.EndsWith("/actions/start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Listeners_who_have_lost_rights_are_told_the_end_of_their_request_and_may_listen_anew()
    {
        await using var xo = await Xo.StartAsync();
        var (anna, bert) = (await KeyAsync("anna", "worker"), await KeyAsync("bert", "viewer"));
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo, "roles: { worker: { allow: [{ access: [read, write] }] } }"));
        Task<HttpResponseMessage> SubscribeAsync(string key) => program.OpenAsync(
            $$"""{"jsonrpc":"2.0","id":"watch","method":"subscriptions/listen","params":{{StdioSession.WithMeta("""{"notifications":{"toolsListChanged":true}}""")}} }""",
            ("MCP-Protocol-Version", StdioSession.New), ("Mcp-Method", "subscriptions/listen"), ("X-API-Key", key));
        using var hers = await SubscribeAsync(anna);
        using var his = await SubscribeAsync(bert);
        Task other = his.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        await ReloadAsync(program, xo, "roles: { worker: { allow: [{ access: [read] }] } }", 1);

        var words = await hers.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"resultType\":\"complete\"", words.Split('\n').Last(static line => line.StartsWith("data: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.False(other.IsCompleted);
        using var again = await SubscribeAsync(anna);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Streams_of_callers_who_have_lost_rights_end_and_those_of_others_go_on()
    {
        await using var xo = await Xo.StartAsync();
        var (anna, bert) = (await KeyAsync("anna", "worker"), await KeyAsync("bert", "viewer"));
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo, "roles: { worker: { allow: [{ access: [read, write] }] } }"));
        using var hers = await SessionStream.OpenAsync(program, await program.InitializeAsync(anna), anna);
        using var his = await SessionStream.OpenAsync(program, await program.InitializeAsync(bert), bert);
        Task other = his.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        await ReloadAsync(program, xo, "roles: { worker: { allow: [{ access: [read] }] } }", 1);

        await SessionStream.EndAsync(hers);
        Assert.False(other.IsCompleted);
    }

    private static async Task<(string Vm, string Resume)> PausedAsync(ServedProgram program, string key)
    {
        var halted = await HaltedAsync(program, key);
        var code = JsonValue.Create($"await api.PutVmTag({{ id: '{halted}', tag: 'seen' }}); await api.StartVm({{ id: '{halted}' }})").ToJsonString();
        var paused = JsonNode.Parse((await program.CallAsync("execute_code", $$"""{"code":{{code}}}""", key)).Message.Text)!;
        return (halted, $$"""{"resume":"{{paused["run"]}}","confirm_token":"{{paused["confirm_token"]}}"}""");
    }

    private static async Task<string> HaltedAsync(ServedProgram program, string key) =>
        (await program.CallAsync("vms_query", """{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":1}""", key)).Message.Data.GetProperty("rows")[0].GetProperty("id").GetString()!;

    private static async Task<string?> StartTaskAsync(ServedProgram program, string key)
    {
        var halted = await HaltedAsync(program, key);
        var created = await program.CallAsync("vms_action", $$"""{"operation":"StartVm","id":"{{halted}}"}""", key, Tasks);
        return created.Message.GetProperty("result").GetProperty("taskId").GetString();
    }

    private Task RefusedAsync() => Until.TrueAsync(async () =>
        (await AuditAsync()).Split('\n').Any(static line => line.Contains("\"operation\":\"StartVm\"", StringComparison.Ordinal) && line.Contains("refused", StringComparison.Ordinal)));

    private async Task ReloadAsync(ServedProgram program, XoSimulator xo, string more, int count)
    {
        Settings(xo, more);
        await Until.TrueAsync(async () => (await AuditAsync()).Split("settings_reloaded").Length > count);
        Assert.True((await program.GetAsync("/healthz/live")).IsSuccessStatusCode);
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync(_folder, [("HYPERGATE_CONFIG", Path.Combine(_folder.Path, "gateway.yaml"))], arguments);

    private async Task<string> AuditAsync() => (await RunAsync("audit", "export")).Output;

    private async Task<string> KeyAsync(string name, string role)
    {
        if (!File.Exists(Path.Combine(_folder.Path, "gateway.yaml")))
        {
            _folder.Write("gateway.yaml", """
                backends: [{ name: xo, kind: xen-orchestra, url: "https://xo.example.com", auth: { token: t-12345 } }]
                roles: { worker: { allow: [{ access: [read] }] } }
                """);
        }

        var run = await RunAsync("keys", "create", "--name", name, "--role", role);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }

    private string Settings(XoSimulator xo, string more = "") => _folder.Write("gateway.yaml", $$"""
        backends:
          - { name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", actions: true, auth: { token: "{{xo.Token}}" } }
        surfaces: [domains, code]
        {{(more.Contains("policy:", StringComparison.Ordinal) ? "" : "policy: { confirmation: { unconfirmed: [PutVmTag] } }")}}
        {{more}}
        """);
}
