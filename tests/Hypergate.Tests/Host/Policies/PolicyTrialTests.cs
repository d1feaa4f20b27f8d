using System.Text.Json;
using Hypergate.Governance;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Changes;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Security.Authorization;

namespace Hypergate.Tests.Host.Policies;

public sealed class PolicyTrialTests
{
    private static readonly RoleSettings Team = new()
    {
        Allow = [new() { Access = new(["read", "write"]), Where = new Dictionary<string, ConditionSettings>(StringComparer.Ordinal) { ["target.tags"] = new() { OneOf = [RoleWorld.Tag] } } }],
        Deny = [new() { Operations = ["Hard*"] }],
        Confirm = [new() { Operations = ["CleanShutdownVm"], Confirm = ConsentRule.FourEyes }],
    };

    [Fact]
    public async Task What_it_says_is_what_the_gateway_does()
    {
        await using var world = await RoleWorld.StartAsync(Team);
        var trial = Trial(world, SettingsOf(world));
        async Task<string> Say(string operation, string id) => (await trial.DecideAsync(Call(world, operation, id), TestContext.Current.CancellationToken)).Word;

        Assert.Equal("allowed", await Say("GetVm", world.Mine[0]));
        Assert.Equal("refused", await Say("GetVm", world.Others[0]));
        Assert.Equal("refused", await Say("GetVm", Guid.NewGuid().ToString()));
        Assert.Equal("allowed, confirm", await Say("StartVm", world.Mine[0]));
        Assert.Equal("allowed, four-eyes", await Say("CleanShutdownVm", world.Mine[0]));
        Assert.Equal("does not exist", await Say("HardShutdownVm", world.Mine[0]));
        Assert.Equal("does not exist", await Say("DeleteVm", world.Mine[0]));
        Assert.Equal("allowed, rows by rules", await Say("GetVms", ""));
    }

    [Fact]
    public async Task The_rule_is_told_also_where_the_caller_only_hears_that_there_is_nothing()
    {
        await using var world = await RoleWorld.StartAsync(Team);
        var trial = Trial(world, SettingsOf(world));
        async Task<PolicyAnswer> Ask(Call call) => await trial.DecideAsync(call, TestContext.Current.CancellationToken);

        Assert.Equal(new("refused", "no rule allows it"), await Ask(Call(world, "GetVm", world.Others[0])));
        Assert.Equal(new("refused", "no such object"), await Ask(Call(world, "GetVm", Guid.NewGuid().ToString())));
        Assert.Equal(new("does not exist", "the caller only looks"), await Ask(Call(world, "StartVm", world.Mine[0]) with { Caller = world.Caller with { IsReadOnly = true } }));
    }

    [Fact]
    public async Task Each_rule_is_told_with_how_it_stands()
    {
        await using var world = await RoleWorld.StartAsync(Team);
        var trial = Trial(world, SettingsOf(world));

        var rules = await trial.RulesAsync(Call(world, "StartVm", world.Others[0]), TestContext.Current.CancellationToken);

        Assert.Equal(
            ["roles.team.allow[0] No", "roles.team.deny[0] No", "roles.team.confirm[0] No"],
            rules.Select(static entry => $"{entry.Rule.Name} {entry.Fit}"));
        Assert.Contains($"target.tags one of {RoleWorld.Tag}", rules[0].Rule.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_freeze_or_a_window_keeps_back_at_this_moment_is_told()
    {
        await using var world = await RoleWorld.StartAsync(Team);
        var freezes = world.Gateway.Gateway.Parts.State.Freezes;
        var (start, look) = (Call(world, "StartVm", world.Mine[0]), Call(world, "GetVm", world.Mine[0]));
        var open = Trial(world, SettingsOf(world));
        var closed = Trial(world, SettingsOf(world) with { Changes = new() { Windows = [new() { Name = "new year", Cron = "0 0 1 1 *", Minutes = 1 }] } });
        async Task<string?> Ask(PolicyTrial trial, Call call) => await trial.ClosedAsync(call, freezes, TestContext.Current.CancellationToken);

        Assert.Null(await Ask(open, start));
        Assert.Contains("in a window only: 'new year'", await Ask(closed, start), StringComparison.Ordinal);
        Assert.Null(await Ask(closed, look));

        await freezes.OrderAsync(new(Freeze.Everything, "storage fire", "anna", world.Gateway.Time.GetUtcNow(), null), TestContext.Current.CancellationToken);
        Assert.Contains("storage fire", await Ask(open, start), StringComparison.Ordinal);
        Assert.Null(await Ask(open, look));
    }

    [Fact]
    public async Task A_draft_is_asked_about_the_calls_of_the_audit()
    {
        await using var world = await RoleWorld.StartAsync(Team);
        await world.CallAsync("vms_query", $$"""{"operation":"GetVm","id":"{{world.Mine[0]}}"}""");
        await world.CallAsync("vms_query", $$"""{"operation":"GetVm","id":"{{world.Mine[0]}}"}""");
        await world.CallAsync("vms_action", $$"""{"operation":"StartVm","id":"{{world.Mine[1]}}"}""");
        await world.CallAsync("vms_query", """{"operation":"GetVms","fields":"id"}""");
        var before = SettingsOf(world);
        var after = before with { Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["team"] = Team with { Deny = [new() { Operations = ["GetVm"] }] } }, Policy = new PolicySettings { Confirmation = new() { Write = ConsentRule.Approve } } };
        var replay = await ReplayAsync(world, before, after);

        Assert.Equal(
            ["     2 ×  key:team  GetVm on xo: allowed → does not exist (roles.team.deny[0])", "     1 ×  key:team  StartVm on xo: allowed, confirm → allowed, approve (roles.team.allow[0])"],
            replay.Differences.Select(static difference => difference.ToString()));
        Assert.Equal(0, replay.Unknown);
    }

    [Fact]
    public async Task A_draft_that_gives_or_takes_the_sight_of_secrets_is_told_for_each_call_whose_answer_it_touches()
    {
        await using var world = await RoleWorld.StartAsync(Team);
        await world.CallAsync("vms_query", $$"""{"operation":"GetVm","id":"{{world.Mine[0]}}"}""");
        await world.CallAsync("vms_query", $$"""{"operation":"GetVm","id":"{{world.Others[0]}}"}""");
        var hidden = SettingsOf(world);
        var shown = hidden with { Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["team"] = Team with { Secrets = ["x*"] } } };

        var given = await ReplayAsync(world, hidden, shown);
        var taken = await ReplayAsync(world, shown, hidden);

        Assert.Equal(["     1 ×  key:team  GetVm on xo: secrets in the answer hidden → secrets in the answer shown (roles.team.secrets)"], given.Differences.Select(static difference => difference.ToString()));
        Assert.Equal(["     1 ×  key:team  GetVm on xo: secrets in the answer shown → secrets in the answer hidden (no role of the caller has secrets for xo)"], taken.Differences.Select(static difference => difference.ToString()));
        Assert.Equal((2, 1), (given.Replayed, given.Changed));
    }

