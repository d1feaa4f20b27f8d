using Hypergate.Host.Authentication;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Host.Authentication;

public sealed class ApiKeyStoreTests : IAsyncDisposable
{
    private readonly List<ApiKeyStore> _stores = [];
    private readonly ManualTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-test-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "api-keys.json");

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_key_ends_at_its_hour()
    {
        var text = await AddAsync("claude", _time.GetUtcNow() + TimeSpan.FromHours(1));
        var store = Store();

        Assert.Equal("key:claude", store.Find(text)?.Name);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(store.Find(text));
    }

    [Fact]
    public async Task The_secret_counts_and_not_the_id()
    {
        var text = await AddAsync("claude", null);

        Assert.Null(Store().Find(text with { Secret = ApiKeyText.New().Secret }));
        Assert.Null(Store().Find(text with { Id = "zzzzzzzz" }));
    }

    [Fact]
    public async Task Who_asks_for_less_than_a_key_allows_keeps_what_is_open_until_the_key_ends()
    {
        var text = await AddAsync("claude", null);
        var store = Store();
        var narrowed = store.Find(text)! with { IsReadOnly = true };

        Assert.True(store.IsValid(narrowed));
        await ChangeAsync(static key => key with { Revoked = DateTimeOffset.UnixEpoch });
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.False(store.IsValid(narrowed));
    }

    [Fact]
    public async Task What_is_open_with_a_key_that_is_rotated_stays_open_for_its_grace_time()
    {
        var text = await AddAsync("claude", null);
        var store = Store();
        var caller = store.Find(text)!;

        await ChangeAsync(key => key with { Expires = _time.GetUtcNow() + TimeSpan.FromHours(1) });
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True(store.IsValid(caller));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(10), store.Find(text)!.Expires);

        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(store.IsValid(caller));
    }

    [Fact]
    public async Task A_disabled_key_holds_no_longer_and_does_again_when_it_is_enabled()
    {
        var text = await AddAsync("claude", null);
        var store = Store();
        var caller = store.Find(text)!;

        await ChangeAsync(static key => key with { Disabled = DateTimeOffset.UnixEpoch });
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Null(store.Find(text));
        Assert.False(store.IsValid(caller));

        await ChangeAsync(static key => key with { Disabled = null });
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(caller, store.Find(text));
        Assert.True(store.IsValid(caller));
    }

    [Fact]
    public async Task A_key_that_is_given_less_ends_what_it_has_open()
    {
        var text = await AddAsync("claude", null);
        var store = Store();
        foreach (var change in new Func<ApiKey, ApiKey>[]
        {
            static key => key with { Surfaces = ["fleet"] }, static key => key with { CallsPerMinute = 5 }, static key => key with { WritesPerMinute = 0 },
            static key => key with { Backends = ["xo"] }, static key => key with { Networks = ["10.0.0.0/8"] },
        })
        {
            var before = store.Find(text)!;
            Assert.True(store.IsValid(before));
            await ChangeAsync(change);
            _time.Advance(TimeSpan.FromMilliseconds(10));
            Assert.False(store.IsValid(before));
        }

        Assert.Equal(["fleet"], store.Find(text, System.Net.IPAddress.Parse("10.0.0.1"))!.Surfaces);
    }

    [Fact]
    public async Task A_key_that_is_made_read_only_ends_what_it_has_open()
    {
        var text = await AddAsync("claude", null);
        var store = Store();
        var before = store.Find(text)!;

        await ChangeAsync(static key => key with { ReadOnly = true });
        _time.Advance(TimeSpan.FromMilliseconds(10));

        Assert.True(store.Find(text)!.IsReadOnly);
        Assert.False(store.IsValid(before));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", false)]
    [InlineData(null, false)]
    public async Task A_key_for_some_networks_is_none_elsewhere(string? address, bool fits)
    {
        var text = await AddAsync("claude", null);
        await ChangeAsync(static key => key with { Networks = ["10.1.0.0/16", "fd00::/8"] });

        Assert.Equal(fits, Store().Find(text, address is null ? null : System.Net.IPAddress.Parse(address)) is not null);
    }

    [Theory]
    [InlineData("anything")]
    [InlineData("10.1.0.0/33")]
    public async Task A_network_that_cannot_be_read_lets_nobody_in(string network)
    {
        var text = await AddAsync("claude", null);
        await ChangeAsync(key => key with { Networks = [network] });

        Assert.Null(Store().Find(text, System.Net.IPAddress.Parse("10.1.0.1")));
    }

    [Fact]
    public async Task What_another_process_takes_away_is_gone_after_a_glance()
    {
        var text = await AddAsync("claude", null);
        var store = Store();
        var caller = store.Find(text)!;

        await new ApiKeyFile(Path).ChangeAsync(
            keys => ((IReadOnlyList<ApiKey>)[.. keys.Select(key => key with { Revoked = _time.GetUtcNow() })], 0), _time, TestContext.Current.CancellationToken);
        _time.Advance(ApiKeyStore.Glance);

        Assert.Null(store.Find(text));
        Assert.False(store.IsValid(caller));
        Assert.True(store.HasKeys);
    }

    [Fact]
    public async Task What_another_process_adds_holds_at_once()
    {
        var store = Store();
        Assert.False(store.HasKeys);

        var first = await AddAsync("claude", null);
        Assert.True(store.HasKeys);
        Assert.NotNull(store.Find(first));

        Assert.NotNull(store.Find(await AddAsync("cursor", null)));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_any_more_lets_nobody_in_after_a_glance()
    {
        var text = await AddAsync("claude", null);
        await using (var before = Store())
        {
            before.Find(text); // The use of this hour is noted: from here on nobody else writes the file.
        }

        var store = Store();
        Assert.NotNull(store.Find(text));

        await File.WriteAllTextAsync(Path, "{", TestContext.Current.CancellationToken);
        _time.Advance(ApiKeyStore.Glance);

        Assert.Throws<IOException>(() => store.Find(text));
        Assert.Throws<IOException>(() => store.Find(text));
    }

    [Fact]
    public async Task Fewer_rights_make_another_caller_of_the_same_key()
    {
        var text = await AddAsync("claude", null);
        var store = Store();
        var before = store.Find(text)!;

        await new ApiKeyFile(Path).ChangeAsync(
            keys => ((IReadOnlyList<ApiKey>)[.. keys.Select(static key => key with { Roles = ["viewer"] })], 0), _time, TestContext.Current.CancellationToken);
        _time.Advance(ApiKeyStore.Glance);

        Assert.Equal(["viewer"], store.Find(text)!.Roles);
        Assert.False(store.IsValid(before));
    }

    [Fact]
    public async Task A_file_that_others_may_read_is_refused()
    {
        var text = await AddAsync("claude", null);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are other rights on Windows.");
#pragma warning disable CA1416 // Skipped there.
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
#pragma warning restore CA1416

        Assert.Throws<IOException>(() => Store().Find(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task A_damaged_file_is_an_error_and_not_an_empty_store(string content)
    {
        await AddAsync("claude", null);
        await File.WriteAllTextAsync(Path, content, TestContext.Current.CancellationToken);

        Assert.Throws<IOException>(() => Store().HasKeys);
    }

    private ApiKeyStore Store()
    {
        var store = new ApiKeyStore(new ApiKeyFile(Path), _time, NullLogger<ApiKeyStore>.Instance);
        _stores.Add(store);
        return store;
    }

    private async Task<ApiKeyText> AddAsync(string name, DateTimeOffset? expires)
    {
        var text = ApiKeyText.New();
        var key = new ApiKey { Id = text.Id, Name = name, Hash = Convert.ToHexStringLower(text.Hash), Roles = ["admin"], Created = _time.GetUtcNow(), Expires = expires };
        await new ApiKeyFile(Path).ChangeAsync(keys => ((IReadOnlyList<ApiKey>)[.. keys, key], 0), _time, TestContext.Current.CancellationToken);
        return text;
    }

    private Task<int> ChangeAsync(Func<ApiKey, ApiKey> change) => new ApiKeyFile(Path).ChangeAsync(
        keys => ((IReadOnlyList<ApiKey>)[.. keys.Select(change)], 0), _time, TestContext.Current.CancellationToken);
}
