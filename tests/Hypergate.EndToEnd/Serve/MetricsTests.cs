using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>What an operator's monitor sees of governance.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Start = """{"operation":"StartVm","id":"ID","wait":false}""";
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Consents_gates_limits_credentials_and_sign_ins_are_counted()
    {
        await using var xo = await Xo.StartAsync();
        var (admin, poor) = (await KeyAsync("admin", "admin"), await KeyAsync("poor", "poor", "--credential", "xo=secret:missing"));
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo));
        var halted = (await program.CallAsync("vms_query", """{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":1}""", admin)).Message.Data.GetProperty("rows")[0].GetProperty("id").GetString()!;

        await program.CallAsync("vms_query", """{"operation":"GetVms"}""", poor);
        await program.CallAsync("vms_query", """{"operation":"GetVms"}""", poor);
        var asked = await program.CallAsync("vms_action", Start.Replace("ID", halted, StringComparison.Ordinal), admin);
        Assert.False(asked.Message.IsToolError, asked.Body);
        await program.CallAsync("vms_action", """{"operation":"StartVm","id":"ID","confirm_token":"no-token"}""".Replace("ID", halted, StringComparison.Ordinal), admin);
        await program.CallAsync("whoami", key: "hg_wrong");

        var lines = await LinesAsync(program, admin);
        Assert.Contains("hypergate_consents_total{result=\"asked\",way=\"token\"} 1", lines);
        Assert.Contains("hypergate_consents_total{result=\"invalid\",way=\"token\"} 1", lines);
        Assert.Contains("hypergate_gate_changes_total{effect=\"changed\",gate=\"few\",phase=\"after\"} 1", lines);
        Assert.Contains("hypergate_limit_hits_total{limit=\"calls\"} 1", lines);
        Assert.Contains("hypergate_credential_errors_total{backend=\"xo\"} 1", lines);
        Assert.Contains("hypergate_sign_ins_total{result=\"refused_401\",scheme=\"key\"} 1", lines);
        Assert.Contains("hypergate_audit_lag_records{store=\"log\"} 0", lines);
        Assert.Contains(lines, static line => line.StartsWith("hypergate_calls_total{", StringComparison.Ordinal) && line.Contains("operation=\"GetVms\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_counted_and_what_waits_for_the_log_too()
    {
        await using var xo = await Xo.StartAsync();
        var admin = await KeyAsync("admin", "admin");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", Settings(xo));
        var audit = Path.Combine(_folder.Data, "audit");
        Directory.Delete(audit, recursive: true);
        await File.WriteAllTextAsync(audit, "a file where the folder should be", TestContext.Current.CancellationToken);

        await program.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""", admin);

        Assert.Contains(await LinesAsync(program, admin), static line => line.StartsWith("hypergate_audit_failures_total{store=\"file\"} ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(ServedProgram program, string key)
    {
        using var response = await program.GetAsync("/metrics", headers => headers.Add("X-API-Key", key));
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
    }

    private string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo) => _folder.Write("hypergate.yaml", $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" }, actions: true }]
        roles: { poor: { allow: [{ access: [read] }], callsPerMinute: 1 } }
        gates: [{ name: few, when: { operations: [GetVms], where: { caller.roles: { one_of: [admin] } } }, after: { max_items: 1 } }]
        telemetry: { operationLabel: true }
        """);

    private async Task<string> KeyAsync(string name, string role, params string[] more)
    {
        if (!File.Exists(Path.Combine(_folder.Path, "hypergate.yaml")))
        {
            _folder.Write("hypergate.yaml", """
                backends: [{ name: xo, kind: xen-orchestra, url: "http://127.0.0.1:9", auth: { token: not-used-here } }]
                roles: { poor: { allow: [{ access: [read] }] } }
                """);
        }

        var run = await CommandRun.OfAsync(_folder, [], ["keys", "create", "--name", name, "--role", role, .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}
