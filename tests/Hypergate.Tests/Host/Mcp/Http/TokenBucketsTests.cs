using Hypergate.Host.Mcp.Http;

namespace Hypergate.Tests.Host.Mcp.Http;

public sealed class TokenBucketsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_passes_and_then_the_rate_holds()
    {
        var buckets = new TokenBuckets(10, 3, _time);

        Assert.Null(buckets.Take("a"));
        Assert.Null(buckets.Take("a"));
        Assert.Null(buckets.Take("a"));
        Assert.Equal(0.1, buckets.Take("a")!.Value.TotalSeconds, 3);
        Assert.Null(buckets.Take("b"));

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Null(buckets.Take("a"));
        Assert.NotNull(buckets.Take("a"));
    }

    [Fact]
    public void Looking_takes_nothing()
    {
        var buckets = new TokenBuckets(1, 1, _time);

        Assert.Null(buckets.Wait("a"));
        Assert.Null(buckets.Wait("a"));
        Assert.Null(buckets.Take("a"));
        Assert.NotNull(buckets.Wait("a"));
    }

    [Fact]
    public void Many_keys_do_not_free_one_that_is_empty()
    {
        var buckets = new TokenBuckets(0.001, 1, _time);
        Assert.Null(buckets.Take("guesser"));
        for (var key = 0; key < 9_000; key++)
        {
            buckets.Take($"other-{key}");
        }

        Assert.NotNull(buckets.Take("guesser"));
    }
}
