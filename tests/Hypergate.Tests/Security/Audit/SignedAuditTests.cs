using System.Text.Json;
using Hypergate.Governance.Audit;
using Hypergate.Tests.Governance.Audit;

namespace Hypergate.Tests.Security.Audit;

/// <summary>Suite S21: who may write to the folder but has no key cannot shorten, replace or begin the chain unseen.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed class SignedAuditTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-audit-");

    private string Folder => Path.Combine(_parent.FullName, "audit");

    private AuditKey Key => new(Path.Combine(_parent.FullName, "audit.key"));

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public async Task A_signed_log_is_whole_and_its_key_is_for_its_owner_alone()
    {
        await AppendAsync(5);

        Assert.Empty(Verify().Problems);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(_parent.FullName, "audit.key")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_chain_computed_anew_together_with_its_head_is_found()
    {
        await AppendAsync(5);
        Directory.Delete(Folder, recursive: true);
        await AppendAsync(3, signed: false);

        Assert.Empty(AuditVerifier.Verify(Folder).Problems);
        Assert.Contains("its signature is not this gateway's", Verify().Problems.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_moved_back_by_hand_is_found()
    {
        await AppendAsync(5);
        var segment = Path.Combine(Folder, "audit-000001.jsonl");
        var lines = await File.ReadAllLinesAsync(segment, TestContext.Current.CancellationToken);
        var kept = string.Concat(lines[..3].Select(static line => line + "\n"));
        await File.WriteAllTextAsync(segment, kept, TestContext.Current.CancellationToken);
        var hash = JsonElement.Parse(lines[2]).GetProperty("hash").GetString();
        var mac = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "head.json"), TestContext.Current.CancellationToken)).GetProperty("mac").GetString();
        await File.WriteAllTextAsync(Path.Combine(Folder, "head.json"), $$"""{"seq":3,"hash":"{{hash}}","segment":1,"bytes":{{kept.Length}},"mac":"{{mac}}"}""", TestContext.Current.CancellationToken);

        Assert.Contains("signature", Verify().Problems.Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_of_it_removed_is_found_before_and_after_the_next_record(bool isFolderLeft)
    {
        await AppendAsync(5);
        Directory.Delete(Folder, recursive: true);
        if (isFolderLeft)
        {
            Directory.CreateDirectory(Folder);
        }

        Assert.Contains("there are no records", Assert.Single(Verify().Problems).Text, StringComparison.Ordinal);

        await AppendAsync(1);

        Assert.Contains("records may be cut off before it", Assert.Single(Verify().Problems).Text, StringComparison.Ordinal);
        Assert.Equal(2, Verify().Records);
    }

    [Fact]
    public async Task All_of_it_removed_under_the_first_that_ever_wrote_is_found()
    {
        using var log = new AuditLog(new() { Folder = Folder, Key = Key }, AuditTestFolder.NoScrubbing, TimeProvider.System);
        await log.AppendAsync(AuditTestFolder.Record(), TestContext.Current.CancellationToken);
        Directory.Delete(Folder, recursive: true);
        await log.AppendAsync(AuditTestFolder.Record(), TestContext.Current.CancellationToken);

        Assert.NotEmpty(Verify().Problems);
    }

    [Fact]
    public async Task A_first_record_that_could_not_be_written_is_no_loss()
    {
        await File.WriteAllTextAsync(Folder, "no folder", TestContext.Current.CancellationToken);
        Assert.NotNull(Key.Digest(JsonElement.Parse("{}")));
        await Assert.ThrowsAsync<AuditUnavailableException>(() => AppendAsync(1));
        File.Delete(Folder);

        Assert.Empty(Verify().Problems);
        await AppendAsync(1);

        Assert.Empty(Verify().Problems);
    }

    [Fact]
    public async Task Without_the_key_it_is_told_that_the_signature_was_not_looked_at()
    {
        await AppendAsync(2);
        File.Delete(Path.Combine(_parent.FullName, "audit.key"));

        var report = Verify();

        Assert.Empty(report.Problems);
        Assert.Contains("its signature was not looked at", Assert.Single(report.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_segments_are_deleted_and_the_rest_is_whole_from_a_signed_start()
    {
        await AppendAsync(60, segmentBytes: 2_000, retentionBytes: 6_000);

        var report = Verify();

        Assert.Empty(report.Problems);
        Assert.Equal(60, report.Records);
        Assert.Contains(report.Remarks, static remark => remark.Contains("were deleted after their time", StringComparison.Ordinal));
        Assert.True(Directory.EnumerateFiles(Folder, "audit-*.jsonl").Sum(static file => new FileInfo(file).Length) < 9_000);
    }

    [Fact]
    public async Task Segments_deleted_by_somebody_else_are_missed_also_with_a_start_of_their_own()
    {
        await AppendAsync(60, segmentBytes: 2_000);
        var first = Path.Combine(Folder, "audit-000001.jsonl");
        var last = JsonElement.Parse((await File.ReadAllLinesAsync(first, TestContext.Current.CancellationToken))[^1]);
        File.Delete(first);

        Assert.Contains(Verify().Problems, problem => problem.File == first && problem.Text == "the file is missing");
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "start.json"),
            $$"""{"segment":2,"seq":{{last.GetProperty("seq").GetInt64()}},"hash":"{{last.GetProperty("hash").GetString()}}","mac":"{{new string('0', 64)}}"}""",
            TestContext.Current.CancellationToken);
        Assert.Contains(Verify().Problems, static problem => problem.File.EndsWith("start.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_day_has_a_file_and_days_end()
    {
        await AppendAsync(2);
        var first = Path.Combine(Folder, "audit-000001.jsonl");
        File.SetLastWriteTimeUtc(first, DateTime.UnixEpoch.AddYears(50));
        await AppendAsync(2, retentionDays: 90);

        Assert.False(File.Exists(first));
        Assert.True(File.Exists(Path.Combine(Folder, "audit-000002.jsonl")));
        Assert.Empty(Verify().Problems);
        Assert.Equal(4, Verify().Records);
    }

    [Fact]
    public async Task A_log_of_before_there_was_a_key_is_taken_over()
    {
        await AppendAsync(3, signed: false);
        await AppendAsync(2);

        Assert.Empty(Verify().Problems);
        Assert.Equal(5, Verify().Records);
    }

    private AuditReport Verify() => AuditVerifier.Verify(Folder, Key);

    private async Task AppendAsync(int count, bool signed = true, long segmentBytes = 1_000_000, long retentionBytes = 0, int retentionDays = 0)
    {
        using var log = new AuditLog(
            new() { Folder = Folder, SegmentBytes = segmentBytes, Key = signed ? Key : null, RetentionBytes = retentionBytes, RetentionDays = retentionDays },
            AuditTestFolder.NoScrubbing,
            TimeProvider.System);
        for (var index = 0; index < count; index++)
        {
            await log.AppendAsync(AuditTestFolder.Record(), TestContext.Current.CancellationToken);
        }
    }
}
