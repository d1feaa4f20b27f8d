using System.Text.Json;
using Hypergate.Governance.Audit;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Governance.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly AuditTestFolder _folder = new(segmentBytes: 4_000);

    [Fact]
    public async Task A_record_is_one_line_with_everything_and_the_hash_of_the_line_before()
    {
        await _folder.AppendAsync(2);

        var lines = AuditTail.Read(_folder.Path, 10).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(new string('0', 64), lines[0].GetProperty("prev").GetString());
        Assert.Equal(lines[0].GetProperty("hash").GetString(), lines[1].GetProperty("prev").GetString());
        Assert.Equal(
            """{"v":1,"seq":1,"time":"2026-01-01T00:00:00.000Z","phase":"call","caller":"local","tool":"vms_action","backend":"xo","operation":"Operation1","access":"write","arguments":{"id":"a"},"decision":"allowed","consent":"elicitation","outcome":"done","status":204,"duration_ms":12,"bytes":345}""",
            Without(lines[0], "prev", "hash"));
    }

    [Fact]
    public async Task The_hash_is_that_of_the_line_without_it()
    {
        await _folder.AppendAsync(1);

        var line = Assert.Single(AuditTail.Read(_folder.Path, 1));
        var hash = JsonElement.Parse(line).GetProperty("hash").GetString();
        var open = line.Replace($",\"hash\":\"{hash}\"", "", StringComparison.Ordinal);
        Assert.Equal(hash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(open))));
    }

    [Fact]
    public async Task The_chain_goes_on_over_segments()
    {
        await _folder.AppendAsync(100);

        Assert.True(Directory.GetFiles(_folder.Path, "audit-*.jsonl").Length > 5);
        var report = _folder.Verify();
        Assert.Empty(report.Problems);
        Assert.Equal(100, report.Records);
        var newest = AuditTail.Read(_folder.Path, 3).Select(line => JsonElement.Parse(line).GetProperty("operation").GetString());
        Assert.Equal("Operation98 Operation99 Operation100", string.Join(' ', newest));
        Assert.Equal(100, AuditTail.Read(_folder.Path, 1_000).Count);
    }

    [Fact]
    public async Task Only_the_owner_may_look()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are Unix's");
        await _folder.AppendAsync(1);

        Assert.Equal("rwx------", Mode(_folder.Path));
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.Equal("rw-------", Mode(file)));
    }

    [Fact]
    public async Task Several_writers_at_once_make_one_chain()
    {
        var writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            using var log = _folder.NewLog(segmentBytes: 20_000);
            for (var index = 0; index < 50; index++)
            {
                await log.AppendAsync(AuditTestFolder.Record($"W{writer}"), CancellationToken.None);
                await Task.Yield();
            }
        });

        await Task.WhenAll(writers);

        var report = _folder.Verify();
        Assert.Empty(report.Problems);
        Assert.Equal(400, report.Records);
    }

    [Fact]
    public async Task Half_a_record_that_a_crash_left_is_set_aside()
    {
        await _folder.AppendAsync(3);
        await File.AppendAllTextAsync(_folder.Segment(1), """{"v":1,"seq":4,"time":"20""", TestContext.Current.CancellationToken);

        var before = _folder.Verify();
        await _folder.AppendAsync(1);
        var after = _folder.Verify();

        Assert.True(before.IsIntact);
        Assert.Contains("half a record", Assert.Single(before.Remarks), StringComparison.Ordinal);
        Assert.True(after.IsIntact);
        Assert.Equal(4, after.Records);
        Assert.Equal("""{"v":1,"seq":4,"time":"20""", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_folder.Path, "torn-*")), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_record_that_a_crash_kept_from_the_head_is_taken_in()
    {
        await _folder.AppendAsync(2);
        var head = await File.ReadAllBytesAsync(_folder.Head, TestContext.Current.CancellationToken);
        await _folder.AppendAsync(1);
        await File.WriteAllBytesAsync(_folder.Head, head, TestContext.Current.CancellationToken);

        var before = _folder.Verify();
        await _folder.AppendAsync(1);
        var after = _folder.Verify();

        Assert.True(before.IsIntact);
        Assert.Contains("newer than the head", Assert.Single(before.Remarks), StringComparison.Ordinal);
        Assert.True(after.IsIntact);
        Assert.Equal(4, after.Records);
    }

    [Fact]
    public async Task A_crash_between_two_segments_breaks_nothing()
    {
        using var log = _folder.NewLog(segmentBytes: 100);
        await log.AppendAsync(AuditTestFolder.Record(), CancellationToken.None);
        var head = await File.ReadAllBytesAsync(_folder.Head, TestContext.Current.CancellationToken);
        await log.AppendAsync(AuditTestFolder.Record(), CancellationToken.None);
        await File.WriteAllBytesAsync(_folder.Head, head, TestContext.Current.CancellationToken);

        await log.AppendAsync(AuditTestFolder.Record(), CancellationToken.None);

        Assert.True(_folder.Verify().IsIntact);
        Assert.Equal(3, _folder.Verify().Records);
    }

    [Fact]
    public async Task After_a_manipulation_the_log_goes_on_and_keeps_the_evidence()
    {
        await _folder.AppendAsync(3);
        _folder.Edit(lines => lines.Take(2));
        Assert.False(_folder.Verify().IsIntact);

        await _folder.AppendAsync(2);

        var report = _folder.Verify();
        Assert.False(report.IsIntact);
        Assert.Equal(5, report.Records);
        Assert.Equal(2, (await File.ReadAllLinesAsync(_folder.Segment(1), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_lost_head_is_found_again_and_leaves_a_trace()
    {
        await _folder.AppendAsync(3);
        File.Delete(_folder.Head);
        Assert.Contains("missing", Assert.Single(_folder.Verify().Problems).Text, StringComparison.Ordinal);

        await _folder.AppendAsync(1);

        var report = _folder.Verify();
        Assert.True(report.IsIntact);
        Assert.Equal(5, report.Records);
        Assert.Contains("head was lost", Assert.Single(report.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_written_is_told_before_the_call_goes_on()
    {
        var file = Path.Combine(Path.GetTempPath(), $"hypergate-audit-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "in the way", TestContext.Current.CancellationToken);
        using var log = new AuditLog(new() { Folder = Path.Combine(file, "audit") }, AuditTestFolder.NoScrubbing, TimeProvider.System);

        var exception = await Assert.ThrowsAsync<AuditUnavailableException>(() => log.AppendAsync(AuditTestFolder.Record(), CancellationToken.None).AsTask());

        Assert.Contains("Check the folder", exception.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_full_disk_refuses_the_record_and_hurts_no_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a device that is always full");
        await _folder.AppendAsync(1);
        var line = await File.ReadAllTextAsync(_folder.Segment(1), TestContext.Current.CancellationToken);
        File.Move(_folder.Head, _folder.Head + ".kept");
        File.CreateSymbolicLink(_folder.Head, "/dev/full");

        await Assert.ThrowsAsync<AuditUnavailableException>(() => _folder.AppendAsync(1));

        File.Move(_folder.Head + ".kept", _folder.Head, overwrite: true);
        Assert.Equal(line, await File.ReadAllTextAsync(_folder.Segment(1), TestContext.Current.CancellationToken));
        await _folder.AppendAsync(1);
        Assert.True(_folder.Verify().IsIntact);
    }

    [Fact]
    public async Task A_log_held_by_another_is_not_waited_for_forever()
    {
        await _folder.AppendAsync(1);
        using var holder = new FileStream(_folder.Lock, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var log = new AuditLog(new() { Folder = _folder.Path, LockTimeout = TimeSpan.FromMilliseconds(10) }, AuditTestFolder.NoScrubbing, TimeProvider.System);

        var exception = await Assert.ThrowsAsync<AuditUnavailableException>(() => log.AppendAsync(AuditTestFolder.Record(), CancellationToken.None).AsTask());

        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"a","body":"{\"password\":\"hunter2\"}"}""")]
    [InlineData("""{"id":"a","body":"\u007b\"password\":\"hunter2\"}"}""")]
    [InlineData("""{"id":"a","body":{"list":["\u005b{\"password\":\"hunter2\"}]"]}}""")]
    public async Task Secrets_are_removed_from_objects_that_are_spelled_as_texts(string arguments)
    {
        using var log = _folder.NewLog(scrubbing: AuditRedaction.For(RedactionRules.None, SecretScrubber.None));

        await log.AppendAsync(AuditTestFolder.Record(arguments: arguments), CancellationToken.None);

        var line = Assert.Single(AuditTail.Read(_folder.Path, 1));
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.Contains("password", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_of_any_length_are_recorded_in_some_way()
    {
        using var log = _folder.NewLog(scrubbing: AuditRedaction.For(RedactionRules.None, SecretScrubber.None));
        var list = string.Join(',', Enumerable.Repeat($"\"{new string('x', 900)}\"", 90));

        await log.AppendAsync(AuditTestFolder.Record(arguments: $$"""{"id":"a","names":[{{list}}]}"""), CancellationToken.None);

        Assert.Contains("more than 64 kB", JsonElement.Parse(Assert.Single(AuditTail.Read(_folder.Path, 1))).GetProperty("arguments").GetString(), StringComparison.Ordinal);
        Assert.True(_folder.Verify().IsIntact);
    }

    [Fact]
    public async Task Secrets_are_removed_by_name_and_by_value()
    {
        using var log = _folder.NewLog(scrubbing: AuditRedaction.For(RedactionRules.None, new SecretScrubber(["canary-7f3a"])));
        var record = AuditTestFolder.Record(arguments: """
            {"id":"a","body":{"rootPassword":"hunter2","chap_secret":"s3","note":"uses canary-7f3a","url":"https://bob:pw9@nas/x","tokens_used":5},"confirm_token":"c0ffee"}
            """);

        await log.AppendAsync(record with { Detail = "refused canary-7f3a\u001b[31m" }, CancellationToken.None);

        var line = JsonElement.Parse(Assert.Single(AuditTail.Read(_folder.Path, 1)));
        Assert.Equal(
            """{"id":"a","body":{"rootPassword":"[REDACTED]","chap_secret":"[REDACTED]","note":"uses ***","url":"https://***@nas/x","tokens_used":5},"confirm_token":"[REDACTED]"}""",
            line.GetProperty("arguments").GetRawText());
        Assert.Equal("refused ***", line.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Large_arguments_are_told_by_length_and_hash()
    {
        await _folder.NewLog().AppendAsync(AuditTestFolder.Record(arguments: $"\"{new string('x', 10_000)}\""), CancellationToken.None);

        var arguments = JsonElement.Parse(Assert.Single(AuditTail.Read(_folder.Path, 1))).GetProperty("arguments");
        Assert.Equal(10_002, arguments.GetProperty("len").GetInt32());
        Assert.Equal(64, arguments.GetProperty("sha256").GetString()!.Length);
    }

    [Fact]
    public async Task A_text_that_is_no_text_is_recorded_all_the_same()
    {
        using var log = _folder.NewLog();

        await log.AppendAsync(AuditTestFolder.Record() with { Detail = "half \ud83d\nnext line" }, CancellationToken.None);

        Assert.Equal("half \ufffd\nnext line", JsonElement.Parse(Assert.Single(AuditTail.Read(_folder.Path, 1))).GetProperty("detail").GetString());
        Assert.True(_folder.Verify().IsIntact);
    }

    public void Dispose() => _folder.Dispose();

    private static string Without(JsonElement line, params string[] names) =>
        $"{{{string.Join(',', line.EnumerateObject().Where(p => !names.Contains(p.Name, StringComparer.Ordinal)).Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}"))}}}";

    private static string Mode(string path)
    {
        var mode = OperatingSystem.IsWindows() ? throw new NotSupportedException() : (int)File.GetUnixFileMode(path);
        return string.Concat("rwxrwxrwx".Select((letter, index) => (mode & (1 << (8 - index))) != 0 ? letter : '-'));
    }
}
