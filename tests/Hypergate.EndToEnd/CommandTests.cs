using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd;

/// <summary>The commands of the program: what they print, where, and how they end.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData()]
    [InlineData("tools")]
    [InlineData("call")]
    [InlineData("check")]
    [InlineData("simulate")]
    [InlineData("demo")]
    [InlineData("audit")]
    [InlineData("audit", "verify")]
    [InlineData("audit", "tail")]
    public async Task Help_of_every_command_names_its_exit_codes(params string[] command)
    {
        var run = await CommandRun.OfAsync(_folder, [], [.. command, "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done, 1 ", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task The_version_is_that_of_the_server_info()
    {
        var run = await CommandRun.OfAsync(_folder, [], "--version");
        await using var session = StdioSession.Start(_folder, ("XO_URL", "http://127.0.0.1:9"), ("XO_TOKEN", "t"));
        var info = (await session.InitializeAsync()).GetProperty("serverInfo");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(info.GetProperty("version").GetString(), run.Output.Trim());
    }

    [Fact]
    public async Task The_demonstration_ends_well()
    {
        var run = await CommandRun.OfAsync(_folder, [], "demo");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Matches(@"Hypergate: \| pve \| running \| \d+ \|", run.Output);
        Assert.Matches(@"Hypergate: \| xo \| running \| \d+ \|", run.Output);
        Assert.Contains("\"snapshot_name\":\"before-update\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("DeleteVm is done", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"mcpServers\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"PVE_TOKEN_ID\"", run.Output, StringComparison.Ordinal);
        Assert.Single(Lines(run.Output), static line => line.Contains("Refused:", StringComparison.Ordinal));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task The_shell_has_the_roles_that_the_settings_give_to_the_person_at_this_machine()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("viewer.yaml", $$"""
            backends:
              - { name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" }, actions: true }
            authentication: { localRoles: [viewer] }
            """);

        var tools = await CommandRun.OfAsync(_folder, [], "tools", "--config", file);
        var looked = await CommandRun.OfAsync(_folder, [], "call", "whoami", "--config", file);
        var acted = await CommandRun.OfAsync(_folder, [], "call", "vms_action", """{"operation":"StartVm","id":"x"}""", "--yes", "--config", file);

        Assert.DoesNotContain("vms_action", tools.Output, StringComparison.Ordinal);
        Assert.Contains("Roles: viewer", looked.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, acted.ExitCode);
        Assert.Contains("There is no tool 'vms_action'", acted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_are_listed_by_name_and_as_a_client_gets_them()
    {
        await using var xo = await Xo.StartAsync();
        var plain = await CommandRun.OfAsync(_folder, Xo.Acting(xo), "tools");
        var json = await CommandRun.OfAsync(_folder, Xo.Acting(xo), "tools", "--json");
        var tools = JsonElement.Parse(json.Output);
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        var listed = (await session.AskAsync("tools/list")).GetProperty("result").GetProperty("tools");

        Assert.Equal(0, plain.ExitCode);
        Assert.Contains("vms_action", plain.Output, StringComparison.Ordinal);
        Assert.Equal(listed.GetArrayLength(), tools.GetArrayLength());
        Assert.All(tools.EnumerateArray().Zip(listed.EnumerateArray()), static pair =>
        {
            Assert.Equal(pair.Second.GetProperty("name").GetString(), pair.First.GetProperty("name").GetString());
            Assert.True(JsonElement.DeepEquals(pair.Second.GetProperty("inputSchema"), pair.First.GetProperty("inputSchema")));
            Assert.True(JsonElement.DeepEquals(pair.Second.GetProperty("outputSchema"), pair.First.GetProperty("outputSchema")));
        });
    }

    [Fact]
    public async Task A_call_from_the_shell_looks_and_changes_through_the_same_rules()
    {
        await using var xo = await Xo.StartAsync();
        var found = await CommandRun.OfAsync(
            _folder, Xo.Acting(xo), "call", "vms_query", """{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":1,"format":"json"}""");
        var id = found.Output.Split('"').First(static word => Guid.TryParse(word, out _));
        var start = $$"""{"operation":"StartVm","id":"{{id}}"}""";
        var unasked = await CommandRun.OfAsync(_folder, Xo.Acting(xo), "call", "vms_action", start);
        var before = xo.Requests.All.Count(static request => request.Method == "POST");
        var agreed = await CommandRun.OfAsync(_folder, Xo.Acting(xo), "call", "vms_action", start, "--yes");

        Assert.Equal((3, 0), (unasked.ExitCode, before));
        Assert.Contains("Confirmation Required", unasked.Output, StringComparison.Ordinal);
        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);
        Assert.True(agreed.ExitCode == 0, agreed.Error);
        Assert.Contains("StartVm is done (task ", agreed.Output, StringComparison.Ordinal);
        Assert.Single(xo.Requests.All, static request => request.Method == "POST");
    }

    [Fact]
    public async Task A_call_that_fails_says_so_on_standard_error_alone()
    {
        await using var xo = await Xo.StartAsync();
        var unknown = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "vm_query", "{}");
        var noJson = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "vms_query", "{operation:GetVms}");
        var noAction = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "vms_action", """{"operation":"StartVm","id":"x"}""", "--yes");
        var failed = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "vms_query", """{"operation":"GetVm","id":"11111111-2222-4333-8444-555555555555"}""");

        Assert.Equal((1, 1, 1, 2), (unknown.ExitCode, noJson.ExitCode, noAction.ExitCode, failed.ExitCode));
        Assert.All([unknown, noJson, noAction, failed], static run => Assert.Empty(run.Output));
        Assert.Contains("There is no tool 'vm_query'; did you mean 'vms_query'?", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("not a JSON object", noJson.Error, StringComparison.Ordinal);
        Assert.Contains("404", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_tells_of_deny_list_entries_that_hit_nothing()
    {
        await using var xo = await Xo.StartAsync();
        var run = await CommandRun.OfAsync(_folder, [.. Xo.Acting(xo), ("XO_MCP_DENY_LIST", "DeletVm, StartVm")], "check");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Connection to XO server successful.", run.Output, StringComparison.Ordinal);
        Assert.Contains("'DeletVm', which fits no operation; did you mean 'DeleteVm'?", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(xo.Token, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_is_whole_shown_and_a_change_of_it_is_found()
    {
        await using var xo = await Xo.StartAsync();
        await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "vms_query", """{"operation":"GetVms","limit":1}""");
        await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "pools_query", """{"operation":"GetPools"}""");
        var whole = await CommandRun.OfAsync(_folder, [], "audit", "verify");
        var tail = await CommandRun.OfAsync(_folder, [], "audit", "tail", "--count", "1");
        var last = JsonElement.Parse(Assert.Single(Lines(tail.Output)));
        var file = Directory.GetFiles(Path.Combine(_folder.Data, "audit"), "*.jsonl").Order(StringComparer.Ordinal).First();
        await File.WriteAllTextAsync(
            file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("GetVms", "GetVmz", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var broken = await CommandRun.OfAsync(_folder, [], "audit", "verify");

        Assert.Equal((0, 0, 2), (whole.ExitCode, tail.ExitCode, broken.ExitCode));
        Assert.Equal("GetPools", last.GetProperty("operation").GetString());
        Assert.Equal("done", last.GetProperty("outcome").GetString());
        Assert.NotEmpty(broken.Error);
    }

    [Fact]
    public async Task Simulate_says_in_its_first_line_where_it_is_and_ends_when_told()
    {
        using var process = System.Diagnostics.Process.Start(HypergateProgram.StartInfo(_folder, ["simulate", "--vms", "10"], []))!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var xo = JsonElement.Parse(line!).GetProperty("xo");
            var run = await CommandRun.OfAsync(
                _folder, [("XO_URL", xo.GetProperty("url").GetString()!), ("XO_TOKEN", xo.GetProperty("token").GetString()!)], "check");

            Assert.True(run.ExitCode == 0, run.Output + run.Error);
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("simulate", "--vms", "5")]
    [InlineData("simulate", "--xo", "70000")]
    [InlineData("no-such-command")]
    [InlineData("call")]
    public async Task Wrong_words_on_the_command_line_start_nothing(params string[] command)
    {
        var run = await CommandRun.OfAsync(_folder, [], command);

        Assert.Equal(1, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
