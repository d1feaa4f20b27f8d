using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Serve;

/// <summary>What holds without a restart: files beside the settings, files that these refer to, and files that describe platforms.</summary>
public sealed class ChangedFilesTests : IDisposable
{
    private const string Key = "a-key-that-is-long-enough-for-this";

    private static readonly (string, string)[] Admin = [("HYPERGATE_API_KEY", Key), ("HYPERGATE_API_KEY_ROLE", "admin")];

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_comes_to_conf_d_or_goes_is_a_change_and_two_that_contradict_are_none()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, Admin, "--config", Settings(xo, xo.Token));
        Assert.Contains("vms_action", await ToolsAsync(program));

        var part = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "conf.d")).FullName, "10-read.yaml");
        await File.WriteAllTextAsync(part, "readOnly: true\n", TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => !(await ToolsAsync(program)).Contains("vms_action"));
        await File.WriteAllTextAsync(part, "backends: []\n", TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => (await NotesAsync(program)).Contains("10-read.yaml:1: backends is set in", StringComparison.Ordinal));
        Assert.DoesNotContain("vms_action", await ToolsAsync(program));

        File.Delete(part);
        await Until.TrueAsync(async () => (await ToolsAsync(program)).Contains("vms_action"));
        Assert.DoesNotContain("10-read.yaml", await NotesAsync(program), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_behind_a_reference_holds_when_it_changes_and_settings_as_soon_as_it_is_there()
    {
        await using var xo = await Xo.StartAsync();
        Secret("token", "not-the-right-one-0123456789");
        await using var program = await ServedProgram.StartAsync(_folder, Admin, "--config", Settings(xo, "${file:token}"));

        Secret("token", xo.Token);
        await Until.TrueAsync(async () => (await ToolsAsync(program)).Contains("vms_action"));

        Settings(xo, "${file:token}", "readOnly: ${file:later}");
        await Until.TrueAsync(async () => (await NotesAsync(program)).Contains("later", StringComparison.Ordinal));
        Assert.Contains("vms_action", await ToolsAsync(program));
        Secret("later", "true");
        await Until.TrueAsync(async () => !(await ToolsAsync(program)).Contains("vms_action"));
    }

    [Fact]
    public async Task A_description_that_cannot_be_used_leaves_the_one_before_and_health_says_why()
    {
        _folder.Write("api.json", Document("getOld"));
        var file = _folder.Write("gateway.yaml", """
            backends: [{ name: api, kind: rest, url: "http://127.0.0.1:9", rest: { document: api.json } }]
            surfaces: [operations]
            """);
        await using var program = await ServedProgram.StartReadyAsync(_folder, Admin, "--config", file);
        async Task<bool> HasAsync(string part) => (await ToolsAsync(program)).Any(name => name.Contains(part, StringComparison.OrdinalIgnoreCase));
        Assert.True(await HasAsync("old"));

        _folder.Write("api.json", "{ not json");
        await Until.TrueAsync(async () => (await NotesAsync(program)).Contains("The description of 'api' has changed but cannot be used; the earlier one is in force.", StringComparison.Ordinal));
        Assert.True(await HasAsync("old"));

        _folder.Write("api.json", Document("getNext"));
        await Until.TrueAsync(() => HasAsync("next"));
        await Until.TrueAsync(async () => !(await NotesAsync(program)).Contains("cannot be used", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_description_that_changes_waits_for_a_person_where_the_settings_want_one()
    {
        _folder.Write("api.json", Document("getOld"));
        var file = _folder.Write("gateway.yaml", """
            backends: [{ name: api, kind: rest, url: "http://127.0.0.1:9", acceptChanges: none, rest: { document: api.json } }]
            surfaces: [operations]
            """);
        Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync(_folder, [("HYPERGATE_CONFIG", file)], arguments);
        await using var program = await ServedProgram.StartReadyAsync(_folder, Admin, "--config", file);
        async Task<bool> HasAsync(string part) => (await ToolsAsync(program)).Any(name => name.Contains(part, StringComparison.OrdinalIgnoreCase));
        Assert.True(await HasAsync("old"));

        _folder.Write("api.json", Document("getNext"));
        await Until.TrueAsync(async () => (await NotesAsync(program)).Contains("is offered to nobody before a person accepts it: getNext", StringComparison.Ordinal));
        Assert.False(await HasAsync("next"));
        var shown = await RunAsync("backend", "changes", "api");
        var doctor = await RunAsync("doctor");
        var digest = shown.Output.Trim().Split(' ')[^1];
        var wrong = await RunAsync("backend", "accept", "api", "0123");
        var accepted = await RunAsync("backend", "accept", "api", digest);
        await Until.TrueAsync(() => HasAsync("next"));

        Assert.Contains("new      getNext (read): GET /getNext", shown.Output, StringComparison.Ordinal);
        Assert.Contains("hypergate backend changes api", doctor.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), (shown.ExitCode, wrong.ExitCode, accepted.ExitCode));
        Assert.Contains("Nothing was accepted", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("getNext", await NotesAsync(program), StringComparison.Ordinal);
        Assert.Contains("Nothing of 'api' waits.", (await RunAsync("backend", "changes", "api")).Output, StringComparison.Ordinal);
        var audit = (await RunAsync("audit", "export")).Output;
        Assert.Contains("description_quarantined", audit, StringComparison.Ordinal);
        Assert.Contains("description_accepted", audit, StringComparison.Ordinal);
    }

    private static string Document(string operation) =>
        """{"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{"/NAME":{"get":{"operationId":"NAME","responses":{"200":{"description":"ok"}}}}}}""".Replace("NAME", operation, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> ToolsAsync(ServedProgram program) =>
        [.. (await program.AskAsync("tools/list", "{}", null, "{}", ("X-API-Key", Key))).Message.ToolNames];

    private static async Task<string> NotesAsync(ServedProgram program)
    {
        using var response = await program.GetAsync("/healthz/ready", static headers => headers.Add("X-API-Key", Key));
        return System.Text.RegularExpressions.Regex.Unescape(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private void Secret(string name, string text)
    {
        var file = _folder.Write(name, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private string Settings(XoSimulator xo, string token, string more = "") => _folder.Write("gateway.yaml", $$"""
        backends:
          - { name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", actions: true, auth: { token: "{{token}}" } }
        {{more}}
        """);
}
