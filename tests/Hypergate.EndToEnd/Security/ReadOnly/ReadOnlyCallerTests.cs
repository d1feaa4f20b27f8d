using System.Net;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.ReadOnly;

/// <summary>Suite S11: read only is a ceiling, of the gateway, of a key, of a request: roles do not lift it, and nothing that changes something is sent.</summary>
[Trait("Suite", "S11")]
[Trait("Rule", "R-RO")]
[Trait("Mcp", "MCP02")]
public sealed class ReadOnlyCallerTests : IDisposable
{
    private const string Header = "X-Hypergate-Read-Only";
    private const string Roles = "roles: { own: { allow: [{ access: '*' }, { access: [write], where: { target.tags: { none_of: [x] } } }] } }";

    // What approvals ask is told by a gateway where they are asked for.
    private const string Approvals = "policy: { confirmation: { dangerous: approve } }";
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("admin", "")]
    [InlineData("own", Roles)]
    public async Task A_key_that_only_looks_changes_nothing_whatever_its_role(string role, string more)
    {
        await using var xo = await Xo.StartAsync();
        var file = Settings(xo, more);
        var (looks, acts) = (await KeyAsync("looks", role, "--read-only"), await KeyAsync("acts", role));
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);

        await AssertLooksAsync(program, xo, looks);
        Assert.Contains("vms_action", await ToolsAsync(program, acts));
        Assert.Contains("only looks", (await program.CallAsync("whoami", key: looks)).Message.Text, StringComparison.Ordinal);
        Assert.Contains($"{role} (read only)", (await CommandRun.OfAsync(_folder, [], "keys", "list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task A_request_may_ask_for_less_and_never_for_more(string value)
    {
        await using var xo = await Xo.StartAsync();
        var file = Settings(xo, "");
        var (looks, acts) = (await KeyAsync("looks", "viewer"), await KeyAsync("acts", "admin"));
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);

        await AssertLooksAsync(program, xo, acts, (Header, value));
        Assert.Contains("vms_action", await ToolsAsync(program, acts, (Header, "false")));
        Assert.DoesNotContain("vms_action", await ToolsAsync(program, looks, (Header, "false")));
    }

    [Fact]
    public async Task A_session_is_none_for_its_caller_with_other_rights()
    {
        await using var xo = await Xo.StartAsync();
        var file = Settings(xo, "");
        var key = await KeyAsync("acts", "admin");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var session = await program.InitializeAsync(key);

        var narrowed = await program.SendAsync("""{"jsonrpc":"2.0","id":7,"method":"ping"}""", ("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Session-Id", session), ("X-API-Key", key), (Header, "true"));

        Assert.Equal(HttpStatusCode.NotFound, narrowed.Status);
        Assert.Equal(HttpStatusCode.OK, (await program.AskOldAsync(session, "ping", key: key)).Status);
    }

    [Fact]
    public async Task A_gateway_that_only_looks_offers_no_change_to_anybody()
    {
        await using var xo = await Xo.StartAsync();
        var file = Settings(xo, "readOnly: true");
        var key = await KeyAsync("acts", "admin");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);

        await AssertLooksAsync(program, xo, key);
    }

    [Fact]
    public async Task Who_only_looks_decides_over_no_wish_of_others()
    {
        await using var xo = await Xo.StartAsync();
        var file = Settings(xo, Approvals);
        var (asks, looks) = (await KeyAsync("asks", "admin"), await KeyAsync("looks", "admin", "--read-only"));
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        var id = Answers.Token((await program.CallAsync("vms_action", $$"""{"operation":"DeleteVm","id":"{{await VmAsync(program, asks)}}"}""", asks)).Message.Text);

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/approvals/{id}/approve");
        request.Headers.Add("X-API-Key", looks);
        using var decided = await program.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.False(decided.IsSuccessStatusCode);
        Assert.Contains("pending", (await CommandRun.OfAsync(_folder, [("HYPERGATE_CONFIG", file)], "approvals", "show", id)).Output, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task AssertLooksAsync(ServedProgram program, XoSimulator xo, string key, params (string, string?)[] headers)
    {
        var vm = await VmAsync(program, key);
        Assert.DoesNotContain("vms_action", await ToolsAsync(program, key, headers));
        var denied = await CallAsync(program, "vms_action", vm, key, headers);
        var unknown = await CallAsync(program, "vms_actoin", vm, key, headers);
        Assert.Equal(unknown.Body.Replace("vms_actoin", "vms_action", StringComparison.Ordinal), denied.Body);
        Assert.Empty(xo.Writes);
    }

    private static Task<McpReply> CallAsync(ServedProgram program, string tool, string vm, string key, (string, string?)[] headers) => program.AskAsync(
        "tools/call", $$"""{"name":"{{tool}}","arguments":{"operation":"PutVmTag","id":"{{vm}}","tag":"one"} }""", tool, "{}", [("X-API-Key", key), .. headers]);

    private static async Task<IReadOnlyList<string>> ToolsAsync(ServedProgram program, string key, params (string, string?)[] headers) =>
        [.. (await program.AskAsync("tools/list", "{}", null, "{}", [("X-API-Key", key), .. headers])).Message.ToolNames];

    private static async Task<string> VmAsync(ServedProgram program, string key) => (await program.CallAsync("vms_query", """{"operation":"GetVms","fields":"id","limit":1,"format":"csv"}""", key))
        .Message.Data.GetProperty("rows")[0].GetProperty("id").GetString()!;

    private string Settings(XoSimulator xo, string more)
    {
        _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" }, actions: true }]
            surfaces: [domains]
            {{more}}
            """);
        return Path.Combine(_folder.Path, "hypergate.yaml");
    }

    private async Task<string> KeyAsync(string name, string role, params string[] more)
    {
        var run = await CommandRun.OfAsync(_folder, [("HYPERGATE_CONFIG", Path.Combine(_folder.Path, "hypergate.yaml"))], ["keys", "create", "--name", name, "--role", role, .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}
