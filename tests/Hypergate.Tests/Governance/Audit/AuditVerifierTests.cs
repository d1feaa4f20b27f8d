using Hypergate.Governance.Audit;

namespace Hypergate.Tests.Governance.Audit;

public sealed class AuditVerifierTests : IDisposable
{
    private readonly AuditTestFolder _folder = new();

    [Fact]
    public async Task An_untouched_log_is_intact()
    {
        await _folder.AppendAsync(10);

        var report = _folder.Verify();

        Assert.True(report.IsIntact);
        Assert.Empty(report.Remarks);
        Assert.Equal(10, report.Records);
        Assert.Contains(report.LastHash, AuditTail.Read(_folder.Path, 1)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_log_holds_no_records()
    {
        Assert.True(_folder.Verify().IsIntact);
        Assert.Equal(0, _folder.Verify().Records);
        Assert.Empty(AuditTail.Read(_folder.Path, 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    public async Task A_changed_record_is_found_with_file_and_line(int line)
    {
        await _folder.AppendAsync(10);
        _folder.Edit(lines => lines.Select((text, index) => index == line - 1 ? text.Replace("\"status\":204", "\"status\":200", StringComparison.Ordinal) : text));

        var problem = _folder.Verify().Problems[0];

        Assert.Equal((_folder.Segment(1), line), (problem.File, problem.Line));
        Assert.Contains("was changed", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(9, 9)]
    public async Task A_removed_record_is_found(int removed, int found)
    {
        await _folder.AppendAsync(10);
        _folder.Edit(lines => lines.Where((_, index) => index != removed - 1));

        var problem = Assert.Single(_folder.Verify().Problems);

        Assert.Equal(found, problem.Line);
        Assert.Contains("1 records before this one", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    public async Task Records_cut_off_the_end_are_found(int count)
    {
        await _folder.AppendAsync(10);
        _folder.Edit(lines => lines.Take(lines.Count - count));

        var problem = Assert.Single(_folder.Verify().Problems);

        Assert.Equal(_folder.Head, problem.File);
        Assert.Equal($"{count} records at the end are missing{(count == 10 ? "" : $", behind {_folder.Segment(1)}:{10 - count}")}", problem.Text);
    }

    [Fact]
    public async Task A_last_record_cut_in_two_is_found()
    {
        await _folder.AppendAsync(3);
        var text = await File.ReadAllTextAsync(_folder.Segment(1), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.Segment(1), text[..^40], TestContext.Current.CancellationToken);

        Assert.False(_folder.Verify().IsIntact);
    }

    [Fact]
    public async Task Exchanged_repeated_and_inserted_records_are_found()
    {
        await _folder.AppendAsync(6);
        var original = await File.ReadAllTextAsync(_folder.Segment(1), TestContext.Current.CancellationToken);

        foreach (var edit in (Func<List<string>, IEnumerable<string>>[])
            [
                lines => [lines[0], lines[2], lines[1], .. lines[3..]],
                lines => [.. lines[..3], lines[2], .. lines[3..]],
                lines => [.. lines[..3], lines[0], .. lines[3..]],
                lines => [.. lines[..3], "{}", .. lines[3..]],
                lines => [.. lines[..3], "", .. lines[3..]],
                lines => [.. lines[..3], new string('x', 600_000), .. lines[3..]],
            ])
        {
            _folder.Edit(edit);
            Assert.NotEmpty(_folder.Verify().Problems);
            await File.WriteAllTextAsync(_folder.Segment(1), original, TestContext.Current.CancellationToken);
            Assert.True(_folder.Verify().IsIntact);
        }
    }

    [Fact]
    public async Task A_record_with_a_hash_of_its_own_but_no_place_in_the_chain_is_found()
    {
        using var other = new AuditTestFolder();
        await _folder.AppendAsync(5);
        await other.AppendAsync(2);
        await other.AppendAsync(3);
        var foreign = await File.ReadAllLinesAsync(other.Segment(1), TestContext.Current.CancellationToken);
        _folder.Edit(lines => [.. lines[..3], foreign[3], lines[4]]);

        var problems = _folder.Verify().Problems;

        Assert.Equal([4, 5], problems.Select(problem => problem.Line));
    }

    [Fact]
    public async Task A_missing_segment_is_found()
    {
        using var folder = new AuditTestFolder(segmentBytes: 1_000);
        await folder.AppendAsync(20);
        File.Delete(folder.Segment(2));

        var problems = folder.Verify().Problems;

        Assert.Contains(problems, problem => problem.File == folder.Segment(2) && problem.Text == "the file is missing");
        Assert.Contains(problems, problem => problem.File == folder.Segment(3) && problem.Line == 1);
    }

    [Fact]
    public async Task Any_changed_byte_is_found()
    {
        await _folder.AppendAsync(4);
        var original = await File.ReadAllBytesAsync(_folder.Segment(1), TestContext.Current.CancellationToken);
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var changed = original.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(_folder.Segment(1), changed, TestContext.Current.CancellationToken);

            Assert.False(_folder.Verify().IsIntact);
        }
    }

    [Fact]
    public async Task A_log_can_be_verified_while_it_is_written()
    {
        await _folder.AppendAsync(1);
        var writing = Task.Run(() => _folder.AppendAsync(500), TestContext.Current.CancellationToken);
        do
        {
            var report = _folder.Verify();
            Assert.Empty(report.Problems);
            Assert.Empty(report.Remarks);
        }
        while (!writing.IsCompleted);

        await writing;
        Assert.Equal(501, _folder.Verify().Records);
    }

    public void Dispose() => _folder.Dispose();
}
