using Hypergate.Catalog;

namespace Hypergate.Tests.Catalog;

public class LiveCatalogTests
{
    private readonly LiveCatalog _live = new();
    private readonly List<string> _changes = [];

    public LiveCatalogTests() => _live.Changed += (_, change) => _changes.Add($"{change.Backend}:{change.Snapshot.Find(change.Backend)?.Hash}");

    [Fact]
    public void Replacing_tells_listeners_once_for_each_new_description()
    {
        _live.Replace(Catalogs.Of("one", "1"));
        _live.Replace(Catalogs.Of("one", "1"));
        _live.Replace(Catalogs.Of("two", "1"));
        _live.Replace(Catalogs.Of("one", "2"));
        _live.Remove("one");
        _live.Remove("one");

        Assert.Equal("one:1 two:1 one:2 one:", string.Join(' ', _changes));
    }

    [Fact]
    public void The_same_description_read_again_still_brings_its_time_up_to_date()
    {
        _live.Replace(Catalogs.Of("one", "1"));
        _live.Replace(Catalogs.Of("one", "1") with { ReadAt = DateTimeOffset.UnixEpoch });

        Assert.Equal(DateTimeOffset.UnixEpoch, _live.Current.Find("one")!.ReadAt);
    }

    [Fact]
    public void Backends_that_arrive_at_the_same_moment_are_all_kept()
    {
        var live = new LiveCatalog();
        var changes = 0;
        live.Changed += (_, _) => Interlocked.Increment(ref changes);

        Parallel.For(0, 200, i => live.Replace(Catalogs.Of($"backend-{i}", "1", "Get")));

        Assert.Equal((200, 200), (live.Current.Backends.Count, changes));
    }

    [Fact]
    public async Task Who_waits_for_a_backend_goes_on_when_it_is_known_or_given_up()
    {
        var known = _live.SettledAsync("one", TestContext.Current.CancellationToken);
        var givenUp = _live.SettledAsync("two", TestContext.Current.CancellationToken);
        Assert.False(known.IsCompleted);

        _live.Replace(Catalogs.Of("one", "1"));
        await known;
        Assert.False(givenUp.IsCompleted);

        _live.Settle("two");
        await givenUp;
    }
}
