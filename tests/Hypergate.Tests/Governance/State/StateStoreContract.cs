using Hypergate.Governance.State;
using Hypergate.Host.State.Postgres;
using Hypergate.Tests.Host.State;
using Hypergate.Tests.Shared;

namespace Hypergate.Tests.Governance.State;

/// <summary>What every store of state must do.</summary>
public abstract class StateStoreContract : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract IStateStore Store { get; }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public async Task What_was_written_is_read_and_families_are_apart()
    {
        Assert.True(await Store.TryWriteAsync("a", "one", null, "1", Token));
        Assert.True(await Store.TryWriteAsync("b", "one", null, "2", Token));

        Assert.Equal("1", (await Store.FindAsync("a", "one", Token))!.Value);
        Assert.Equal("2", (await Store.FindAsync("b", "one", Token))!.Value);
        Assert.Null(await Store.FindAsync("a", "two", Token));
        Assert.Single(await Store.ListAsync("a", Token));
        Assert.Empty(await Store.ListAsync("c", Token));
    }

    [Fact]
    public async Task A_change_of_what_has_changed_meanwhile_is_refused()
    {
        await Store.TryWriteAsync("a", "one", null, "1", Token);
        var seen = (await Store.FindAsync("a", "one", Token))!;

        Assert.False(await Store.TryWriteAsync("a", "one", null, "9", Token));
        Assert.True(await Store.TryWriteAsync("a", "one", seen.Version, "2", Token));
        Assert.False(await Store.TryWriteAsync("a", "one", seen.Version, "3", Token));
        Assert.False(await Store.TryWriteAsync("a", "one", seen.Version, null, Token));
        Assert.Equal("2", (await Store.FindAsync("a", "one", Token))!.Value);
    }

    [Fact]
    public async Task What_was_taken_away_is_gone_and_an_old_version_does_not_come_back()
    {
        await Store.TryWriteAsync("a", "one", null, "1", Token);
        var seen = (await Store.FindAsync("a", "one", Token))!;
        await Store.TryWriteAsync("a", "one", seen.Version, null, Token);
        await Store.TryWriteAsync("a", "one", null, "again", Token);

        Assert.False(await Store.TryWriteAsync("a", "one", seen.Version, "old", Token));
        Assert.Equal("again", (await Store.FindAsync("a", "one", Token))!.Value);
    }

    [Fact]
    public async Task Of_many_who_spend_the_same_entry_one_succeeds()
    {
        await Store.TryWriteAsync("a", "one", null, "1", Token);
        var seen = (await Store.FindAsync("a", "one", Token))!;

        var spent = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await Store.TryWriteAsync("a", "one", seen.Version, null, Token))));

        Assert.Single(spent, static won => won);
    }
}

public sealed class MemoryStateStoreTests : StateStoreContract
{
    private protected override IStateStore Store { get; } = new MemoryStateStore();
}

public sealed class FileStateStoreTests : StateStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-state-");

    public FileStateStoreTests() => Store = new FileStateStore(Path.Combine(_folder.FullName, "state"), TimeProvider.System);

    private protected override IStateStore Store { get; }

    public override void Dispose()
    {
        _folder.Delete(recursive: true);
        base.Dispose();
    }

    [Fact]
    public async Task Another_process_finds_it_and_a_damaged_file_is_an_error()
    {
        await Store.TryWriteAsync("a", "one", null, "1", TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder.FullName, "state", "a.json");

        Assert.Equal("1", (await new FileStateStore(Path.GetDirectoryName(path)!, TimeProvider.System).FindAsync("a", "one", TestContext.Current.CancellationToken))!.Value);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await File.WriteAllTextAsync(path, "{", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(async () => await Store.ListAsync("a", TestContext.Current.CancellationToken));
    }
}

public sealed class PostgresStateStoreTests(PostgresServer server) : StateStoreContract, IAsyncLifetime
{
    private PostgresDatabase? _database;

    private protected override IStateStore Store => new PostgresStateStore(_database!);

    public async ValueTask InitializeAsync() => _database = await PostgresWorld.OpenAsync(server);

    public async ValueTask DisposeAsync() => await _database!.DisposeAsync();
}
