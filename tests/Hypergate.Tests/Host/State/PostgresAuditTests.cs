using Hypergate.Governance.Audit;
using Hypergate.Host.State.Postgres;
using Hypergate.Tests.Governance.Audit;
using Hypergate.Tests.Shared;

namespace Hypergate.Tests.Host.State;

/// <summary>The one chain of all replicas: nothing is lost or forked, and every tampering is found.</summary>
[Trait("Suite", "S10")]
[Trait("Rule", "R-AUDIT")]
public sealed class PostgresAuditTests(PostgresServer server) : IAsyncLifetime
{
    private string _address = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _address = await server.NewDatabaseAsync();

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Two_replicas_write_one_whole_chain()
    {
        await using var one = Stores();
        await using var two = Stores();
        using var first = one.NewAudit(new(), AuditTestFolder.NoScrubbing);
        using var second = two.NewAudit(new(), AuditTestFolder.NoScrubbing);

        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Task.Run(async () => await (number % 2 == 0 ? first : second).AppendAsync(AuditTestFolder.Record($"Call{number}"), Token))));

        var report = await two.Trail.VerifyAsync([], Token);
        Assert.Empty(report.Problems);
        Assert.Equal(400, report.Records);
        Assert.Equal(400, (await OperationsAsync(one)).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("update hypergate.audit set line = replace(line, 'Call2', 'Call9') where seq = 3", "hypergate.audit:3: the record was changed")]
    [InlineData("delete from hypergate.audit where seq = 3", "hypergate.audit:4: 1 records before this one were changed or removed")]
    [InlineData("delete from hypergate.audit where seq > 3", "hypergate.audit_head: 2 records at the end are missing")]
    [InlineData("delete from hypergate.audit where seq < 3", "hypergate.audit:3: 2 records before this one were changed or removed")]
    [InlineData("update hypergate.audit set seq = case seq when 3 then -4 else -3 end where seq in (3, 4); update hypergate.audit set seq = -seq where seq < 0", "hypergate.audit:3: the record was changed")]
    [InlineData("insert into hypergate.audit select 6, time, line from hypergate.audit where seq = 5", "hypergate.audit:6: the record was not written by this gateway")]
    [InlineData("update hypergate.audit_head set seq = 3, hash = substring((select line from hypergate.audit where seq = 3) from '\"hash\":\"([0-9a-f]+)\"'); delete from hypergate.audit where seq > 3", "hypergate.audit_head: its signature is not this gateway's")]
    [InlineData("delete from hypergate.audit_head", "hypergate.audit_head: the row is missing")]
    public async Task Every_tampering_is_found(string statement, string finding)
    {
        await using var stores = Stores();
        await AppendAsync(stores, 5);
        Assert.Empty((await stores.Trail.VerifyAsync([], Token)).Problems);

        await PostgresServer.RunAsync(_address, statement);

        Assert.Contains((await stores.Trail.VerifyAsync([], Token)).Problems, problem => problem.ToString().StartsWith(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_told_elsewhere_shows_that_an_older_state_was_put_back()
    {
        await using var stores = Stores();
        await AppendAsync(stores, 3);
        await PostgresServer.RunAsync(_address, "create table kept_head as table hypergate.audit_head");
        await AppendAsync(stores, 2);
        var checkpoint = (await stores.Trail.CheckpointAsync(DateTimeOffset.UnixEpoch, Token))!;
        Assert.Empty((await stores.Trail.VerifyAsync([checkpoint], Token)).Problems);

        await PostgresServer.RunAsync(_address, "delete from hypergate.audit where seq > 3; delete from hypergate.audit_head; insert into hypergate.audit_head select * from kept_head");

        Assert.Empty((await stores.Trail.VerifyAsync([], Token)).Problems);
        Assert.Contains("2 records were cut off the end since", Assert.Single((await stores.Trail.VerifyAsync([checkpoint], Token)).Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_are_followed_and_have_the_hash_of_their_arguments()
    {
        await using var stores = Stores();
        await AppendAsync(stores, 2);
        await using var lines = stores.Trail.FollowAsync(1, TimeProvider.System, Token).GetAsyncEnumerator(Token);

        Assert.True(await lines.MoveNextAsync());
        Assert.Contains("\"args_hash\":\"", lines.Current, StringComparison.Ordinal);
        var next = lines.MoveNextAsync().AsTask();
        await AppendAsync(stores, 1);

        Assert.True(await next);
        Assert.Equal(3, AuditFollower.SequenceOf(lines.Current));
    }

    [Fact]
    public async Task A_head_of_somebody_else_is_replaced_and_leaves_a_trace()
    {
        await using var stores = Stores();
        await AppendAsync(stores, 3);
        await PostgresServer.RunAsync(_address, "delete from hypergate.audit where seq = 3; update hypergate.audit_head set seq = 2, mac = ''");

        await AppendAsync(stores, 1);

        var problem = Assert.Single((await stores.Trail.VerifyAsync([], Token)).Problems);
        Assert.Equal("hypergate.audit:3: the signed head was lost or changed before this record was written: records may be cut off before it", problem.ToString());
    }

    [Fact]
    public async Task Another_key_does_not_verify()
    {
        await using var stores = Stores();
        await AppendAsync(stores, 1);
        await using var other = new PostgresStores(PostgresWorld.Settings(_address) with { Key = new("another key of thirty-two letters") }, new(), null, TimeProvider.System);

        Assert.NotEmpty((await other.Trail.VerifyAsync([], Token)).Problems);
    }

    [Fact]
    public async Task What_is_older_than_its_time_is_deleted_and_the_chain_stays_whole()
    {
        var time = new ManualTime();
        await using (var before = Stores(time))
        {
            await AppendAsync(before, 4);
        }

        time.Advance(TimeSpan.FromDays(91));
        await using (var after = Stores(time))
        {
            await AppendAsync(after, 2);
        }

        await using var stores = Stores(time);
        var report = await stores.Trail.VerifyAsync([], Token);
        Assert.Empty(report.Problems);
        Assert.Contains("the first 4 records were deleted after their time", Assert.Single(report.Remarks), StringComparison.Ordinal);
        Assert.Equal("2", await PostgresServer.RunAsync(_address, "select count(*) from hypergate.audit"));
    }

    [Fact]
    public async Task Search_and_tail_find_what_was_written()
    {
        await using var stores = Stores();
        await AppendAsync(stores, 5);

        Assert.Equal(["Call2"], await OperationsAsync(stores, new AuditFilter { Operation = "Call2" }));
        Assert.Equal(2, (await stores.Trail.TailAsync(2, Token)).Count);
        Assert.Contains("\"Call4\"", (await stores.Trail.TailAsync(1, Token))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_records_are_refused()
    {
        await using var stores = new PostgresStores(PostgresWorld.Settings("postgres://nobody@127.0.0.1:1/none"), new(), null, TimeProvider.System);
        using var log = stores.NewAudit(new(), AuditTestFolder.NoScrubbing);

        var exception = await Assert.ThrowsAsync<AuditUnavailableException>(async () => await log.AppendAsync(AuditTestFolder.Record(), Token));

        Assert.Contains("none at 127.0.0.1:1 does not answer", exception.Message, StringComparison.Ordinal);
    }

    private PostgresStores Stores(TimeProvider? time = null) => new(PostgresWorld.Settings(_address), new AuditSettings(), null, time ?? TimeProvider.System);

    private static async Task AppendAsync(PostgresStores stores, int count)
    {
        using var log = stores.NewAudit(new(), AuditTestFolder.NoScrubbing);
        for (var number = 0; number < count; number++)
        {
            await log.AppendAsync(AuditTestFolder.Record($"Call{number}"), Token);
        }
    }

    private static async Task<List<string>> OperationsAsync(PostgresStores stores, AuditFilter? filter = null)
    {
        var found = new List<string>();
        await foreach (var (_, record) in stores.Trail.FindAsync(filter ?? new(), Token))
        {
            found.Add(record.GetProperty("operation").GetString()!);
        }

        return found;
    }
}
