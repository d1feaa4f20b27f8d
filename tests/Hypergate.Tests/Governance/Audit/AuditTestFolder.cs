using System.Text.Json;
using Hypergate.Governance.Audit;
using Hypergate.Model;

namespace Hypergate.Tests.Governance.Audit;

/// <summary>An audit log in a folder of its own, which is gone afterwards.</summary>
internal sealed class AuditTestFolder : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-audit-");
    private readonly AuditLog _log;

    public AuditTestFolder(long segmentBytes = 16 * 1024 * 1024) => _log = NewLog(segmentBytes);

    public static AuditScrubbing NoScrubbing { get; } = new((writer, arguments) => arguments.WriteTo(writer), text => text, () => 0);

    public string Path => System.IO.Path.Combine(_parent.FullName, "audit");

    public string Head => System.IO.Path.Combine(Path, "head.json");

    public string Lock => System.IO.Path.Combine(Path, "head.lock");

    public ManualTime Time { get; } = new();

    public AuditLog NewLog(long segmentBytes = 16 * 1024 * 1024, AuditScrubbing? scrubbing = null) =>
        new(new() { Folder = Path, SegmentBytes = segmentBytes }, scrubbing ?? NoScrubbing, Time);

    public static AuditRecord Record(string operation = "StartVm", string arguments = """{"id":"a"}""") => new()
    {
        Caller = "local",
        Tool = "vms_action",
        Backend = "xo",
        Operation = operation,
        Access = Access.Write,
        Arguments = JsonElement.Parse(arguments),
        Decision = "allowed",
        Consent = "elicitation",
        Outcome = "done",
        Status = 204,
        DurationMilliseconds = 12,
        Bytes = 345,
    };

    public async Task AppendAsync(int count)
    {
        for (var index = 1; index <= count; index++)
        {
            await _log.AppendAsync(Record($"Operation{index}"), TestContext.Current.CancellationToken);
        }
    }

    public AuditReport Verify() => AuditVerifier.Verify(Path);

    public string Segment(int number) => System.IO.Path.Combine(Path, $"audit-{number:D6}.jsonl");

    /// <summary>Rewrites the lines of a segment.</summary>
    public void Edit(Func<List<string>, IEnumerable<string>> edit, int segment = 1)
    {
        var lines = edit([.. File.ReadAllLines(Segment(segment))]);
        File.WriteAllText(Segment(segment), string.Concat(lines.Select(line => line + "\n")));
    }

    public void Dispose()
    {
        _log.Dispose();
        _parent.Delete(recursive: true);
    }
}
