using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security;

namespace Hypergate.EndToEnd.Telemetry;

/// <summary>Traces, measurements and copies of the audit reach a collector; without a setting nothing of it is even loaded.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_collector_gets_traces_measurements_and_records_and_no_secret()
    {
        await using var xo = await Xo.StartAsync();
        await using var collector = await Collector.StartAsync();
        var key = (await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", "anna", "--role", "admin")).Output.Trim();
        await using var program = await ServedProgram.StartReadyAsync(_folder, [("HYPERGATE_CONFIG", Settings(xo, $"{collector.Address}"))]);

        await program.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""", key);
        await program.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", ("X-API-Key", key));
        using (var inPath = await program.Http.PostAsync($"/mcp/{key}", null, TestContext.Current.CancellationToken))
        {
            await Until.TrueAsync(() => Task.FromResult(
                collector.At("/v1/traces").Contains("call GetVms", StringComparison.Ordinal)
                && collector.At("/v1/traces").Contains("hypergate.outcome", StringComparison.Ordinal)
                && collector.At("/v1/traces").Contains("Microsoft.AspNetCore", StringComparison.Ordinal)
                && collector.At("/v1/traces").Contains("http.route", StringComparison.Ordinal)
                && collector.At("/v1/traces").Contains("POST /mcp/{key}", StringComparison.Ordinal)
                && collector.At("/v1/metrics").Contains("hypergate_calls", StringComparison.Ordinal)
                && collector.At("/v1/logs").Contains("\"operation\":\"GetVms\"", StringComparison.Ordinal)));
        }

        // The record names the trace that the collector has.
        Assert.Matches("\\\\?\"trace\\\\?\":\\\\?\"[0-9a-f]{32}", collector.At("/v1/logs"));
        Assert.All(collector.Headers, static headers => Assert.Contains("x-team: platform-team", headers, StringComparison.Ordinal));
        Assert.DoesNotContain(key[12..], collector.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(xo.Token, collector.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("platform-team", collector.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_holds_up_nothing()
    {
        await using var xo = await Xo.StartAsync();
        await using var program = await ServedProgram.StartReadyAsync(_folder, [("HYPERGATE_CONFIG", Settings(xo, "http://127.0.0.1:1"))]);

        for (var number = 0; number < 20; number++)
        {
            Assert.False((await program.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""")).Message.IsToolError);
        }

        var (elapsed, code, _) = await program.StopAsync();
        Assert.Equal(0, code);
        Assert.True(elapsed < TimeSpan.FromSeconds(5), $"It took {elapsed} to end.");
    }

    [Fact]
    public async Task Without_its_setting_no_library_of_it_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says what is loaded.");
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        await session.HaltedAsync(1);

        var loaded = await File.ReadAllTextAsync($"/proc/{session.ProcessId}/maps", TestContext.Current.CancellationToken);

        Assert.Contains("Hypergate.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", loaded, StringComparison.Ordinal);
    }

    private string Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string collector) => _folder.Write("gateway.yaml", $$"""
        backends:
          - { name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", actions: true, auth: { token: "{{xo.Token}}" } }
        http: { keyInPath: true }
        audit: { otlp: true }
        telemetry: { otlp: "{{collector}}", headers: "x-team=platform-team", metricsSeconds: 1 }
        """);
}
