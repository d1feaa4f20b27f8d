using System.Diagnostics;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Audit;

/// <summary>Suite S21: the trail tells where a call came from and what was sent; where it ends is told to a second place; and it can be watched.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed class OriginTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_call_over_http_is_told_with_address_client_surface_and_key()
    {
        await using var xo = await Xo.StartAsync();
        var key = (await DoneAsync("keys", "create", "--name", "anna", "--role", "viewer")).Trim();
        await using (var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo, "")))
        {
            var session = await program.InitializeAsync(key);
            await program.AskOldAsync(session, "tools/call", """{"name":"vms_query","arguments":{"operation":"GetVms","limit":3}}""", key);
            await program.CallAsync("vms_query", """{"operation":"GetVms","limit":3}""", key);
            await program.StopAsync();
        }

        var found = await DoneAsync("audit", "search", "--address", "127.0.0.*", "--surface", "domains", "--tool", "vms_*", "--caller", "key:anna", "--json");
        var records = Lines(found);
        var first = records[0];

        Assert.Equal(2, records.Count);
        Assert.Equal($"API key {key[3..11]}", first.GetProperty("authenticated_by").GetString());
        Assert.Equal("e2e 1", first.GetProperty("client").GetString());
        Assert.Equal(("true", "list"), (first.GetProperty("sent").GetString(), first.GetProperty("result").GetProperty("type").GetString()));
        Assert.Equal(first.GetProperty("args_hash").GetString(), records[1].GetProperty("args_hash").GetString());
        Assert.Empty(Lines(await DoneAsync("audit", "search", "--address", "192.0.2.1", "--json")));
    }

    [Fact]
    public async Task A_change_from_the_shell_is_told_with_its_object_before_and_after()
    {
        await using var xo = await Xo.StartAsync();
        var halted = JsonElement.Parse((await CommandRun.OfAsync(_folder, Xo.Acting(xo), "call", "vms_query", """{"operation":"GetVms","limit":1,"fields":"id","filter":"power_state:Halted","format":"json"}""")).Output);
        var id = halted.ToString().Split('"').First(static part => Guid.TryParse(part, out _));

        var run = await CommandRun.OfAsync(_folder, Xo.Acting(xo), "call", "vms_action", $$"""{"operation":"StartVm","id":"{{id}}"}""", "--yes");
        Assert.True(run.ExitCode == 0, run.Error);
        var records = Lines(await DoneAsync("audit", "search", "--operation", "StartVm", "--surface", "cli", "--object", id, "--json"));

        Assert.Equal(["begin", "end"], records.Select(static record => record.GetProperty("phase").GetString()));
        Assert.All(records, record => Assert.Equal(("command line", id), (record.GetProperty("consent").GetString(), record.GetProperty("target").GetProperty("id").GetString())));
        Assert.False(records[0].TryGetProperty("sent", out _));
        Assert.Equal("true", records[1].GetProperty("sent").GetString());
    }

    [Fact]
    public async Task What_is_cut_off_after_the_end_was_told_elsewhere_is_found()
    {
        await using var xo = await Xo.StartAsync();
        var elsewhere = Path.Combine(_folder.Path, "elsewhere.jsonl");
        var config = Settings(xo, $"audit: {{ checkpoint: \"{elsewhere}\" }}");
        await CommandRun.OfAsync(_folder, [], "--config", config, "call", "vms_query", """{"operation":"GetVms","limit":1}""");
        var audit = Path.Combine(_folder.Data, "audit");
        var older = Path.Combine(_folder.Path, "older");
        Copy(audit, older);
        await using (var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", config))
        {
            await program.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""");
            await program.StopAsync();
        }

        var whole = await CommandRun.OfAsync(_folder, [], "--config", config, "audit", "verify");
        Directory.Delete(audit, recursive: true);
        Copy(older, audit);
        var unasked = await CommandRun.OfAsync(_folder, [], "--config", config, "audit", "verify");
        var asked = await CommandRun.OfAsync(_folder, [], "audit", "verify", "--folder", audit, "--checkpoint", elsewhere);
        var blind = await CommandRun.OfAsync(_folder, [], "audit", "verify", "--folder", audit);

        Assert.Equal((0, 2, 2, 0), (whole.ExitCode, unasked.ExitCode, asked.ExitCode, blind.ExitCode));
        Assert.Contains("records were cut off the end since, or an older state was put back", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_follows_sees_each_record_as_it_comes()
    {
        await using var xo = await Xo.StartAsync();
        await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "pools_query", """{"operation":"GetPools"}""");
        using var tail = Process.Start(HypergateProgram.StartInfo(_folder, ["audit", "tail", "--count", "1", "--follow"], []))!;
        try
        {
            var before = JsonElement.Parse(await LineAsync(tail));
            await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "vms_query", """{"operation":"GetVms","limit":1}""");
            var after = JsonElement.Parse(await LineAsync(tail));

            Assert.Equal(("GetPools", "GetVms"), (before.GetProperty("operation").GetString(), after.GetProperty("operation").GetString()));
        }
        finally
        {
            tail.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> LineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1)) ?? throw new InvalidOperationException("It has ended.");

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string more) => _folder.Write("hypergate.yaml", $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
        http: { drainSeconds: 0 }
        {{more}}
        """);

    private static List<JsonElement> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];

    private Task<string> DoneAsync(params string[] arguments) => CommandRun.DoneAsync(_folder, arguments);
}
