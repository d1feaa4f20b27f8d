using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.Audit;

/// <summary>Suite S21 with the real program: whoever touches the log is found out, with the line, and the command fails.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed class TouchedLogTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Touches => new()
    {
        { "changed", "audit-000001.jsonl:2: the record was changed" },
        { "removed", "audit-000001.jsonl:2: 1 records before this one were changed or removed" },
        { "exchanged", "audit-000001.jsonl:2: " },
        { "cut", "1 records at the end are missing" },
    };

    [Theory]
    [MemberData(nameof(Touches))]
    public async Task A_touched_log_fails_the_verification_which_names_the_place(string touch, string finding)
    {
        await using var xo = await Xo.StartAsync();
        await RecordAsync(xo, 4);
        var whole = await CommandRun.OfAsync(_folder, [], "audit", "verify");
        var file = Path.Combine(_folder.Data, "audit", "audit-000001.jsonl");
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(file, string.Concat(Touched(lines, touch).Select(static line => line + "\n")), TestContext.Current.CancellationToken);
        var touched = await CommandRun.OfAsync(_folder, [], "audit", "verify");

        Assert.Equal(4, lines.Length);
        Assert.Equal((0, 2), (whole.ExitCode, touched.ExitCode));
        Assert.Contains("is whole: 4 records", whole.Output, StringComparison.Ordinal);
        Assert.Contains(finding, touched.Output + touched.Error, StringComparison.Ordinal);
    }

    private static string[] Touched(string[] lines, string touch) => touch switch
    {
        "changed" => [lines[0], lines[1].Replace("GetPools", "GetHosts", StringComparison.Ordinal), .. lines[2..]],
        "removed" => [lines[0], .. lines[2..]],
        "exchanged" => [lines[0], lines[2], lines[1], .. lines[3..]],
        _ => lines[..^1],
    };

    private async Task RecordAsync(XoSimulator xo, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var run = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "pools_query", """{"operation":"GetPools"}""");
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }
}
