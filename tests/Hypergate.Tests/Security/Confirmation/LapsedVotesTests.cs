using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Host.Authentication;
using Hypergate.Model;
using Hypergate.Tests.Host;
using static Hypergate.Tests.Security.Confirmation.ApprovalScene;

namespace Hypergate.Tests.Security.Confirmation;

/// <summary>Suite S9: who has agreed must still be one who may when the others have (decision 230).</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP02")]
public sealed class LapsedVotesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("revoked", "was revoked")]
    [InlineData("disabled", "is disabled")]
    [InlineData("expired", "has expired")]
    [InlineData("removed", "is gone")]
    [InlineData("renewed", "was revoked")]
    [InlineData("demoted", "key:bob may no longer decide over requests for xo")]
    [InlineData("reader", "key:bob may no longer decide over requests for xo")]
    [InlineData("elsewhere", "key:bob may no longer decide over requests for xo")]
    public async Task The_first_of_four_eyes_counts_no_longer_when_its_key_does_not(string way, string why)
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(ConsentRule.FourEyes, time);
        var bob = await KeyAsync(gateway, "bob");
        var (arguments, id) = await RequestAsync(gateway, Olga);
        Assert.Null((await Desk(gateway).DecideAsync(id, bob.Caller, agrees: true, "fine", Token)).Problem);

        await ChangeAsync(gateway, keys => Lose(way, keys, bob, time));
        var (second, problem) = await Desk(gateway).DecideAsync(id, Eve, agrees: true, "", Token);
        var waiting = await AskAsync(gateway, Olga, arguments, id);

        Assert.Null(problem);
        Assert.Equal(ApprovalState.Pending, second!.StateAt(time.GetUtcNow()));
        Assert.Contains("So far: key:eve.", waiting.Text, StringComparison.Ordinal);
        Assert.Contains("The word of key:bob counts no longer: ", waiting.Text, StringComparison.Ordinal);
        Assert.Contains(why, (await Desk(gateway).FindAsync(id, Eve, Token))!.Votes[0].Lapsed, StringComparison.Ordinal);
        Assert.Contains(why, Assert.Single(await AuditedAsync(gateway, "approval.lapsed")), StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);

        Assert.Null((await Desk(gateway).DecideAsync(id, Carl, agrees: true, "", Token)).Problem);
        Assert.False((await AskAsync(gateway, Olga, arguments, id)).IsError);
        Assert.Single(gateway.Changes);
        Assert.Contains("approval by key:eve and key:carl", string.Join('\n', await AuditedAsync(gateway, "PutVmTag")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_and_its_successor_keep_the_word_of_their_holder()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(ConsentRule.FourEyes, time);
        var bob = await KeyAsync(gateway, "bob");
        var (arguments, id) = await RequestAsync(gateway, Olga);
        await Desk(gateway).DecideAsync(id, bob.Caller, agrees: true, "", Token);

        await ChangeAsync(gateway, keys => [.. keys.Select(key => key with { Expires = time.GetUtcNow() }), bob with { Id = "successor" }]);
        await Desk(gateway).DecideAsync(id, Eve, agrees: true, "", Token);

        Assert.False((await AskAsync(gateway, Olga, arguments, id)).IsError);
        Assert.Empty(await AuditedAsync(gateway, "approval.lapsed"));
    }

    [Fact]
    public async Task An_approval_that_was_not_used_lapses_with_the_key_and_the_same_person_may_agree_anew()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve, TimeProvider.System);
        var bob = await KeyAsync(gateway, "bob");
        var (arguments, id) = await RequestAsync(gateway, Olga);
        await Desk(gateway).DecideAsync(id, bob.Caller, agrees: true, "", Token);

        await ChangeAsync(gateway, keys => [.. keys.Select(key => key with { Disabled = key.Created })]);
        var waiting = await AskAsync(gateway, Olga, arguments, id);
        await AskAsync(gateway, Olga, arguments, id);
        await ChangeAsync(gateway, keys => [.. keys.Select(static key => key with { Disabled = null })]);
        Assert.Contains("Waiting for approval", (await AskAsync(gateway, Olga, arguments, id)).Text, StringComparison.Ordinal);

        Assert.Contains("Nobody has decided yet. The word of key:bob counts no longer", waiting.Text, StringComparison.Ordinal);
        Assert.Single(await AuditedAsync(gateway, "approval.lapsed"));
        Assert.Empty(gateway.Changes);
        Assert.Null((await Desk(gateway).DecideAsync(id, bob.Caller, agrees: true, "again", Token)).Problem);
        Assert.False((await AskAsync(gateway, Olga, arguments, id)).IsError);
    }

    [Fact]
    public async Task A_client_that_can_wait_goes_on_waiting_for_somebody_who_may()
    {
        await using var gateway = await StartAsync(ConsentRule.FourEyes, TimeProvider.System);
        var bob = await KeyAsync(gateway, "bob");
        var news = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = gateway.CallAsAsync(Olga, "vms_action", await ArgumentsAsync(gateway), new Conversation(item => news.TrySetResult(item.Message), null) { CanWait = true });
        var id = IdIn().Match(await news.Task.WaitAsync(TimeSpan.FromSeconds(20), Token)).Value;

        await Desk(gateway).DecideAsync(id, bob.Caller, agrees: true, "", Token);
        await ChangeAsync(gateway, keys => [.. keys.Select(static key => key with { Revoked = key.Created })]);
        await Desk(gateway).DecideAsync(id, Eve, agrees: true, "", Token);
        Assert.Equal(ApprovalState.Pending, (await Desk(gateway).FindAsync(id, Eve, Token))!.StateAt(TimeProvider.System.GetUtcNow()));
        await Desk(gateway).DecideAsync(id, Carl, agrees: true, "", Token);

        Assert.False((await running.WaitAsync(TimeSpan.FromSeconds(20), Token))!.IsError);
        Assert.Single(gateway.Changes);
    }

    [Fact]
    public async Task A_denial_of_somebody_who_may_no_longer_stays_a_denial()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve, TimeProvider.System);
        var bob = await KeyAsync(gateway, "bob");
        var (arguments, id) = await RequestAsync(gateway, Olga);
        await Desk(gateway).DecideAsync(id, bob.Caller, agrees: false, "no", Token);

        await ChangeAsync(gateway, keys => [.. keys.Select(static key => key with { Revoked = key.Created })]);

        Assert.Contains("key:bob has denied it: no", (await AskAsync(gateway, Olga, arguments, id)).Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    private static IReadOnlyList<ApiKey> Lose(string way, IReadOnlyList<ApiKey> keys, ApiKey bob, TimeProvider time) => way switch
    {
        "revoked" => [.. keys.Select(key => key with { Revoked = time.GetUtcNow() })],
        "disabled" => [.. keys.Select(key => key with { Disabled = time.GetUtcNow() })],
        "expired" => [.. keys.Select(key => key with { Expires = time.GetUtcNow() })],
        "removed" => [],
        "renewed" => [.. keys.Select(key => key with { Revoked = time.GetUtcNow() }), bob with { Id = "another" }],
        "demoted" => [.. keys.Select(static key => key with { Roles = ["operator"] })],
        "reader" => [.. keys.Select(static key => key with { ReadOnly = true })],
        "elsewhere" => [.. keys.Select(static key => key with { Backends = ["other"] })],
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "There is no such way."),
    };

    private static async Task<ApiKey> KeyAsync(GatewayUnderTest gateway, string name)
    {
        var text = ApiKeyText.New();
        var key = new ApiKey { Id = text.Id, Name = name, Hash = Convert.ToHexStringLower(text.Hash), Roles = ["admin"], Created = gateway.Time.GetUtcNow() };
        await ChangeAsync(gateway, keys => [.. keys, key]);
        return key;
    }

    private static Task<bool> ChangeAsync(GatewayUnderTest gateway, Func<IReadOnlyList<ApiKey>, IReadOnlyList<ApiKey>> change) =>
        gateway.Gateway.Parts.Stores.Keys.ChangeAsync(keys => (change(keys), true), gateway.Time, Token);

    private static async Task<IReadOnlyList<string>> AuditedAsync(GatewayUnderTest gateway, string operation) =>
        [.. (await File.ReadAllLinesAsync(Directory.EnumerateFiles(gateway.AuditFolder, "*.jsonl").Single(), Token)).Where(line => line.Contains($"\"operation\":\"{operation}\"", StringComparison.Ordinal))];
}
