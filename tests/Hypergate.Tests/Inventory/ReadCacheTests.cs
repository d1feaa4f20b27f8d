using Hypergate.Inventory;

namespace Hypergate.Tests.Inventory;

/// <summary>What was read is shown again for a moment, and never after a change.</summary>
public sealed class ReadCacheTests
{
    private static readonly ReadKey Key = new("pve", "local", "guests");
    private readonly ManualTime _time = new();

    private static bool Has(ReadCache cache) => cache.TryFind<string>(Key, out _);

    [Fact]
    public void A_value_lives_as_long_as_it_is_given()
    {
        var cache = new ReadCache(_time);
        cache.Keep(Key, "rows", TimeSpan.FromSeconds(5), cache.Generation("pve"));

        Assert.True(Has(cache));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(Has(cache));
    }

    [Fact]
    public void A_change_empties_its_backend_and_no_other()
    {
        var cache = new ReadCache(_time);
        cache.Keep(Key, "rows", TimeSpan.FromSeconds(5), 0);
        cache.Keep(Key with { Backend = "xo" }, "rows", TimeSpan.FromSeconds(5), 0);

        cache.Forget("pve", settled: true);

        Assert.False(Has(cache));
        Assert.True(cache.TryFind<string>(Key with { Backend = "xo" }, out _));
    }

    [Fact]
    public void What_was_read_while_a_change_went_on_is_not_kept()
    {
        var cache = new ReadCache(_time);
        var before = cache.Generation("pve");
        cache.Forget("pve", settled: true);

        cache.Keep(Key, "rows", TimeSpan.FromSeconds(5), before);

        Assert.False(Has(cache));
    }

    [Fact]
    public void While_a_task_of_ours_runs_nothing_is_kept()
    {
        var cache = new ReadCache(_time);
        cache.Forget("pve", settled: false);

        cache.Keep(Key, "rows", TimeSpan.FromSeconds(5), cache.Generation("pve"));

        Assert.False(Has(cache));
    }

    [Fact]
    public void Rows_of_one_caller_are_not_those_of_another()
    {
        var cache = new ReadCache(_time);
        cache.Keep(Key, "rows", TimeSpan.FromSeconds(5), 0);

        Assert.False(cache.TryFind<string>(Key with { Caller = "other" }, out _));
    }
}
