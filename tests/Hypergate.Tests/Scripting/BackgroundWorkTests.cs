using Hypergate.Scripting;

namespace Hypergate.Tests.Scripting;

public class BackgroundWorkTests
{
    [Fact]
    public async Task It_ends_when_the_last_piece_has_ended_even_one_that_another_began_or_that_failed()
    {
        var work = new BackgroundWork();
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        work.Add(BeginAnotherAsync());
        work.Add(Task.FromException(new InvalidOperationException("It failed.")));

        var end = work.EndAsync();
        Assert.False(end.IsCompleted);
        first.SetResult();
        Assert.False(end.IsCompleted);
        second.SetResult();
        await end.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        async Task BeginAnotherAsync()
        {
            await first.Task;
            work.Add(second.Task);
        }
    }

    [Fact]
    public async Task Without_work_there_is_nothing_to_wait_for() => await new BackgroundWork().EndAsync();
}
