using System.Text.Json;
using Hypergate.Governance;
using Hypergate.Model;
using Hypergate.Simulator.Faults;
using Hypergate.Tests.Host;
using Hypergate.Tests.Tools.Code;

namespace Hypergate.Tests.Security.Sandbox;

/// <summary>What a run may do at most, and what is told of it however it ends.</summary>
public sealed class RunBoundsTests
{
    private static GatewayWish Unasked { get; } = CodeGateway.Wish with { Policy = new PolicySettings { Confirmation = new() { Write = ConsentRule.None } } };

    [Fact]
    [Trait("case", "call_flood_parallel")]
    public async Task Fifty_calls_at_once_reach_the_platform_eight_at_a_time()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish);
        gateway.Xo.Requests.Clear();
        gateway.Xo.Faults.Add(new Fault { Path = "/vms/*", Hang = true });

        var run = gateway.RunAsync("const calls = []; for (let i = 0; i < 50; i++) calls.push(api.GetVm({ id: 'vm' + i })); await Promise.all(calls)", ",\"timeout_seconds\":3");
        var answer = await run;

        Assert.Equal("timeout", answer.ErrorCode);
        Assert.Equal(8, gateway.Xo.Requests.All.Count(static request => request.Target.Contains("/vms/vm", StringComparison.Ordinal)));
    }

    [Theory]
    [Trait("case", "worker_dies_mid_call")]
    [InlineData("[].indexOf.call({ length: 2 ** 53 - 1 }, 1)", "timeout")]
    [InlineData("for (;;);", "cpu_limit")]
    public async Task Writes_are_told_exactly_when_the_worker_dies_beneath_them(string end, string code)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Unasked);
        var id = (await gateway.RunAsync("return (await api.GetVms({ limit: 1 }))[0].id")).GetProperty("result").GetString();
        gateway.Xo.Faults.Add(new Fault { Path = "/vms/*/tags/late", Delay = TimeSpan.FromMilliseconds(300) });
        gateway.Xo.Faults.Add(new Fault { Path = "/vms/*/tags/lost", Hang = true });

        var answer = await gateway.RunAsync($"const id = '{id}'; await api.PutVmTag({{ id, tag: 'done' }}); api.PutVmTag({{ id, tag: 'late' }}); api.PutVmTag({{ id, tag: 'lost' }}); await hypergate.pause(50); {end}");

        Assert.Equal(code, answer.ErrorCode);
        Assert.Equal(["done", "late"], Tags(answer, "completed_writes"));
        Assert.Equal(["lost"], Tags(answer, "uncertain_writes"));
        Assert.Contains("UNCERTAIN", answer.GetProperty("calls").ToString(), StringComparison.Ordinal);
        Assert.Equal("1", (await gateway.RunAsync("return 1")).Result);
    }

    [Fact]
    [Trait("case", "consent_expired")]
    public async Task What_nobody_agrees_to_in_five_minutes_is_never_sent()
    {
        var time = new LapsingTime(TimeSpan.FromMinutes(5));
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Time = time });
        var paused = await gateway.RunAsync("const vm = (await api.GetVms({ limit: 1 }))[0]; try { await api.PutVmTag({ id: vm.id, tag: 'x' }) } catch (e) {} await api.PutVmTag({ id: vm.id, tag: 'y' })");

        time.Lapse();
        var late = await gateway.ResumeAsync(paused);

        Assert.Equal("run_gone", late.ErrorCode);
        Assert.Contains("consent_expired", late.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task Whoever_comes_back_as_the_five_minutes_end_is_told_that_they_are_over_and_the_caller_keeps_all_places()
    {
        var time = new LapsingTime(TimeSpan.FromMinutes(5));
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Time = time });
        for (var round = 0; round < 12; round++)
        {
            var paused = await gateway.RunAsync("const vm = (await api.GetVms({ limit: 1 }))[0]; await api.PutVmTag({ id: vm.id, tag: 'x' })");
            var end = Task.Run(time.Lapse, TestContext.Current.CancellationToken);
            var late = await gateway.ResumeAsync(paused);
            await end;

            Assert.True(late.ErrorCode == "run_gone" ? late.GetRawText().Contains("consent_expired", StringComparison.Ordinal) : late.ErrorCode is null, late.GetRawText());
        }

        Assert.Equal("1", (await gateway.RunAsync("return 1")).Result);
    }

    [Fact]
    [Trait("case", "unpermitted_operation_through_another_backend")]
    public async Task A_backend_whose_operation_is_denied_is_not_reached_through_one_where_it_is_not()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Backends = 2, Backend = static backend => backend.Name == "xo2" ? backend with { Deny = ["PutVmTag"] } : backend });
        foreach (var call in (string[])["api.xo2.PutVmTag", "api.xo1.xo2.PutVmTag", "api['xo1:xo2.PutVmTag']", "api.xo1['xo2_PutVmTag']", "api['xo1.xo2:PutVmTag']", "api.xo2.xo1.PutVmTag"])
        {
            Assert.Equal("unknown_operation", (await gateway.RunAsync($"await {call}({{ id: 'x', tag: 'y' }})")).ErrorCode);
        }

        Assert.Empty(gateway.Changes);
    }

    [Fact]
    [Trait("case", "unicode_identifiers_and_bidi_in_code")]
    public async Task Hidden_characters_of_a_script_do_not_come_back_in_its_errors()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

        var named = await gateway.RunAsync("const \u00fcber = 1; throw new Error('a\u202eb\u200bc\u001b[31md ' + \u00fcber) // \u202e\u2066 hidden");
        var syntax = await gateway.RunAsync("const \u202ex = 1");
        var thrown = await gateway.RunAsync("console.log('x\u202ey\u200bz'); return 1");

        Assert.Equal("script_error", named.ErrorCode);
        Assert.Equal("syntax_error", syntax.ErrorCode);
        foreach (var answer in (JsonElement[])[named, syntax, thrown])
        {
            Assert.DoesNotContain(answer.GetRawText(), static character => character is '\u202e' or '\u200b' or '\u2066' or '\u001b');
            Assert.DoesNotContain("\\u202e", answer.GetRawText(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    [Trait("case", "error_text_from_backend_with_markup")]
    public async Task What_a_platform_says_in_an_error_is_cleaned_and_scrubbed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish);
        gateway.Xo.Faults.Add(new Fault { Path = "/vms/*", Status = 500, Body = JsonSerializer.Serialize(new { error = $"bad\u202e\u001b[31m<script>\u200b token {gateway.Xo.Token}" }) });

        var answer = await gateway.RunAsync("try { await api.GetVm({ id: 'x' }) } catch (e) { console.log(e.message); return [e.message, e.code] }");

        Assert.Contains("\"internal\"", answer.Result, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Xo.Token, answer.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(answer.GetRawText(), static character => character is '\u202e' or '\u200b' or '\u001b');
        Assert.DoesNotContain("\\u202e", answer.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    private static List<string> Tags(JsonElement answer, string list) =>
        [.. answer.GetProperty(list).EnumerateArray().Select(static write => write.GetProperty("args").GetProperty("tag").GetString()!)];
}
