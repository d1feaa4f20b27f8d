using System.Text.Json;
using Hypergate.Governance;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>Calls of a script that other people decide over: the run waits for them, and goes on when its caller comes back after their word.</summary>
public sealed class CodeApprovalTests : IAsyncLifetime
{
    private const string Tag = "const vm = (await api.GetVms({ limit: 1 }))[0]; try { await api.PutVmTag({ id: vm.id, tag: 'seen' }); return 'tagged' } catch (error) { return [error.code, error.refused_by] }";

    private readonly ShiftedTime _time = new();
    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Time = _time, Policy = new PolicySettings { Confirmation = new() { Write = ConsentRule.Approve } } });

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Fact]
    public async Task The_run_waits_until_somebody_else_has_agreed_and_then_goes_on()
    {
        var paused = await Gateway.RunAsync(Tag);

        Assert.Equal("paused", paused.GetProperty("status").GetString());
        Assert.False(paused.TryGetProperty("confirm_token", out _));
        Assert.StartsWith("VM '", paused.GetProperty("asks").GetProperty("target").GetString(), StringComparison.Ordinal);

        var still = await ResumeAsync(paused);

        Assert.Equal(("paused", paused.GetProperty("approval").GetString()), (still.GetProperty("status").GetString(), still.GetProperty("approval").GetString()));
        Assert.Empty(Gateway.Changes);

        await DecideAsync(paused, agrees: true);
        var done = await ResumeAsync(still);

        Assert.Equal(("\"tagged\"", 1), (done.Result, done.Count("completed_writes")));
        Assert.Single(Gateway.Changes);
    }

    [Fact]
    public async Task What_the_others_deny_is_not_sent_and_the_script_learns_of_it()
    {
        var paused = await Gateway.RunAsync(Tag);
        await DecideAsync(paused, agrees: false);

        Assert.Equal("""["consent_declined","approval"]""", (await ResumeAsync(paused)).Result);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task Where_nobody_decides_in_time_the_run_ends_whatever_the_script_catches()
    {
        var paused = await Gateway.RunAsync(Tag);
        _time.Shift = TimeSpan.FromMinutes(61);

        var end = await ResumeAsync(paused);

        Assert.Equal(("consent_expired", 0, 0), (end.ErrorCode, end.Count("completed_writes"), end.Count("uncertain_writes")));
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task A_plan_does_not_stand_for_the_word_of_others()
    {
        var plan = await Gateway.RunAsync(Tag, ",\"preview\":true");

        var run = await Gateway.RunAsync(Tag, $",\"confirm_token\":\"{plan.GetProperty("plan_token").GetString()}\"");

        Assert.Equal("paused", run.GetProperty("status").GetString());
        Assert.Empty(Gateway.Changes);
    }

    private async Task DecideAsync(JsonElement paused, bool agrees)
    {
        var (_, problem) = await Gateway.Gateway.Parts.State.Approvals.DecideAsync(paused.GetProperty("approval").GetString()!, new Caller("berta", ["admin"]), agrees, "", TestContext.Current.CancellationToken);
        Assert.Null(problem);
    }

    private async Task<JsonElement> ResumeAsync(JsonElement paused) =>
        (await Gateway.CallAsync("execute_code", $$"""{"resume":"{{paused.GetProperty("run").GetString()}}"}""")).Structured!.Value;

    // The system's, and a date that can be set forward: what runs goes on as ever.
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
