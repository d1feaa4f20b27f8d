using Hypergate.Governance.Audit;

namespace Hypergate.Tests.Governance.Audit;

/// <summary>The end of a change is recorded, also where the log was away when it came.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
public sealed class SpooledAuditLogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-audit-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_parent.FullName, "audit");

    private string Waiting => Path.Combine(_parent.FullName, "audit-waiting.jsonl");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public async Task An_end_that_cannot_be_written_waits_for_its_owner_alone_and_is_written_when_the_log_is_back()
    {
        var (log, spool) = Open();
        using var open = log;
        await log.AppendAsync(Begin(1), Token);
        TakeAway();

        var problem = await Assert.ThrowsAsync<AuditUnavailableException>(async () => await log.AppendAsync(End(1), Token));
        Assert.Contains("will be recorded when", problem.Message, StringComparison.Ordinal);
        Assert.Contains("\"phase\":\"end\"", await WaitingAsync(), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Waiting) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        GiveBack();
        await spool.Emptied.WaitAsync(Patience, Token);

        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, "audit-000001.jsonl"), Token);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"call\":\"c1\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"ended\":\"", lines[1], StringComparison.Ordinal);
        Assert.Empty(AuditVerifier.Verify(Folder).Problems);
        Assert.False(File.Exists(Waiting));
    }

    [Fact]
    public async Task What_a_process_left_behind_is_written_by_the_next()
    {
        using (var log = Open().Log)
        {
            await log.AppendAsync(Begin(1), Token);
            TakeAway();
            await Assert.ThrowsAsync<AuditUnavailableException>(async () => await log.AppendAsync(End(1), Token));
            await Assert.ThrowsAsync<AuditUnavailableException>(async () => await log.AppendAsync(End(2), Token));
        }

        GiveBack();
        var (next, spool) = Open();
        using var open = next;
        spool.Resume();
        await spool.Emptied.WaitAsync(Patience, Token);

        Assert.Equal(3, AuditVerifier.Verify(Folder).Records);
        Assert.False(File.Exists(Waiting));
    }

    [Fact]
    public async Task What_is_about_to_be_changed_does_not_wait()
    {
        var (log, _) = Open();
        using var open = log;
        TakeAway();

        await Assert.ThrowsAsync<AuditUnavailableException>(async () => await log.AppendAsync(Begin(1), Token));

        Assert.False(File.Exists(Waiting));
    }

    private (SpooledAuditLog Log, AuditSpool Spool) Open()
    {
        var log = new AuditLog(new() { Folder = Folder }, AuditTestFolder.NoScrubbing, TimeProvider.System);
        var spool = new AuditSpool(Waiting, (body, token) => log.AppendAsync(body, isBefore: false, token), TimeProvider.System);
        return (new(log, AuditTestFolder.NoScrubbing, spool, TimeProvider.System), spool);
    }

    private async Task<string> WaitingAsync()
    {
        while (true)
        {
            try
            {
                return await File.ReadAllTextAsync(Waiting, Token);
            }
            catch (IOException)
            {
                await Task.Yield(); // The spool holds it for itself while it tries.
            }
        }
    }

    // Root writes everywhere, so the folder is put out of the way by a file of its name.
    private void TakeAway()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Move(Folder, $"{Folder}.away");
        }

        File.WriteAllText(Folder, "");
    }

    private void GiveBack()
    {
        File.Delete(Folder);
        Directory.Move($"{Folder}.away", Folder);
    }

    private static AuditRecord Begin(int number) => AuditTestFolder.Record() with { Phase = AuditPhase.Begin, CallId = $"c{number}" };

    private static AuditRecord End(int number) => Begin(number) with { Phase = AuditPhase.End, Outcome = "done" };
}