    [Fact]
    public async Task Calls_that_rules_decide_by_what_the_audit_does_not_hold_are_counted_and_not_guessed()
    {
        await using var world = await RoleWorld.StartAsync(Team);
        var before = SettingsOf(world);
        var draft = Team with { Allow = [.. Team.Allow, new() { Operations = ["StartVm"], Where = new Dictionary<string, ConditionSettings>(StringComparer.Ordinal) { ["args.body.password"] = new() { EqualTo = "x" } } }] };
        var after = before with { Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["team"] = draft } };
        var replay = new PolicyReplay(world.Gateway.Gateway.Parts.Catalog.Current, static _ => null);
        foreach (var arguments in new[] { """{"id":"a","body":{"password":"[REDACTED]"}}""", """{"id":"a"}""", """{"len":9000,"sha256":"00"}""" })
        {
            await replay.AddAsync(
                JsonElement.Parse($$"""{"phase":"end","caller":"key:team","roles":["team"],"backend":"xo","operation":"StartVm","arguments":{{arguments}}}"""), Trial(world, before), Trial(world, after), TestContext.Current.CancellationToken);
        }

        Assert.Equal((2, 1, "body.password"), (replay.Undecided, replay.Replayed, string.Join(",", replay.Unheld)));
    }

    [Fact]
    public async Task Whoami_tells_the_rules()
    {
        await using var world = await RoleWorld.StartAsync(Team);

        var text = await world.TextAsync("whoami", "{}");

        Assert.Contains($"allowed: access read, write; where target.tags one of {RoleWorld.Tag} (roles.team.allow[0])", text, StringComparison.Ordinal);
        Assert.Contains("never: any access; operations Hard* (roles.team.deny[0])", text, StringComparison.Ordinal);
    }

    private static async Task<PolicyReplay> ReplayAsync(RoleWorld world, GatewaySettings before, GatewaySettings after)
    {
        var replay = new PolicyReplay(world.Gateway.Gateway.Parts.Catalog.Current, static _ => null);
        foreach (var (_, record) in AuditSearch.Find(world.Gateway.AuditFolder, new()).ToList())
        {
            await replay.AddAsync(record, Trial(world, before), Trial(world, after), TestContext.Current.CancellationToken);
        }

        return replay;
    }

    private static GatewaySettings SettingsOf(RoleWorld world) => new()
    {
        Backends = [new() { Name = "xo", Kind = "xen-orchestra", Url = world.Gateway.Xo.Url, Auth = new() { Token = new Secret(world.Gateway.Xo.Token) }, Actions = true }],
        Roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal) { ["team"] = Team },
    };

    private static PolicyTrial Trial(RoleWorld world, GatewaySettings settings) => new(
        settings, world.Gateway.Gateway.Parts.Catalog, (call, token) => world.Gateway.Gateway.Parts.Pipeline.RunAsync(call with { Caller = Caller.LocalUser }, token), TimeProvider.System);

    private static Call Call(RoleWorld world, string operation, string id) => PolicyTrial.CallOf(
        world.Caller,
        "xo",
        world.Gateway.Gateway.Parts.Catalog.Current.Find("xo", operation)!,
        id.Length == 0 ? JsonElement.Parse("{}") : JsonElement.Parse($$"""{"id":"{{id}}"}"""));
}
