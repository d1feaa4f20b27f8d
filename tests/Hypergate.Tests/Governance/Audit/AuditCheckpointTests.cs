using Hypergate.Governance.Audit;

namespace Hypergate.Tests.Governance.Audit;

/// <summary>What the folder alone cannot show is shown by a checkpoint that lies elsewhere.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
public sealed class AuditCheckpointTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, 123, TimeSpan.Zero);
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-audit-");

    private string Folder => Path.Combine(_parent.FullName, "audit");

    private AuditKey Key => new(Path.Combine(_parent.FullName, "audit.key"));

    private FolderTrail Trail => new(Folder, Key);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public async Task It_fits_a_log_that_has_only_grown_since()
    {
        await AppendAsync(5);
        var checkpoint = await KeepAsync();
        await AppendAsync(3);

        var report = await Trail.VerifyAsync(checkpoint, Token);

        Assert.Empty(report.Problems);
        Assert.Contains("on 2026-11-21 03:00:00Z the last was record 5", Assert.Single(report.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_state_of_the_whole_folder_is_found()
    {
        await AppendAsync(3);
        var older = Path.Combine(_parent.FullName, "older");
        Directory.CreateDirectory(older);
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.Copy(file, Path.Combine(older, Path.GetFileName(file)));
        }

        await AppendAsync(4);
        var checkpoint = await KeepAsync();
        Directory.Delete(Folder, recursive: true);
        Directory.Move(older, Folder);

        Assert.Empty((await Trail.VerifyAsync([], Token)).Problems);
        Assert.Contains("4 records were cut off the end since", Assert.Single((await Trail.VerifyAsync(checkpoint, Token)).Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_computed_anew_with_the_key_at_hand_is_found()
    {
        await AppendAsync(5);
        var checkpoint = await KeepAsync();
        Directory.Delete(Folder, recursive: true);
        await AppendAsync(9, "Other", AuditKey.Of(await File.ReadAllBytesAsync(Path.Combine(_parent.FullName, "audit.key"), Token)));

        Assert.Empty((await Trail.VerifyAsync([], Token)).Problems);
        var problem = Assert.Single((await Trail.VerifyAsync(checkpoint, Token)).Problems);
        Assert.Equal(5, problem.Line);
        Assert.Contains("the chain was written anew from here or before", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_another_has_signed_is_found_and_proves_nothing()
    {
        await AppendAsync(5);
        var foreign = new AuditCheckpoint(900, new string('a', 64), Now, new string('b', 64));

        Assert.Contains("is not signed by this gateway", Assert.Single((await Trail.VerifyAsync([foreign], Token)).Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_is_made_of_a_head_that_somebody_else_wrote()
    {
        Assert.Null(await Trail.CheckpointAsync(Now, Token));
        await AppendAsync(2);
        var head = Path.Combine(Folder, "head.json");
        await File.WriteAllTextAsync(head, (await File.ReadAllTextAsync(head, Token)).Replace("\"seq\":2", "\"seq\":1", StringComparison.Ordinal), Token);

        await Assert.ThrowsAsync<IOException>(() => Trail.CheckpointAsync(Now, Token));
    }

    [Fact]
    public async Task A_file_with_anything_else_in_it_is_an_error_that_names_the_line()
    {
        await AppendAsync(1);
        var file = Path.Combine(_parent.FullName, "checkpoints.jsonl");
        await File.WriteAllTextAsync(file, $"{(await KeepAsync())[0].Line}\n\n{{\"seq\":1}}\n", Token);

        Assert.Contains($"{file}:3", Assert.Throws<IOException>(() => AuditCheckpoint.ReadAll(file)).Message, StringComparison.Ordinal);
    }

    // Through the line as it is kept elsewhere.
    private async Task<IReadOnlyList<AuditCheckpoint>> KeepAsync()
    {
        var file = Path.Combine(_parent.FullName, "kept.jsonl");
        await File.AppendAllTextAsync(file, $"{(await Trail.CheckpointAsync(Now, Token))!.Line}\n", Token);
        return AuditCheckpoint.ReadAll(file);
    }

    private async Task AppendAsync(int count, string operation = "StartVm", AuditKey? stolen = null)
    {
        using var log = new AuditLog(new() { Folder = Folder, Key = stolen ?? Key }, AuditTestFolder.NoScrubbing, TimeProvider.System);
        for (var index = 0; index < count; index++)
        {
            await log.AppendAsync(AuditTestFolder.Record(operation), Token);
        }
    }
}
