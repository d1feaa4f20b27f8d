using Hypergate.Governance.Audit;
using Hypergate.Tests.Simulator;

namespace Hypergate.Tests.Governance.Audit;

/// <summary>The lock of the log is kept from one record to the next, and nobody is kept out by that.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
public sealed class AuditLeaseTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ForEver = TimeSpan.FromHours(1);
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-audit-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_parent.FullName, "audit");

    private string Segment => Path.Combine(Folder, "audit-000001.jsonl");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public async Task While_it_is_kept_nobody_else_has_it_and_with_its_log_it_ends()
    {
        var kept = NewLog(ForEver, time: new SteppedTime());
        await kept.AppendAsync(Record(), Token);
        using var other = NewLog(TimeSpan.Zero, TimeSpan.FromMilliseconds(10));

        var problem = await Assert.ThrowsAsync<AuditUnavailableException>(async () => await other.AppendAsync(Record(), Token));
        Assert.Contains("held by another process", problem.Message, StringComparison.Ordinal);

        kept.Dispose();
        await other.AppendAsync(Record(), Token);
        AssertWhole(2);
    }

    [Fact]
    public async Task It_is_kept_in_a_rush_alone()
    {
        using var log = NewLog(ForEver, rush: 3, time: new SteppedTime());
        using var other = NewLog(TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
        for (var record = 0; record < 3; record++)
        {
            await log.AppendAsync(Record(), Token);
            await other.AppendAsync(Record(), Token);
        }

        await log.AppendAsync(Record(), Token);

        await Assert.ThrowsAsync<AuditUnavailableException>(async () => await other.AppendAsync(Record(), Token));
    }

    [Fact]
    public async Task Who_has_nothing_to_write_gives_it_up()
    {
        using var idle = NewLog(Moment);
        await idle.AppendAsync(Record(), Token);
        using var other = NewLog(Moment);

        await other.AppendAsync(Record(), Token);
        await idle.AppendAsync(Record(), Token);

        AssertWhole(3);
    }

    [Fact]
    public async Task Who_writes_all_the_time_gives_it_to_others_and_to_who_verifies()
    {
        var busy = NewLog(ForEver);
        using var other = NewLog(Moment);
        await busy.AppendAsync(Record(), Token);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writing = Task.Run(() => WriteAsync(busy, end.Token), Token);

        for (var round = 0; round < 5; round++)
        {
            await other.AppendAsync(Record(), Token);
            Assert.Empty(AuditVerifier.Verify(Folder).Problems);
        }

        await end.CancelAsync();
        var written = await writing;
        busy.Dispose();
        AssertWhole(written + 6);
    }

    [Fact]
    public async Task Before_something_changes_everything_is_looked_at_again()
    {
        var log = NewLog(ForEver);
        await log.AppendAsync(Record(), Token);
        File.Delete(Segment);

        await log.AppendAsync(Record() with { Phase = AuditPhase.Begin }, Token);
        log.Dispose();

        Assert.Contains("\"phase\":\"begin\"", await File.ReadAllTextAsync(Path.Combine(Folder, "audit-000002.jsonl"), Token), StringComparison.Ordinal);
        Assert.NotEmpty(AuditVerifier.Verify(Folder).Problems);
    }

    [Fact]
    public async Task Where_a_record_could_not_be_written_everything_is_looked_at_again()
    {
        var log = NewLog(ForEver);
        await log.AppendAsync(Record(), Token);
        Directory.Move(Folder, $"{Folder}.away");
        await File.WriteAllTextAsync(Folder, "", Token);

        await Assert.ThrowsAsync<AuditUnavailableException>(async () => await log.AppendAsync(Record() with { Phase = AuditPhase.Begin }, Token));
        File.Delete(Folder);
        Directory.Move($"{Folder}.away", Folder);
        await log.AppendAsync(Record(), Token);
        log.Dispose();

        AssertWhole(2);
    }

    [Fact]
    public async Task In_a_rush_the_head_is_told_of_a_record_while_the_next_is_prepared()
    {
        using var log = NewLog(ForEver, time: new SteppedTime());
        await log.AppendAsync(Record(), Token);
        await log.AppendAsync(Record(), Token);
        Assert.Equal(1, Told());

        log.Prepare(Record());
        Assert.Equal(2, Told());
    }

    [Fact]
    public async Task In_a_rush_the_head_is_one_record_behind_at_most()
    {
        using var log = NewLog(ForEver, time: new SteppedTime());
        for (var record = 1; record <= 5; record++)
        {
            await log.AppendAsync(Record(), Token);
            Assert.Equal(Math.Max(record - 1, 1), Told());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Before_something_changes_and_with_the_end_of_a_rush_the_head_is_told(bool isChange)
    {
        var log = NewLog(ForEver, time: new SteppedTime());
        await log.AppendAsync(Record(), Token);
        await log.AppendAsync(Record(), Token);

        if (isChange)
        {
            await log.AppendAsync(Record() with { Phase = AuditPhase.Begin }, Token);
            Assert.Equal(3, Told());
        }

        log.Dispose();
        AssertWhole(isChange ? 3 : 2);
    }

    [Fact]
    public async Task A_record_of_which_a_killed_process_had_not_told_the_head_is_taken_in()
    {
        using var log = NewLog(ForEver, time: new SteppedTime());
        await log.AppendAsync(Record(), Token);
        await log.AppendAsync(Record(), Token);
        var left = Directory.CreateDirectory(Path.Combine(_parent.FullName, "left")).FullName;
        foreach (var file in new[] { Segment, Path.Combine(Folder, "head.json") })
        {
            File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
        }

        var report = AuditVerifier.Verify(left);
        Assert.Empty(report.Problems);
        Assert.Contains("newer than the head", Assert.Single(report.Remarks), StringComparison.Ordinal);

        using (var next = new AuditLog(new() { Folder = left }, AuditTestFolder.NoScrubbing, TimeProvider.System))
        {
            await next.AppendAsync(Record(), Token);
        }

        report = AuditVerifier.Verify(left);
        Assert.Empty(report.Problems);
        Assert.Empty(report.Remarks);
        Assert.Equal(3, report.Records);
    }

    // The number of the last record of which the head was told.
    private long Told()
    {
        using var head = File.OpenHandle(Path.Combine(Folder, "head.json"), share: FileShare.ReadWrite);
        return AuditHead.Read(head)!.Sequence;
    }

    private static AuditRecord Record() => AuditTestFolder.Record();

    private static async Task<int> WriteAsync(AuditLog log, CancellationToken cancellationToken)
    {
        var count = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await log.AppendAsync(Record(), CancellationToken.None);
            count++;
        }

        return count;
    }

    private AuditLog NewLog(TimeSpan keep, TimeSpan? patience = null, int rush = 0, TimeProvider? time = null) => new(
        new() { Folder = Folder, KeepLock = keep, Rush = rush, LockTimeout = patience ?? TimeSpan.FromSeconds(20) },
        AuditTestFolder.NoScrubbing,
        time ?? TimeProvider.System);

    private void AssertWhole(int records)
    {
        var report = AuditVerifier.Verify(Folder);
        Assert.Empty(report.Problems);
        Assert.Equal(records, report.Records);
    }
}
