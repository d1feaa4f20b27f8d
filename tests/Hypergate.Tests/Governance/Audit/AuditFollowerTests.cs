using Hypergate.Governance.Audit;

namespace Hypergate.Tests.Governance.Audit;

/// <summary>Records are shown as they come, each once, also where a file ends between two.</summary>
public sealed class AuditFollowerTests : IDisposable
{
    private readonly AuditTestFolder _folder = new(segmentBytes: 1_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_record_comes_once_over_the_ends_of_files()
    {
        await _folder.AppendAsync(2);
        await using var lines = new FolderTrail(_folder.Path, null).FollowAsync(1, TimeProvider.System, Token).GetAsyncEnumerator(Token);
        List<long?> seen = [];

        for (var round = 0; round < 3; round++)
        {
            for (var known = 2 + (round * 7); seen.Count < known - 1;)
            {
                Assert.True(await lines.MoveNextAsync());
                seen.Add(AuditFollower.SequenceOf(lines.Current));
            }

            await _folder.AppendAsync(7);
        }

        Assert.Equal(Enumerable.Range(2, 15).Select(static number => (long?)number), seen);
        Assert.True(Directory.GetFiles(_folder.Path, "audit-*.jsonl").Length > 3);
    }

    [Fact]
    public async Task A_log_that_is_not_there_yet_is_waited_for()
    {
        await using var lines = new FolderTrail(_folder.Path, null).FollowAsync(0, TimeProvider.System, Token).GetAsyncEnumerator(Token);
        var first = lines.MoveNextAsync().AsTask();
        Assert.False(first.IsCompleted);

        await _folder.AppendAsync(1);

        Assert.True(await first);
        Assert.Contains("Operation1", lines.Current, StringComparison.Ordinal);
    }
}
