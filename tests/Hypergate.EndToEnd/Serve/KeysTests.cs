using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>API keys from the command line to the audit.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_any_key_programs_on_this_machine_may_look()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Acting(xo));

        var who = await program.CallAsync("whoami");
        var tools = await program.AskAsync("tools/list");

        Assert.Equal("anonymous", who.Message.Data.GetProperty("caller").GetString());
        Assert.Contains("vms_query", tools.Message.ToolNames);
        Assert.DoesNotContain("vms_action", tools.Message.ToolNames);
    }

    [Fact]
    public async Task The_key_of_the_environment_may_have_a_role_of_the_settings()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            roles: { pools-only: { allow: [{ resources: [pools] }] } }
            """);
        const string Key = "a-key-that-is-long-enough-for-this";
        await using var program = await ServedProgram.StartReadyAsync(_folder, [("HYPERGATE_API_KEY", Key), ("HYPERGATE_API_KEY_ROLE", "pools-only")], "--config", file);

        var tools = (await program.AskAsync("tools/list", "{}", null, "{}", ("X-API-Key", Key))).Message.ToolNames;
        var wrong = await CommandRun.OfAsync(_folder, [("HYPERGATE_API_KEY", Key), ("HYPERGATE_API_KEY_ROLE", "pool-only")], "serve", "--listen", "127.0.0.1:0", "--config", file);

        Assert.Contains("pools_query", tools);
        Assert.DoesNotContain("vms_query", tools);
        Assert.Contains("HYPERGATE_API_KEY_ROLE must be one of pools-only, viewer, operator, admin. Did you mean pools-only?", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_soon_as_there_is_a_key_nobody_comes_in_without_one()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Acting(xo));
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami")).Status);

        var key = await CreateAsync("claude", "operator");

        var nobody = await program.CallAsync("whoami");
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Status);
        Assert.StartsWith("Bearer", Assert.Single(nobody.Headers.WwwAuthenticate).ToString(), StringComparison.Ordinal);
        Assert.Equal("key:claude", (await program.CallAsync("whoami", key: key)).Message.Data.GetProperty("caller").GetString());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(program, ("Authorization", $"Bearer {key}"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(program, ("Authorization", $"Basic {key}"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.CallAsync("whoami", key: key[..^1] + "x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(program, ("Authorization", $"Bearer {key}"), ("X-API-Key", key))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/healthz/live")).StatusCode);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_stored_as_a_hash_for_its_owner_alone()
    {
        var key = await CreateAsync("claude", "viewer", "--expires", "12h");

        var file = Path.Combine(_folder.Data, "api-keys.json");
        var list = await CommandRun.OfAsync(_folder, [], "keys", "list");

        Assert.StartsWith("hg_", key, StringComparison.Ordinal);
        Assert.DoesNotContain(key[12..], await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains(key[3..11], list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key[12..], list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_shown_with_all_but_its_secret_by_name_or_id()
    {
        var key = await CreateAsync("claude", "viewer", "--expires", "3d", "--network", "10.0.0.0/8");

        var page = await CommandRun.OfAsync(_folder, [], "keys", "show", "claude");
        var byId = await CommandRun.OfAsync(_folder, [], "keys", "show", key[3..11]);
        var nobody = await CommandRun.OfAsync(_folder, [], "keys", "show", "claud");

        Assert.Contains("valid, but not for long: hypergate keys rotate claude", page.Output, StringComparison.Ordinal);
        Assert.Contains("networks     10.0.0.0/8", page.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key[12..], page.Output, StringComparison.Ordinal);
        Assert.Equal(page.Output, byId.Output);
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("There is no key 'claud'; did you mean 'claude'?", nobody.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disable", "is disabled. To give it back: hypergate keys enable claude")]
    [InlineData("revoke", "was revoked")]
    public async Task Explaining_a_call_tells_that_its_key_holds_no_more(string way, string why)
    {
        await using var xo = await Xo.StartAsync();
        var key = await CreateAsync("claude", "viewer");
        async Task<CommandRun> ExplainAsync(string name, string call) => await CommandRun.OfAsync(_folder, Xo.Acting(xo), "policy", "explain", "--key", name, "--call", call);
        var before = await ExplainAsync("claude", "GetVms");
        var hidden = await ExplainAsync("claude", "StartVm");

        await CommandRun.OfAsync(_folder, [], "keys", way, "claude");
        var after = await ExplainAsync("claude", "GetVms");
        var unknown = await ExplainAsync("claud", "GetVms");

        Assert.Equal((0, 2, 2, 1), (before.ExitCode, hidden.ExitCode, after.ExitCode, unknown.ExitCode));
        Assert.DoesNotContain("at this moment", before.Output, StringComparison.Ordinal);
        Assert.Contains("Decision: allowed", after.Output, StringComparison.Ordinal);
        Assert.Contains($"Every call of it would be refused at this moment all the same: the API key {key[3..11]} {why}.", after.Output, StringComparison.Ordinal);
        Assert.Contains("There is no key 'claud'; did you mean 'claude'?", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_neither_sees_nor_runs_what_changes_something()
    {
        await using var xo = await Xo.StartAsync();
        var viewer = await CreateAsync("viewer", "viewer");
        var admin = await CreateAsync("admin", "admin");
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Acting(xo));
        var before = xo.StateHash();

        var tools = await program.AskAsync("tools/list", "{}", null, "{}", ("X-API-Key", viewer));
        var hidden = await program.CallAsync("vms_action", """{"operation":"StartVm","id":"x"}""", viewer);
        var unknown = await program.CallAsync("vns_action", """{"operation":"StartVm","id":"x"}""", viewer);
        var seen = await program.AskAsync("tools/list", "{}", null, "{}", ("X-API-Key", admin));

        Assert.DoesNotContain(tools.Message.ToolNames, static name => name.EndsWith("_action", StringComparison.Ordinal));
        Assert.Contains("vms_action", seen.Message.ToolNames);
        Assert.Equal(unknown.Body.Replace("vns", "vms", StringComparison.Ordinal), hidden.Body);
        Assert.Equal(before, xo.StateHash());
    }

    [Fact]
    public async Task A_key_bound_to_a_backend_knows_no_other()
    {
        await using var first = await Xo.StartAsync();
        await using var second = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends:
              - { name: lab, kind: xen-orchestra, url: "{{Xo.Address(first)}}", auth: { token: "{{first.Token}}" } }
              - { name: prod, kind: xen-orchestra, url: "{{Xo.Address(second)}}", auth: { token: "{{second.Token}}" } }
            """);
        var key = await CreateAsync("lab", "admin", "--backends", "lab");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        await Until.TrueAsync(async () => (await program.CallAsync("vms_query", """{"operation":"GetVms","backend":"lab"}""", key)).Message.IsToolError == false);
        var asked = second.Requests.All.Count;

        var list = await program.AskAsync("tools/list", "{}", null, "{}", ("X-API-Key", key));
        var call = await program.CallAsync("vms_query", """{"operation":"GetVms","backend":"prod"}""", key);
        var nowhere = await program.CallAsync("vms_query", """{"operation":"GetVms","backend":"prud"}""", key);
        var resource = await program.AskAsync("resources/list", "{}", null, "{}", ("X-API-Key", key));
        var discover = await program.AskAsync("server/discover", "{}", null, "{}", ("X-API-Key", key));

        Assert.DoesNotContain("prod", list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("prod", resource.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("prod", discover.Body, StringComparison.Ordinal);
        Assert.True(call.Message.IsToolError || call.Message.TryGetProperty("error", out _));
        Assert.Equal(nowhere.Body.Replace("prud", "prod", StringComparison.Ordinal), call.Body);
        Assert.Equal(asked, second.Requests.All.Count);
    }

    [Fact]
    public async Task A_key_for_some_surfaces_is_shown_no_other_whatever_it_asks_for()
    {
        await using var xo = await Xo.StartAsync();
        var bound = await CreateAsync("bound", "viewer", "--surfaces", "query,search");
        var free = await CreateAsync("free", "viewer");
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            surfaces: [domains, query]
            """);
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        async Task<IReadOnlyList<string>> ToolsAsync(string key) => [.. (await program.AskAsync("tools/list", "{}", null, "{}", ("X-API-Key", key))).Message.ToolNames];

        var tools = await ToolsAsync(bound);
        var hidden = await program.CallAsync("vms_query", """{"operation":"GetVms"}""", bound);
        var who = await program.CallAsync("whoami", key: bound);

        Assert.Contains("execute_query", tools);
        Assert.Contains("whoami", tools);
        Assert.DoesNotContain("vms_query", tools);
        Assert.DoesNotContain("search_operations", tools);
        Assert.Contains("vms_query", await ToolsAsync(free));
        Assert.True(hidden.Message.TryGetProperty("error", out _), hidden.Body);
        Assert.Contains("your key is shown these surfaces alone: query, search", who.Message.Text, StringComparison.Ordinal);
        Assert.Contains("not 'tables'", (await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", "x", "--role", "viewer", "--surfaces", "tables")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_for_another_network_is_no_key_here()
    {
        await using var xo = await Xo.StartAsync();
        var here = await CreateAsync("here", "viewer", "--network", "127.0.0.0/8");
        var elsewhere = await CreateAsync("elsewhere", "viewer", "--network", "10.0.0.0/8", "--network", "fd00::/8");
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));

        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync("whoami", key: here)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.CallAsync("whoami", key: elsewhere)).Status);
        Assert.Contains("10.0.0.0/8,fd00::/8", (await CommandRun.OfAsync(_folder, [], "keys", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", "odd", "--role", "viewer", "--network", "10.0.0.0/33")).ExitCode);
    }

    [Fact]
    public async Task A_session_is_no_session_for_another_key()
    {
        await using var xo = await Xo.StartAsync();
        var mine = await CreateAsync("mine", "viewer");
        var other = await CreateAsync("other", "viewer");
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        var session = await program.InitializeAsync(mine);

        var stolen = await program.AskOldAsync(session, "tools/list", key: other);
        var unknown = await program.AskOldAsync(new string('0', session.Length), "tools/list", key: other);

        Assert.Equal(HttpStatusCode.NotFound, stolen.Status);
        Assert.Equal(unknown.Body, stolen.Body);
        Assert.Equal(HttpStatusCode.OK, (await program.AskOldAsync(session, "tools/list", key: mine)).Status);
    }

    [Fact]
    public async Task The_audit_names_the_key_and_its_last_use_is_kept()
    {
        await using var xo = await Xo.StartAsync();
        var key = await CreateAsync("claude", "viewer");
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));

        Assert.False((await program.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""", key)).Message.IsToolError);

        var audit = await CommandRun.OfAsync(_folder, [], "audit", "tail", "--folder", Path.Combine(_folder.Data, "audit"));
        Assert.Contains("\"caller\":\"key:claude\"", audit.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key, audit.Output, StringComparison.Ordinal);
        await Until.TrueAsync(async () => (await File.ReadAllTextAsync(Path.Combine(_folder.Data, "api-keys.json"), TestContext.Current.CancellationToken)).Contains("lastUsed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_in_the_address_works_only_where_it_is_switched_on()
    {
        await using var xo = await Xo.StartAsync();
        var key = await CreateAsync("claude", "viewer");
        var settings = $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            """;
        await using var off = await ServedProgram.StartAsync(_folder, [], "--config", _folder.Write("off.yaml", settings));
        await using var on = await ServedProgram.StartAsync(_folder, [], "--config", _folder.Write("on.yaml", settings + "\nhttp: { keyInPath: true }\n"));

        Assert.Equal(HttpStatusCode.NotFound, (await off.GetAsync($"/mcp/{key}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await on.GetAsync($"/mcp/{key}", static headers => headers.Add("Accept", "text/event-stream"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await on.GetAsync($"/mcp/{key}x")).StatusCode);
    }

    private static Task<McpReply> AskAsync(ServedProgram program, params (string, string?)[] headers) =>
        program.AskAsync("tools/call", """{"name":"whoami","arguments":{}}""", "whoami", "{}", headers);

    private Task<string> CreateAsync(string name, string role, params IEnumerable<string> more) =>
        CommandRun.DoneAsync(_folder, ["keys", "create", "--name", name, "--role", role, .. more]);
}
