using Hypergate.Governance.Authorization;
using Hypergate.Governance.Limits;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tests.Tools.Code;

namespace Hypergate.Tests.Governance.Limits;

/// <summary>What one caller may use up: each limit by itself, with what the caller is told, and others untouched.</summary>
[Trait("Suite", "S15")]
[Trait("Rule", "R-LIMIT")]
public sealed class CallerLimitTests
{
    private const string Look = """{"operation":"GetPools","fields":"id"}""";

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Calls_a_minute_hold_for_each_caller_without_any_role()
    {
        await using var gateway = await StartAsync(new() { CallsPerMinute = 2 });
        await DoneAsync(gateway, "anna", 2);

        Assert.Contains("anna has used up its calls for now. Nothing was sent. The limit is 2 calls a minute. Try again in 30 s.", await TextAsync(gateway, "anna"), StringComparison.Ordinal);
        await DoneAsync(gateway, "berta", 2);
        _time.Advance(TimeSpan.FromSeconds(30));
        await DoneAsync(gateway, "anna", 1);
    }

    [Fact]
    public async Task Of_what_a_role_and_the_settings_say_the_lesser_holds()
    {
        var roles = new Dictionary<string, RoleSettings>(StringComparer.Ordinal)
        {
            ["slow"] = new() { Allow = [new()], CallsPerMinute = 1 },
            ["fast"] = new() { Allow = [new()], CallsPerMinute = 100 },
        };
        await using var gateway = await StartAsync(new() { CallsPerMinute = 2 }, wish => wish with { Roles = roles });

        await DoneAsync(gateway, "anna", 1, "slow");
        Assert.Contains("The limit is 1 calls a minute", await TextAsync(gateway, "anna", "slow"), StringComparison.Ordinal);
        await DoneAsync(gateway, "berta", 2, "fast");
        Assert.Contains("The limit is 2 calls a minute", await TextAsync(gateway, "berta", "fast"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_that_goes_beyond_the_megabytes_is_given_and_those_after_it_wait()
    {
        await using var gateway = await StartAsync(new() { MegabytesPerMinute = 1 }, static wish => wish with { Platform = wish.Platform with { Vms = 2_000 } });
        const string All = """{"operation":"GetVms","fields":"*","limit":1}""";

        Assert.False((await CallAsync(gateway, "anna", "vms_query", All)).IsError);
        var second = (await CallAsync(gateway, "anna", "vms_query", All)).Text;

        Assert.Matches("The limit is 1 megabytes a minute. Try again in [0-9]+ s.", second);
        Assert.False((await CallAsync(gateway, "berta", "vms_query", All)).IsError);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.False((await CallAsync(gateway, "anna", "vms_query", All)).IsError);
    }

    [Fact]
    public async Task Dangerous_calls_have_an_hour_and_a_count_for_each_backend()
    {
        await using var gateway = await StartAsync(new() { DangerousPerHour = 1 }, static wish => wish with { Backends = 2 });
        var vms = gateway.Platforms.Select(static xo => xo.World.Read(() => xo.World["vms"].All.First()["id"]!.GetValue<string>())).ToList();
        Task<string> DeleteAsync(int number) => DeleteTextAsync(gateway, $"xo{number}", vms[number - 1]);

        Assert.Contains("## Confirmation Required", await DeleteAsync(1), StringComparison.Ordinal);
        Assert.Contains("The limit is 1 dangerous calls an hour. Try again in 3600 s.", await DeleteAsync(1), StringComparison.Ordinal);
        Assert.Contains("## Confirmation Required", await DeleteAsync(2), StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task No_changes_at_all_are_a_limit_too()
    {
        await using var gateway = await StartAsync(new() { WritesPerMinute = 0 });
        var vm = gateway.Xo.World.Read(() => gateway.Xo.World["vms"].All.First()["id"]!.GetValue<string>());

        var text = (await CallAsync(gateway, "anna", "vms_action", $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""")).Text;

        Assert.Contains("The limit is no writes at all.", text, StringComparison.Ordinal);
        await DoneAsync(gateway, "anna", 3);
    }

    [Fact]
    public async Task Scripts_a_minute_are_counted_when_they_begin()
    {
        await using var gateway = await StartAsync(new() { CodeRunsPerMinute = 1 }, static wish => wish with { Surfaces = [Surface.Code] });

        Assert.Equal("1", (await gateway.RunAsync("return 1")).Result);
        var second = await gateway.RunAsync("return 1");

        Assert.Equal("limits", second.ErrorCode);
        Assert.Contains("The limit is 1 scripts a minute. Try again in 60 s.", second.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_waits_for_consent_keeps_its_place_and_gives_it_back_in_the_end()
    {
        await using var gateway = await StartAsync(new() { CodeRunsAtOnce = 1 }, static wish => wish with { Surfaces = [Surface.Code], Time = TimeProvider.System });
        var vm = gateway.Xo.World.Read(() => gateway.Xo.World["vms"].All.First(static item => item["power_state"]!.GetValue<string>() == "Halted")["id"]!.GetValue<string>());

        var paused = await gateway.RunAsync($"await api.StartVm({{ id: '{vm}' }}); return 1");
        var second = await gateway.RunAsync("return 1");
        var resumed = await gateway.ResumeAsync(paused);

        Assert.Contains("The limit is 1 scripts at once. Try again when one of yours has ended.", second.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("1", resumed.Result);
        Assert.Equal("1", (await gateway.RunAsync("return 1")).Result);
    }

    [Fact]
    public async Task Those_idle_for_longest_are_forgotten_first()
    {
        var counter = new MemoryRateCounter(_time);
        var limit = RateLimit.PerHour(1);
        for (var number = 0; number < 10_002; number++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Null(await counter.TakeAsync($"caller {number}", limit, 1, TestContext.Current.CancellationToken));
        }

        Assert.NotNull(await counter.TakeAsync("caller 10001", limit, 1, TestContext.Current.CancellationToken));
    }

    private Task<GatewayUnderTest> StartAsync(LimitSettings limits, Func<GatewayWish, GatewayWish>? wish = null)
    {
        var usual = GatewayWish.Acting with { Limits = limits, Time = _time };
        return GatewayUnderTest.StartAsync(wish?.Invoke(usual) ?? usual);
    }

    private static async Task DoneAsync(GatewayUnderTest gateway, string caller, int times, string role = "admin")
    {
        for (var time = 0; time < times; time++)
        {
            var result = await CallAsync(gateway, caller, "pools_query", Look, role);
            Assert.False(result.IsError, result.Text);
        }
    }

    private static async Task<string> TextAsync(GatewayUnderTest gateway, string caller, string role = "admin") => (await CallAsync(gateway, caller, "pools_query", Look, role)).Text;

    private static async Task<string> DeleteTextAsync(GatewayUnderTest gateway, string backend, string vm) =>
        (await CallAsync(gateway, "anna", "vms_action", $$"""{"operation":"DeleteVm","backend":"{{backend}}","id":"{{vm}}"}""")).Text;

    private static async Task<Hypergate.Tools.ToolResult> CallAsync(GatewayUnderTest gateway, string caller, string tool, string arguments, string role = "admin") =>
        (await gateway.CallAsAsync(new Caller(caller, [role]), tool, arguments, null))!;
}
