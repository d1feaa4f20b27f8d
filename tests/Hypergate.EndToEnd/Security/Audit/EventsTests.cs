using System.Net;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Audit;

/// <summary>Suite S21: the trail tells of more than calls: keys, credentials that were refused, settings, start and stop.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed class EventsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_makes_exchanges_and_ends_a_key_is_recorded_without_the_key()
    {
        var first = await DoneAsync("keys", "create", "--name", "anna", "--role", "operator");
        var second = await DoneAsync("keys", "rotate", "anna");
        await DoneAsync("keys", "revoke", "anna");

        var records = await RecordsAsync();
        var all = string.Concat(records.Select(static record => record.GetRawText()));

        Assert.Equal(["key_created", "key_rotated", "key_revoked"], records.Select(static record => record.GetProperty("operation").GetString()));
        Assert.All(records, static record => Assert.Equal(("event", $"local ({Environment.UserName})"), (record.GetProperty("phase").GetString(), record.GetProperty("caller").GetString())));
        Assert.Equal($"{first[3..11]}: anna (operator)", records[0].GetProperty("detail").GetString());
        Assert.Equal($"{second[3..11]}: anna (operator)", records[1].GetProperty("detail").GetString());
        Assert.All([first, second], key => Assert.DoesNotContain(key[12..], all, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_record_no_key_is_made_and_one_is_ended_all_the_same()
    {
        await DoneAsync("keys", "create", "--name", "anna", "--role", "viewer");
        Directory.Delete(Path.Combine(_folder.Data, "audit"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "audit"), "a file where the folder should be", TestContext.Current.CancellationToken);

        var made = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", "berta", "--role", "viewer");
        var ended = await CommandRun.OfAsync(_folder, [], "keys", "revoke", "anna");
        var list = await DoneAsync("keys", "list");

        Assert.Equal((2, "", 0), (made.ExitCode, made.Output, ended.ExitCode));
        Assert.Contains("What cannot be recorded is not done", made.Error, StringComparison.Ordinal);
        Assert.Contains("The audit does not tell of it", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("berta", list, StringComparison.Ordinal);
        Assert.Contains("revoked", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_credentials_are_recorded_once_a_minute_for_each_address_and_calls_without_one_are_not()
    {
        await using var xo = await Xo.StartAsync();
        var key = await DoneAsync("keys", "create", "--name", "anna", "--role", "viewer");
        await DoneAsync("keys", "revoke", "anna");
        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", Settings(xo, "limits: { refusalsPerSecond: 1 }"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.CallAsync("whoami")).Status);
        for (var guess = 0; guess < 6; guess++)
        {
            await program.CallAsync("whoami", key: key);
        }

        await program.StopAsync();
        var records = (await RecordsAsync()).Where(static record => record.GetProperty("operation").GetString()!.StartsWith("sign_in", StringComparison.Ordinal)).ToList();

        Assert.Equal(["sign_in_failed", "sign_in_blocked"], records.Select(static record => record.GetProperty("operation").GetString()));
        Assert.Equal($"from 127.0.0.1: key {key[..12]}***: The credential is unknown, revoked, expired, or not for this network.", records[0].GetProperty("detail").GetString());
        Assert.Equal("from 127.0.0.1: too many refused credentials", records[1].GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Start_stop_and_settings_good_or_bad_are_recorded()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", Settings(xo, "drainSeconds: 0"));

        Settings(xo, "drainSeconds: many");
        await RecordedAsync("settings_rejected");
        Settings(xo, "drainSeconds: 1");
        await RecordedAsync("settings_reloaded");
        await program.StopAsync();
        var records = await RecordsAsync();

        Assert.Equal(["start", "settings_rejected", "settings_reloaded", "stop"], records.Select(static record => record.GetProperty("operation").GetString()));
        Assert.All(records, static record => Assert.Equal("gateway", record.GetProperty("caller").GetString()));
        Assert.Contains($"serves MCP at {program.Address}", records[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("http.drainSeconds", records[1].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("is whole", await DoneAsync("audit", "verify"), StringComparison.Ordinal);
    }

    private string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string http) => _folder.Write("hypergate.yaml", $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
        http: { {{http}} }
        """);

    private Task RecordedAsync(string operation) => Until.TrueAsync(async () => (await RecordsAsync()).Any(record => record.GetProperty("operation").ValueEquals(operation)));

    private async Task<IReadOnlyList<JsonElement>> RecordsAsync() =>
        [.. (await DoneAsync("audit", "export", "--folder", Path.Combine(_folder.Data, "audit"))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];

    private Task<string> DoneAsync(params string[] arguments) => CommandRun.DoneAsync(_folder, arguments);
}
