using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Audit;

/// <summary>Suite S21 with the real program: what was touched is found and named by file and line.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed class AuditProcessTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    private static readonly Dictionary<string, Func<List<string>, IEnumerable<string>>> Ways = new(StringComparer.Ordinal)
    {
        ["a word changed"] = static lines => lines.Select(static (line, at) => at == 2 ? line.Replace("GetVms", "GetVmz", StringComparison.Ordinal) : line),
        ["a record removed"] = static lines => lines.Where(static (_, at) => at != 2),
        ["two records changed round"] = static lines => [lines[0], lines[1], lines[3], lines[2], .. lines[4..]],
        ["the last record removed"] = static lines => lines[..^1],
    };

    public static TheoryData<string> Cases => [.. Ways.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whatever_is_touched_ends_the_command_with_a_failure_that_names_the_place(string way)
    {
        await using var xo = await Xo.StartAsync();
        for (var call = 0; call < 3; call++)
        {
            Assert.Equal(0, (await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "vms_query", """{"operation":"GetVms","limit":1}""")).ExitCode);
        }

        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Data, "audit"), "*.jsonl"));
        var lines = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).ToList();
        Assert.True(lines.Count > 4);
        Assert.Equal(0, (await CommandRun.OfAsync(_folder, [], "audit", "verify")).ExitCode);

        await File.WriteAllTextAsync(file, string.Concat(Ways[way](lines).Select(static line => $"{line}\n")), TestContext.Current.CancellationToken);
        var run = await CommandRun.OfAsync(_folder, [], "audit", "verify");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is NOT whole", run.Output, StringComparison.Ordinal);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        Assert.Matches(way == "the last record removed" ? "end|last|missing" : ":[34]", run.Error);
    }
}
