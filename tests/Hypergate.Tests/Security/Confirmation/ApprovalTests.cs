using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Tests.Host;
using static Hypergate.Tests.Security.Confirmation.ApprovalScene;

namespace Hypergate.Tests.Security.Confirmation;

/// <summary>Suite S9: what needs other people runs after their word, once, and never by the requester's own.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class ApprovalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_waits_until_another_person_agrees_and_runs_once()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve);
        var (arguments, id) = await RequestAsync(gateway, Olga);
        Assert.Contains("another person", (await AskAsync(gateway, Olga, arguments, id)).Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);

        Assert.Null((await Desk(gateway).DecideAsync(id, Bob, agrees: true, "fine", Token)).Problem);
        var done = await AskAsync(gateway, Olga, arguments, id);
        var again = await AskAsync(gateway, Olga, arguments, id);

        Assert.False(done.IsError, done.Text);
        Assert.Contains("used already", again.Text, StringComparison.Ordinal);
        Assert.Single(gateway.Changes);
        Assert.Contains("\"consent\":\"approval by key:bob\"", await AuditAsync(gateway), StringComparison.Ordinal);
        Assert.Contains("\"operation\":\"approval.approved\"", await AuditAsync(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_requester_cannot_approve_and_neither_can_who_is_no_approver()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve);
        var (arguments, id) = await RequestAsync(gateway, Bob);

        Assert.Contains("their own request", (await Desk(gateway).DecideAsync(id, Bob, agrees: true, "", Token)).Problem, StringComparison.Ordinal);
        Assert.Equal((await Desk(gateway).DecideAsync("ap_none", Olga, agrees: true, "", Token)).Problem!.Replace("ap_none", id, StringComparison.Ordinal), (await Desk(gateway).DecideAsync(id, Olga, agrees: true, "", Token)).Problem);
        Assert.Contains("Nothing has been sent", (await AskAsync(gateway, Bob, arguments, id)).Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task Four_eyes_are_two_others_and_not_one_of_them_twice()
    {
        await using var gateway = await StartAsync(ConsentRule.FourEyes);
        var (arguments, id) = await RequestAsync(gateway, Olga);

        await Desk(gateway).DecideAsync(id, Bob, agrees: true, "", Token);
        Assert.Contains("another person", (await Desk(gateway).DecideAsync(id, Bob, agrees: true, "", Token)).Problem, StringComparison.Ordinal);
        Assert.Contains("So far: key:bob", (await AskAsync(gateway, Olga, arguments, id)).Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
        await Desk(gateway).DecideAsync(id, Eve, agrees: true, "", Token);

        Assert.False((await AskAsync(gateway, Olga, arguments, id)).IsError);
        Assert.Single(gateway.Changes);
    }

    [Fact]
    public async Task A_denial_ends_it_with_its_reason()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve);
        var (arguments, id) = await RequestAsync(gateway, Olga);

        await Desk(gateway).DecideAsync(id, Bob, agrees: false, "not today", Token);
        var refused = await AskAsync(gateway, Olga, arguments, id);

        Assert.True(refused.IsError);
        Assert.Contains("key:bob has denied it: not today", refused.Text, StringComparison.Ordinal);
        Assert.Contains("denied already", (await Desk(gateway).DecideAsync(id, Eve, agrees: true, "", Token)).Problem, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task An_approval_is_for_its_caller_its_arguments_and_its_time()
    {
        var time = new ManualTime();
        await using var gateway = await StartAsync(ConsentRule.Approve, time: time);
        var (arguments, id) = await RequestAsync(gateway, Olga);
        await Desk(gateway).DecideAsync(id, Bob, agrees: true, "", Token);

        Assert.Contains("unknown", (await AskAsync(gateway, new("key:mallory", ["operator"]), arguments, id)).Text, StringComparison.Ordinal);
        Assert.Contains("another call", (await AskAsync(gateway, Olga, arguments.Replace("\"one\"", "\"two\"", StringComparison.Ordinal), id)).Text, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(61));
        Assert.Contains("expired", (await AskAsync(gateway, Olga, arguments, id)).Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task What_has_changed_since_it_was_shown_is_not_done()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve);
        var (arguments, id) = await RequestAsync(gateway, Olga);
        await Desk(gateway).DecideAsync(id, Bob, agrees: true, "", Token);
        var vm = VmOf(arguments);
        gateway.Xo.World.Write(() =>
        {
            gateway.Xo.World["vms"].Change(vm, static item => item["name_label"] = "another");
            return true;
        });

        var result = await AskAsync(gateway, Olga, arguments, id);

        Assert.True(result.IsError);
        Assert.Contains("has changed since", result.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task A_token_of_ones_own_person_and_an_elicitation_are_not_enough()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve);
        var arguments = await ArgumentsAsync(gateway);
        var asked = false;

        var byQuestion = await gateway.CallAsAsync(Olga, "vms_action", arguments, new Conversation(static _ => { }, (question, _) =>
        {
            asked = true;
            return Task.FromResult(new Answer(true, question.Seal, "test"));
        }));

        Assert.False(asked);
        Assert.Contains("## Waiting for approval", byQuestion!.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task A_client_that_can_wait_gets_the_result_when_it_is_decided()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve);
        var news = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = gateway.CallAsAsync(Olga, "vms_action", await ArgumentsAsync(gateway), new Conversation(item => news.TrySetResult(item.Message), null) { CanWait = true });

        var id = IdIn().Match(await news.Task.WaitAsync(TimeSpan.FromSeconds(20), Token)).Value;
        Assert.False(running.IsCompleted);
        await Desk(gateway).DecideAsync(id, Bob, agrees: true, "", Token);
        var result = await running.WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.False(result!.IsError, result.Text);
        Assert.Single(gateway.Changes);
    }

    [Fact]
    public async Task Of_many_who_use_one_approval_at_once_one_does()
    {
        await using var gateway = await StartAsync(ConsentRule.Approve);
        var (arguments, id) = await RequestAsync(gateway, Olga);
        await Desk(gateway).DecideAsync(id, Bob, agrees: true, "", Token);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(gateway, Olga, arguments, id)));

        Assert.Single(results, static result => !result.IsError);
        Assert.Single(gateway.Changes);
    }

    [Fact]
    public async Task A_role_may_need_approval_where_others_do_not()
    {
        var roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal)
        {
            ["trainee"] = new()
            {
                Allow = [new() { Access = new(["read", "write"]) }],
                Confirm = [new() { Where = new Dictionary<string, ConditionSettings>(StringComparer.Ordinal) { ["target.state"] = new() { EqualTo = "Running" } }, Access = new(["write"]), Confirm = ConsentRule.Approve }],
            },
        };
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Roles = roles });
        var trainee = new Caller("key:trainee", ["trainee"]);
        async Task<string> Tag(string vm, Caller caller) => (await gateway.CallAsAsync(caller, "vms_action", $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}"""))!.Text;
        var (running, halted) = (await gateway.VmAsync("Running"), await gateway.VmAsync("Halted"));

        Assert.Contains("## Waiting for approval", await Tag(running, trainee), StringComparison.Ordinal);
        Assert.Contains("## Confirmation Required", await Tag(halted, trainee), StringComparison.Ordinal);
        Assert.DoesNotContain("## Waiting for approval", await Tag(halted, trainee), StringComparison.Ordinal);
        Assert.DoesNotContain("## Waiting for approval", await Tag(running, Olga), StringComparison.Ordinal);
    }

    private static string VmOf(string arguments) => System.Text.Json.JsonElement.Parse(arguments).GetProperty("id").GetString()!;

    private static async Task<string> AuditAsync(GatewayUnderTest gateway) =>
        await File.ReadAllTextAsync(Directory.EnumerateFiles(gateway.AuditFolder, "*.jsonl").Single(), Token);
}
