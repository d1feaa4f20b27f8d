using Hypergate.Governance.Authorization;
using Hypergate.Host.Authentication;
using Hypergate.Host.Health;
using Hypergate.Model;
using Hypergate.Tests.Simulator;
using Microsoft.Extensions.Logging;

namespace Hypergate.Tests.Host.Health;

/// <summary>Nobody is surprised by the end of a key: the operator is told a week before, and so is whoever uses it.</summary>
public sealed class KeyNotesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_key_is_named_a_week_before_its_end()
    {
        var lines = KeyNotes.Ending([Key("anna", 7), Key("berta", 8), Key("carl", null), Key("dora", -1), Key("emil", 3) with { Revoked = Now }], Now);

        Assert.Equal(["The key anna (id-anna) ends on 2026-11-28 03:00 UTC. A new one: hypergate keys rotate anna"], lines);
    }

    [Fact]
    public void A_key_with_a_successor_is_not() =>
        Assert.Empty(KeyNotes.Ending([Key("anna", 1), Key("anna", 90) with { Id = "next" }], Now));

    [Fact]
    public void A_role_that_there_is_not_is_told_with_the_nearest() => Assert.Equal(
        ["The key anna (id-anna) has the role 'viewr', which there is not: it gives nothing. Is 'viewer' meant?"],
        KeyNotes.WithoutRole([Key("anna", 90) with { Roles = ["viewr", "operator"] }, Key("dora", -1) with { Roles = ["gone"] }], RoleBook.Plain, Now));

    [Fact]
    public async Task The_log_tells_of_it_at_the_start_and_once_a_day()
    {
        var (time, log) = (new SteppedTime(), new Lines());
        var shelf = new Shelf { Keys = [Key("anna", 7)] };

        await using var ending = new KeyNotes(shelf, () => RoleBook.Plain, log, time);
        Assert.Single(log.Told);
        time.Advance(TimeSpan.FromHours(23));
        Assert.Single(log.Told);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, log.Told.Count);

        shelf.Keys = [];
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, log.Told.Count);
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_are_told_of_elsewhere()
    {
        await using var ending = new KeyNotes(new Shelf { Keys = null }, () => RoleBook.Plain, new Lines(), new SteppedTime());

        Assert.Empty(ending.Read());
    }

    [Theory]
    [InlineData(7, true, true)]
    [InlineData(8, true, false)]
    [InlineData(1, false, false)]
    public async Task Whoami_tells_its_holder_but_nobody_whose_token_renews_itself(int days, bool byHand, bool isTold)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var caller = Caller.LocalUser with { Expires = gateway.Time.GetUtcNow() + TimeSpan.FromDays(days), IsRenewedByHand = byHand };

        var who = await gateway.CallAsAsync(caller, "whoami");

        Assert.Equal(isTold, who!.Text.Contains("your key ends on", StringComparison.Ordinal));
    }

    private static ApiKey Key(string name, int? days) => new()
    {
        Id = $"id-{name}",
        Name = name,
        Hash = "00",
        Roles = ["viewer"],
        Created = Now - TimeSpan.FromDays(80),
        Expires = days is { } some ? Now + TimeSpan.FromDays(some) : null,
    };

    private sealed class Shelf : IApiKeyShelf
    {
        public IReadOnlyList<ApiKey>? Keys { get; set; }

        public (DateTime Written, long Length)? Stamp() => null;

        public IReadOnlyList<ApiKey> Read() => Keys ?? throw new IOException("It cannot be read.");

        public Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<T> ChangeAsync<T>(Func<IReadOnlyList<ApiKey>, (IReadOnlyList<ApiKey> Keys, T Result)> change, TimeProvider time, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Lines : ILogger<KeyNotes>
    {
        public List<string> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Told.Add(formatter(state, exception));
    }
}
