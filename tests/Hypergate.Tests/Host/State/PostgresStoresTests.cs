using Hypergate.Governance.Limits;
using Hypergate.Host.Authentication;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Host.State.Postgres;
using Hypergate.Model;
using Hypergate.Tests.Shared;

namespace Hypergate.Tests.Host.State;

/// <summary>What replicas share beside entries: keys, counters, messages; and how the tables come to be.</summary>
public sealed class PostgresStoresTests(PostgresServer server) : IAsyncLifetime
{
    private string _address = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _address = await server.NewDatabaseAsync();

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Of_many_who_start_at_once_one_makes_the_tables()
    {
        var databases = Enumerable.Range(0, 8).Select(_ => PostgresWorld.Open(_address)).ToList();

        await Task.WhenAll(databases.Select(database => database.StartAsync(Token)));

        Assert.Equal("true", await PostgresServer.RunAsync(_address, "select (count(*) = max(step))::text from hypergate.schema_steps"));
        await Task.WhenAll(databases.Select(static database => database.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Tables_of_a_later_release_are_left_alone()
    {
        await using (var database = PostgresWorld.Open(_address))
        {
            await database.StartAsync(Token);
        }

        await PostgresServer.RunAsync(_address, "insert into hypergate.schema_steps (step) values (999)");
        await using var older = PostgresWorld.Open(_address);

        var exception = await Assert.ThrowsAsync<IOException>(() => older.StartAsync(Token));
        Assert.Contains("later release", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_share_one_bucket_of_calls()
    {
        await using var one = Stores();
        await using var two = Stores();
        var counters = new[] { one.NewCounter(), two.NewCounter() };

        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(async () => await counters[number % 2].TakeAsync("anna", RateLimit.PerMinute(10), 1, Token))));

        Assert.InRange(waits.Count(static wait => wait is null), 10, 11);
        Assert.All(waits.OfType<double>(), static wait => Assert.InRange(wait, 0, 6));
    }

    [Fact]
    public async Task Without_the_database_each_replica_counts_by_itself()
    {
        await using var stores = new PostgresStores(PostgresWorld.Settings("postgres://nobody@127.0.0.1:1/none"), new(), null, TimeProvider.System);
        var counter = stores.NewCounter();

        Assert.Null(await counter.TakeAsync("anna", RateLimit.PerMinute(1), 1, Token));
        Assert.NotNull(await counter.TakeAsync("anna", RateLimit.PerMinute(1), 1, Token));
    }

    [Fact]
    public async Task A_key_made_and_revoked_at_one_replica_holds_and_ends_at_the_other()
    {
        await using var one = Stores();
        await using var two = Stores();
        await two.StartAsync(Token);
        var text = ApiKeyText.New();
        var key = new ApiKey { Id = text.Id, Name = "anna", Hash = Convert.ToHexStringLower(text.Hash), Roles = ["viewer"], Created = TimeProvider.System.GetUtcNow() };
        await one.Keys.ChangeAsync(keys => ((IReadOnlyList<ApiKey>)[.. keys, key], true), TimeProvider.System, Token);

        await UntilAsync(() => two.Keys.Read() is [{ Name: "anna", Revoked: null }]);
        await one.Keys.ChangeAsync(keys => ((IReadOnlyList<ApiKey>)[.. keys.Select(static key => key with { Revoked = key.Created })], true), TimeProvider.System, Token);
        await UntilAsync(() => two.Keys.Read() is [{ Revoked: not null }]);
    }

    [Fact]
    public async Task Changes_of_keys_at_the_same_moment_are_all_kept()
    {
        await using var one = Stores();
        await using var two = Stores();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => (number % 2 == 0 ? one : two).Keys.ChangeAsync(
            keys => ((IReadOnlyList<ApiKey>)[.. keys, new ApiKey { Id = $"k{number}", Name = $"k{number}", Hash = "00", Roles = [], Created = default }], true), TimeProvider.System, Token)));

        await one.Keys.RefreshAsync(Token);
        Assert.Equal(20, one.Keys.Read().Count);
    }

    [Fact]
    public async Task What_one_replica_tells_the_others_hear_and_it_does_not()
    {
        await using var one = Stores();
        await using var two = Stores();
        await one.StartAsync(Token);
        await two.StartAsync(Token);
        var (heard, own) = (new TaskCompletionSource<ReplicaMessage>(), 0);
        one.Replica!.Listen("topic", _ => own++);
        two.Replica!.Listen("topic", heard.SetResult);
        await UntilAsync(async () => await PostgresServer.RunAsync(_address, "select count(*) from pg_stat_activity where query = 'listen hypergate' and datname = current_database()") == "2");

        await one.Replica.TellAsync(new("topic", "key", "body"), Token);

        Assert.Equal(new ReplicaMessage("topic", "key", "body"), await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Equal(0, own);
        Assert.True(await two.Replica.IsAliveAsync(one.Replica.Id, Token));
        Assert.False(await two.Replica.IsAliveAsync("nobody", Token));
    }

    [Theory]
    [InlineData("postgres://u:p%40ss@db.example.com:5433/gate?sslmode=verify-full", "db.example.com", 5433, "gate", "p@ss")]
    [InlineData("postgresql://u:pw@db/gate", "db", 5432, "gate", "pw")]
    [InlineData("Host=db;Username=u;Password=pw;Database=gate", "db", 5432, "gate", "pw")]
    public void Both_spellings_of_an_address_are_understood(string text, string host, int port, string database, string password)
    {
        var address = PostgresAddress.Read(PostgresWorld.Settings(text));

        Assert.Equal((host, port, database, password), (address.Host, address.Port, address.Database, address.Password));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("postgres://u:topsecret@")]
    [InlineData("Hostess=db;Password=topsecret")]
    [InlineData("postgres://u:topsecret@db/gate?unknown=1")]
    public void What_is_no_address_is_refused_without_showing_it(string text)
    {
        var exception = Assert.Throws<SettingsException>(() => PostgresAddress.Read(new PostgresSettings { Connection = new Secret(text), Key = new Secret(PostgresWorld.Key) }));

        Assert.DoesNotContain("topsecret", exception.Message, StringComparison.Ordinal);
    }

    private PostgresStores Stores() => new(PostgresWorld.Settings(_address), new(), null, TimeProvider.System);

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var attempt = 0; !await isSo(); attempt++)
        {
            Assert.True(attempt < 300, "It did not come to pass.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
        }
    }
}
