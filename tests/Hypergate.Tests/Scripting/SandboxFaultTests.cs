using Hypergate.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Scripting;

/// <summary>A worker that breaks the protocol is a matter for the audit, with the caller it worked for; one that reaches a limit is not.</summary>
[Collection(SandboxWorkers.Name)]
public sealed class SandboxFaultTests
{
    [Fact]
    public async Task What_breaks_the_protocol_is_told_with_its_caller_and_the_next_job_runs()
    {
        var told = new List<(string, string, string)>();
        await using var sandbox = Start(told);

        Assert.Equal("sandbox_crashed", await CodeAsync(sandbox, "await api.x.y()", static (_, _) => throw new KeyNotFoundException("no such thing")));

        var (caller, kind, why) = Assert.Single(told);
        Assert.Equal(("anna", "script"), (caller, kind));
        Assert.Contains("failed in the gateway itself", why, StringComparison.Ordinal);
        Assert.Equal("1", await CodeAsync(sandbox, "return 1", Nothing));
    }

    [Theory]
    [InlineData("for (;;);", "cpu_limit")]
    [InlineData("[].indexOf.call({ length: 2 ** 53 - 1 }, 1)", "timeout")]
    public async Task A_limit_is_no_fault(string script, string code)
    {
        var told = new List<(string, string, string)>();
        await using var sandbox = Start(told);

        Assert.Equal(code, await CodeAsync(sandbox, script, Nothing));
        Assert.Empty(told);
    }

    [Fact]
    public async Task The_report_names_the_engines_the_flags_and_the_walls()
    {
        await using var sandbox = Start([]);

        var report = await sandbox.ReportAsync(TestContext.Current.CancellationToken);

        Assert.Contains("(QuickJS ng 0.12.1, jq 1.8.2) with --", report.Text, StringComparison.Ordinal);
        Assert.Contains("--disallow-code-generation-from-strings", report.Text, StringComparison.Ordinal);
        Assert.Matches("network", report.Text);
    }

    private static Sandbox Start(List<(string, string, string)> told) => new(new ScriptingSettings(), Path.Combine(Path.GetTempPath(), "hypergate-tests", "sandbox"), TimeProvider.System, NullLogger.Instance, (caller, kind, why) =>
    {
        told.Add((caller, kind, why));
        return Task.CompletedTask;
    });

    private static Task<ScriptReply> Nothing(ScriptCall call, CancellationToken cancellationToken) => Task.FromResult(new ScriptReply(true, "null"));

    private static async Task<string?> CodeAsync(Sandbox sandbox, string script, ScriptCallHandler handler)
    {
        try
        {
            var end = await sandbox.Pool.UseAsync(
                new("anna", PoolWork.Script),
                "script",
                worker => worker.RunAsync(new("script", script, new Dictionary<string, string>(StringComparer.Ordinal) { ["args"] = "{}" }, [new("x", "x", "X")]), handler, TestContext.Current.CancellationToken),
                TestContext.Current.CancellationToken);
            return end.Fault?.Code ?? end.Json;
        }
        catch (SandboxException exception)
        {
            return exception.Code;
        }
    }
}
