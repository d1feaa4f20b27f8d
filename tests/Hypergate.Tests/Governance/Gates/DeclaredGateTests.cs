using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Gates;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Governance.Gates;

/// <summary>Gates that settings describe, before and behind the calls of a whole gateway.</summary>
public sealed class DeclaredGateTests
{
    [Fact]
    public async Task A_gate_that_denies_names_itself_and_nothing_is_sent()
    {
        await using var gateway = await StartAsync(new GateSettings { Name = "no-tags", When = For("PutVmTag"), Before = new() { Deny = "Tags are frozen." } });

        var answer = await gateway.CallAsync("call_operation", await TagAsync(gateway, "x"));

        Assert.True(answer.IsError);
        Assert.Contains("The gate 'no-tags' refuses PutVmTag: Tags are frozen. Nothing was sent.", answer.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
        Assert.Contains("\"gate.changed\"", Audit(gateway), StringComparison.Ordinal);
        Assert.Contains("refused: no-tags", Audit(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_sets_is_shown_to_the_person_and_sent_and_recorded()
    {
        await using var gateway = await StartAsync(new GateSettings { Name = "own", When = For("PutVmTag"), Before = new() { Set = Values("args.tag", "\"by-assistant\"") } });

        var arguments = await TagAsync(gateway, "mine");
        var preview = await gateway.DoneAsync("call_operation", arguments);
        var done = await gateway.CallAsync("call_operation", GatewayUnderTest.WithToken(arguments, GatewayUnderTest.Token(preview.Text)));

        Assert.Contains("by-assistant", preview.Text, StringComparison.Ordinal);
        Assert.False(done.IsError, done.Text);
        Assert.EndsWith("/tags/by-assistant", Assert.Single(gateway.Changes), StringComparison.Ordinal);
        var record = Audit(gateway).Split('\n').First(static line => line.Contains("changed: own", StringComparison.Ordinal));
        Assert.Contains("\"mine\"", record, StringComparison.Ordinal);
        Assert.Contains("\"by-assistant\"", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shadow_only_records()
    {
        await using var gateway = await StartAsync(
            new GateSettings { Name = "deny", Shadow = true, When = For("GetVms"), Before = new() { Deny = "no" } },
            new GateSettings { Name = "mask", Shadow = true, When = For("GetVms"), After = new() { Redact = ["$..name_label"] } });

        var answer = await gateway.DoneAsync("call_operation", """{"operation":"GetVms","arguments":{"limit":2,"fields":"name_label"}}""");

        Assert.DoesNotContain("[REDACTED]", answer.Text, StringComparison.Ordinal);
        Assert.Contains("would have refused: deny", Audit(gateway), StringComparison.Ordinal);
        Assert.Contains("would have changed: mask", Audit(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_redacted_and_the_audit_tells_sizes_not_values()
    {
        await using var gateway = await StartAsync(new GateSettings { Name = "names", When = For("GetVms"), After = new() { Redact = ["$[*].name_label"] } });

        var answer = await gateway.DoneAsync("call_operation", """{"operation":"GetVms","arguments":{"limit":2,"fields":"name_label"}}""");

        Assert.Contains("[REDACTED]", answer.Text, StringComparison.Ordinal);
        Assert.Contains("bytes_after", Audit(gateway), StringComparison.Ordinal);
        Assert.DoesNotContain("[REDACTED]", Audit(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_may_be_wanted_where_nobody_else_wants_it_and_never_less()
    {
        await using var gateway = await StartAsync(
            new GateSettings { Name = "four-eyes", When = For("PutVmTag"), Before = new() { Confirm = ConsentRule.Approve } },
            new GateSettings { Name = "lax", When = For("PutVmTag"), Before = new() { Confirm = ConsentRule.None } });

        var answer = await gateway.CallAsync("call_operation", await TagAsync(gateway, "x"));

        Assert.Contains("approv", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task Only_calls_that_fit_are_counted_and_refused()
    {
        await using var gateway = await StartAsync(new GateSettings { Name = "few", When = For("GetHosts"), Before = new() { Limit = new() { Count = 1 } } });

        await gateway.DoneAsync("call_operation", """{"operation":"GetHosts","arguments":{}}""");
        await gateway.DoneAsync("call_operation", """{"operation":"GetVms","arguments":{"limit":1}}""");
        var second = await gateway.CallAsync("call_operation", """{"operation":"GetHosts","arguments":{}}""");

        Assert.Contains("at most 1 such calls in 1h", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_hours_are_those_of_the_gateways_own_time_zone_as_in_roles()
    {
        var time = new ManualTime { Zone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(9), "east", "east") };
        RuleSettings At(string hour) => For("GetHosts") with { Where = new Dictionary<string, ConditionSettings>(StringComparer.Ordinal) { ["time.hour"] = new() { EqualTo = hour } } };
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with
        {
            Time = time,
            Surfaces = [Surface.Search],
            Gates = [new() { Name = "here", When = At("9"), Before = new() { Deny = "Not at nine." } }, new() { Name = "elsewhere", When = At("0"), Before = new() { Deny = "Not at midnight." } }],
        });

        var refused = await gateway.CallAsync("call_operation", """{"operation":"GetHosts","arguments":{}}""");

        Assert.Contains("Not at nine.", refused.Text, StringComparison.Ordinal);
    }

    private static Task<GatewayUnderTest> StartAsync(params GateSettings[] gates) =>
        GatewayUnderTest.StartAsync(GatewayWish.Acting with { Surfaces = [Surface.Search, Surface.Domains], Gates = gates });

    private static RuleSettings For(string operation) => new() { Operations = [operation] };

    private static Dictionary<string, JsonElement> Values(string path, string json) => new(StringComparer.Ordinal) { [path] = JsonElement.Parse(json) };

    private static async Task<string> TagAsync(GatewayUnderTest gateway, string tag) =>
        $$$"""{"operation":"PutVmTag","arguments":{"id":"{{{await gateway.VmAsync("Running")}}}","tag":"{{{tag}}}"}}""";

    private static string Audit(GatewayUnderTest gateway) => string.Concat(Directory.EnumerateFiles(gateway.AuditFolder, "*.jsonl").Select(static path =>
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }));
}
