using Hypergate.Governance;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.Confirmation;

/// <summary>What settings and other backends can and cannot do to consent.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class PolicyTricksTests
{
    [Fact]
    public async Task A_token_of_one_backend_is_refused_and_spent_on_another()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Backends = 2 });
        var id = gateway.Platforms[0].World["vms"].All.First()["id"]!.GetValue<string>();
        var first = $$"""{"backend":"xo1","operation":"PutVmTag","id":"{{id}}","tag":"one"}""";
        var second = first.Replace("xo1", "xo2", StringComparison.Ordinal);
        var token = GatewayUnderTest.Token((await gateway.DoneAsync("vms_action", first)).Text);

        var onAnother = await gateway.CallAsync("vms_action", GatewayUnderTest.WithToken(second, token));
        var again = await gateway.CallAsync("vms_action", GatewayUnderTest.WithToken(first, token));

        Assert.Contains("given for another call", onAnother.Text, StringComparison.Ordinal);
        Assert.Contains("already used", again.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task Where_a_token_is_not_enough_nothing_dangerous_runs_and_none_is_given()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Policy = new PolicySettings { Confirmation = new() { DangerousByToken = false } } });
        var id = await gateway.VmAsync("Halted");

        var result = await gateway.CallAsync("vms_action", $$"""{"operation":"DeleteVm","id":"{{id}}"}""");

        Assert.True(result.IsError);
        Assert.DoesNotContain("confirm_token: \"", result.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task A_migration_that_destroys_its_source_asks_although_migrations_are_free()
    {
        var free = new PolicySettings { Confirmation = new() { Unconfirmed = ["*"] } };
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Policy = free });
        var vm = await gateway.VmAsync("Running");
        var host = (await gateway.IdsAsync("hosts_query", "GetHosts"))[0];
        var storage = (await gateway.IdsAsync("srs_query", "GetSrs"))[0];

        var result = await gateway.CallAsync("vms_action", $$$"""{"operation":"MigrateVm","id":"{{{vm}}}","body":{"hostId":"{{{host}}}","srId":"{{{storage}}}"}}""");

        Assert.Contains("**Class:** dangerous", result.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task No_setting_frees_what_is_dangerous_or_for_administrators()
    {
        var free = new PolicySettings { Confirmation = new() { Write = ConsentRule.None, Unconfirmed = ["*", "DeleteVm", "CreateGroup"] } };
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Policy = free });
        var vm = await gateway.VmAsync("Halted");

        Assert.Contains("## Confirmation Required", (await gateway.CallAsync("vms_action", $$"""{"operation":"DeleteVm","id":"{{vm}}"}""")).Text, StringComparison.Ordinal);
        Assert.Contains("## Confirmation Required", (await gateway.CallAsync("groups_action", """{"operation":"CreateGroup","body":{"name":"x"}}""")).Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task A_preview_that_cannot_look_still_sends_nothing_without_consent()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Backend = static backend => backend with { Deny = ["GetVm"] } });
        var vm = await gateway.VmAsync("Halted");

        var result = await gateway.CallAsync("vms_action", $$"""{"operation":"StartVm","id":"{{vm}}"}""");

        Assert.Contains("could not be read", result.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task An_asker_that_breaks_is_a_refusal()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var vm = await gateway.VmAsync("Halted");
        var broken = new Conversation(static _ => { }, static (_, _) => throw new InvalidOperationException("the client's form broke"));

        var result = await gateway.CallAsync("vms_action", $$"""{"operation":"StartVm","id":"{{vm}}"}""", broken);

        Assert.True(result.IsError);
        Assert.Contains("Internal error", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("form broke", result.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task Consent_by_token_is_marked_as_the_models_own_word_in_the_audit()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var vm = await gateway.VmAsync("Halted");
        await gateway.ConfirmedAsync("vms_action", $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""");

        var audit = string.Concat(Directory.EnumerateFiles(gateway.AuditFolder, "audit-*.jsonl").Select(File.ReadAllText));

        Assert.Contains("\"consent\":\"token (self-asserted)\"", audit, StringComparison.Ordinal);
    }
}
