using System.Text;
using Hypergate.Governance.Audit;
using Hypergate.Tests.Governance.Audit;

namespace Hypergate.Tests.Security.Audit;

/// <summary>Suite S21: sixteen ways to touch a log of several segments. The verifier finds each and names the file.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed class TamperingTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-audit-");

    public static IReadOnlyDictionary<string, Action<string>> Ways { get; } = new Dictionary<string, Action<string>>(StringComparer.Ordinal)
    {
        ["a word changed"] = static folder => Edit(folder, 1, static lines => lines[1] = lines[1].Replace("StartVm", "StopVm", StringComparison.Ordinal)),
        ["a caller changed"] = static folder => Edit(folder, 2, static lines => lines[0] = lines[0].Replace("\"local\"", "\"other\"", StringComparison.Ordinal)),
        ["a time changed"] = static folder => Edit(folder, 1, static lines => lines[0] = lines[0].Replace("\"time\":\"2", "\"time\":\"1", StringComparison.Ordinal)),
        ["a number changed"] = static folder => Edit(folder, 1, static lines => lines[0] = lines[0].Replace("\"status\":204", "\"status\":500", StringComparison.Ordinal)),
        ["a member added"] = static folder => Edit(folder, 1, static lines => lines[0] = lines[0].Replace("\"v\":1,", "\"v\":1,\"x\":1,", StringComparison.Ordinal)),
        ["the first record removed"] = static folder => Edit(folder, 1, static lines => lines.RemoveAt(0)),
        ["a record removed"] = static folder => Edit(folder, 2, static lines => lines.RemoveAt(1)),
        ["the last record removed"] = static folder => Edit(folder, Last(folder), static lines => lines.RemoveAt(lines.Count - 1)),
        ["two records changed round"] = static folder => Edit(folder, 1, static lines => (lines[0], lines[1]) = (lines[1], lines[0])),
        ["a record twice"] = static folder => Edit(folder, 1, static lines => lines.Insert(1, lines[0])),
        ["a record of another segment"] = static folder =>
        {
            var foreign = File.ReadAllLines(Segment(folder, 2))[0];
            Edit(folder, 1, lines => lines[1] = foreign);
        },
        ["the last line cut"] = static folder =>
        {
            using var file = File.OpenWrite(Segment(folder, Last(folder)));
            file.SetLength(file.Length - 20);
        },
        ["a segment removed"] = static folder => File.Delete(Segment(folder, 2)),
        ["the first segment removed"] = static folder => File.Delete(Segment(folder, 1)),
        ["the last segment removed"] = static folder => File.Delete(Segment(folder, Last(folder))),
        ["the head removed with the end"] = static folder =>
        {
            Edit(folder, Last(folder), static lines => lines.RemoveAt(lines.Count - 1));
            File.Delete(Path.Combine(folder, "head.json"));
        },
    };

    public static TheoryData<string> Cases => [.. Ways.Keys];

    private string Folder => Path.Combine(_parent.FullName, "audit");

    private AuditKey Key => new(Path.Combine(_parent.FullName, "audit.key"));

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(16, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whatever_is_touched_is_found(string way)
    {
        await FillAsync();
        Assert.Empty(AuditVerifier.Verify(Folder, Key).Problems);

        Ways[way](Folder);

        var problems = AuditVerifier.Verify(Folder, Key).Problems;
        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.StartsWith(Folder, problem.File, StringComparison.Ordinal));
    }

    private async Task FillAsync()
    {
        using var log = new AuditLog(new() { Folder = Folder, SegmentBytes = 1_500, Key = Key }, AuditTestFolder.NoScrubbing, TimeProvider.System);
        for (var index = 0; index < 20; index++)
        {
            await log.AppendAsync(AuditTestFolder.Record(), TestContext.Current.CancellationToken);
        }

        Assert.True(Last(Folder) >= 3);
    }

    private static int Last(string folder) => Directory.EnumerateFiles(folder, "audit-*.jsonl").Count();

    private static string Segment(string folder, int number) => Path.Combine(folder, $"audit-{number:D6}.jsonl");

    private static void Edit(string folder, int segment, Action<List<string>> edit)
    {
        var file = Segment(folder, segment);
        var before = File.ReadAllText(file);
        var lines = File.ReadAllLines(file).ToList();
        edit(lines);
        var after = string.Concat(lines.Select(static line => line + "\n"));
        Assert.NotEqual(before, after);
        File.WriteAllText(file, after, new UTF8Encoding(false));
    }
}
