using Hypergate.Host.Mcp.Http;
using Hypergate.Model;

namespace Hypergate.Tests.Host.Mcp.Http;

public sealed class OpenRequestsTests
{
    private static readonly Caller Anna = new("key:anna", ["viewer"]);
    private static readonly Caller Bert = new("key:bert", ["viewer"]);

    [Fact]
    public async Task A_request_that_ends_is_cut_off_and_those_of_others_are_not()
    {
        var aborted = new List<string>();
        var open = new OpenRequests(4, new ManualTime());
        using var other = open.Enter(Bert, () => aborted.Add("bert"));
        var own = open.Enter(Anna, () => aborted.Add("anna"))!;

        var ending = open.EndAsync(static caller => caller.Name == Anna.Name);
        Assert.Equal(["anna"], aborted);
        own.Dispose();
        await ending;

        Assert.Equal(["anna"], aborted);
    }

    [Fact]
    public async Task A_stream_ends_with_a_word_and_is_not_cut_off()
    {
        var aborted = 0;
        var open = new OpenRequests(4, new ManualTime());
        var stream = open.Enter(Anna, () => aborted++)!;
        using var gone = stream.EndWithWord().Register(stream.Dispose);

        await open.EndAsync(static _ => true);

        Assert.Equal(0, aborted);
        Assert.True(stream.Over.IsCompleted);
    }

    [Fact]
    public async Task A_stream_whose_client_takes_no_word_is_cut_off_soon()
    {
        var aborted = 0;
        var time = new ManualTime();
        var open = new OpenRequests(4, time);
        using var stream = open.Enter(Anna, () => aborted++)!;
        stream.EndWithWord();

        var ending = open.EndAsync(static _ => true);
        Assert.Equal((0, false), (aborted, ending.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(0.5));
        await ending;

        Assert.Equal(1, aborted);
    }
}
