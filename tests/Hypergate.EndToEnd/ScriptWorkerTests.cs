using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd;

/// <summary>Scripts in the program itself: the worker lies beside it, runs without rights and never outlives it.</summary>
public sealed class ScriptWorkerTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_calls_operations_and_returns_a_result()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.StartWithFile(_folder, Settings(Xo.Address(xo), xo.Token));
        await session.StartWorkAsync();

        var answer = await session.CallAsync("execute_code", """{"code":"return (await api.GetVms()).length"}""");

        Assert.Equal(40, JsonElement.Parse(answer.Text).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task A_program_that_is_started_again_tells_what_a_run_that_waited_had_changed()
    {
        await using var xo = await Xo.StartAsync();
        var settings = Settings(Xo.Address(xo), xo.Token);
        const string Tags = """{"code":"for (const vm of await api.GetVms({ limit: 2 })) await api.PutVmTag({ id: vm.id, tag: 'seen' })"}""";
        string run;
        await using (var session = StdioSession.StartWithFile(_folder, settings))
        {
            await session.StartWorkAsync();
            var first = JsonElement.Parse((await session.CallAsync("execute_code", Tags)).Text);
            run = first.GetProperty("run").GetString()!;
            var second = JsonElement.Parse((await session.CallAsync("execute_code", $$"""{"resume":"{{run}}","confirm_token":"{{first.GetProperty("confirm_token").GetString()}}"}""")).Text);
            Assert.Equal("paused", second.GetProperty("status").GetString());
            using var program = Process.GetProcessById(session.ProcessId);
            program.Kill();
        }

        await using var again = StdioSession.StartWithFile(_folder, settings);
        await again.StartWorkAsync();
        var gone = JsonElement.Parse((await again.CallAsync("execute_code", $$"""{"resume":"{{run}}","confirm_token":"c_00"}""")).Text);

        Assert.Equal("run_gone", gone.GetProperty("error").GetProperty("code").GetString());
        var write = Assert.Single(gone.GetProperty("completed_writes").EnumerateArray());
        Assert.Equal(("xo.PutVmTag", "seen"), (write.GetProperty("tool").GetString(), write.GetProperty("args").GetProperty("tag").GetString()));
        Assert.False(gone.TryGetProperty("uncertain_writes", out _));
        Assert.Single(xo.Requests.All, static request => request.Method == "PUT");
    }

    [Trait("case", "orphan_after_gateway_kill")]
    [Theory]
    [InlineData("return 1")]
    [InlineData("for (;;) await null")]
    [InlineData("return [].indexOf.call({ length: 2 ** 53 - 1 }, 1)")]
    public async Task No_worker_outlives_a_program_that_is_killed(string code)
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.StartWithFile(_folder, Settings(Xo.Address(xo), xo.Token));
        await session.StartWorkAsync();
        await session.CallAsync("execute_code", """{"code":"return 1"}""");
        var workers = Children(session.ProcessId);
        Assert.NotEmpty(workers);
        _ = session.CallAsync("execute_code", JsonSerializer.Serialize(new { code }));

        using (var program = Process.GetProcessById(session.ProcessId))
        {
            program.Kill();
        }

        // What cannot be interrupted ends by its limit of processor time; everything else at once.
        if (!code.Contains("indexOf", StringComparison.Ordinal))
        {
            await Until.TrueAsync(() => Task.FromResult(!workers.Exists(IsAlive)));
        }

        foreach (var worker in workers.Where(IsAlive))
        {
            Assert.Contains("Max cpu time              300", await File.ReadAllTextAsync($"/proc/{worker}/limits", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Process.GetProcessById(worker).Kill();
        }
    }

    [Fact]
    public async Task Without_node_the_surface_is_refused_at_start_with_the_reason()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.StartWithFile(_folder, Settings(Xo.Address(xo), xo.Token) + "scripting: { node: /nowhere/node }\n");
        session.CloseInput();

        var end = await session.EndAsync();

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("scripting.node", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_surface_nothing_is_started()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        await session.CallAsync("vms_query", """{"operation":"GetVms"}""");

        Assert.Empty(Children(session.ProcessId));
    }

    private static string Settings(string address, string token) => $$"""
        backends:
          - { name: xo, kind: xen-orchestra, url: "{{address}}", auth: { token: "{{token}}" }, actions: true }
        surfaces: [code, domains]

        """;

    private static List<int> Children(int parent) => [.. Directory.EnumerateDirectories("/proc")
        .Select(static folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && ParentOf(id) == parent)];

    private static bool IsAlive(int id) => StateOf(id) is not (null or 'Z');

    private static int? ParentOf(int id) => Stat(id) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : null;

    private static char? StateOf(int id) => Stat(id)?[0][0];

    // Behind the name, which may hold anything: state, parent, …
    private static string[]? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
