using Hypergate.Governance.Changes;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Governance.Changes;

[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
public sealed class FreezeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_freeze_stops_changes_at_once_and_reads_go_on()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var call = await CallAsync(gateway);
        await OrderAsync(gateway, Freeze.Everything);

        var refused = await gateway.CallAsync("vms_action", call);
        var read = await gateway.CallAsync("vms_query", """{"operation":"GetVms","fields":"id"}""");
        await gateway.Gateway.Parts.State.Freezes.LiftAsync(null, Token);
        var allowed = await gateway.CallAsync("vms_action", call);

        Assert.Contains("Changes are frozen (all: incident", refused.Text, StringComparison.Ordinal);
        Assert.False(read.IsError);
        Assert.Contains("## Confirmation Required", allowed.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task A_freeze_between_question_and_answer_stops_the_call()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);

        var result = await gateway.CallAsync("vms_action", await CallAsync(gateway), new Conversation(static _ => { }, async (question, _) =>
        {
            await OrderAsync(gateway, Freeze.Everything);
            return new Answer(true, question.Seal, "test");
        }));

        Assert.Contains("Changes are frozen", result.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task A_freeze_of_a_tag_or_pool_is_for_its_objects_alone()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var (frozen, free) = (await gateway.VmAsync("Halted"), await gateway.VmAsync("Running"));
        gateway.Xo.World.Write(() =>
        {
            gateway.Xo.World["vms"].Change(frozen, static vm => vm["tags"] = new System.Text.Json.Nodes.JsonArray("prod-1"));
            gateway.Xo.World["vms"].Change(free, static vm => vm["tags"] = new System.Text.Json.Nodes.JsonArray());
            return true;
        });
        await OrderAsync(gateway, "tag:prod-*");

        Assert.Contains("Changes are frozen", (await gateway.CallAsync("vms_action", Tag(frozen))).Text, StringComparison.Ordinal);
        Assert.Contains("## Confirmation Required", (await gateway.CallAsync("vms_action", Tag(free))).Text, StringComparison.Ordinal);

        var pool = gateway.Xo.World["pools"].All.First(pool => pool["id"]!.GetValue<string>() == gateway.Xo.World["vms"].Find(free)!["$pool"]!.GetValue<string>());
        await OrderAsync(gateway, $"pool:{pool["name_label"]!.GetValue<string>()}");
        Assert.Contains("Changes are frozen", (await gateway.CallAsync("vms_action", Tag(free))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_freeze_of_a_pool_is_for_what_comes_there_and_not_for_what_is_made_elsewhere()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var vm = await gateway.VmAsync("Running");
        var own = gateway.Xo.World["vms"].Find(vm)!["$pool"]!.GetValue<string>();
        string Other(string family) => gateway.Xo.World[family].All.First(one => one["$pool"]!.GetValue<string>() != own)["id"]!.GetValue<string>();
        string Own(string family) => gateway.Xo.World[family].All.First(one => one["$pool"]!.GetValue<string>() == own)["id"]!.GetValue<string>();
        string Disk(string storage) => $$$"""{"operation":"CreateVdi","body":{"srId":"{{{storage}}}","name_label":"d","virtual_size":1048576}}""";
        var there = gateway.Xo.World["hosts"].Find(Other("hosts"))!["$pool"]!.GetValue<string>();
        await OrderAsync(gateway, $"pool:{there}");

        var moved = await gateway.CallAsync("vms_action", $$$"""{"operation":"MigrateVm","id":"{{{vm}}}","body":{"hostId":"{{{Other("hosts")}}}"}}""");
        var made = await gateway.CallAsync("vdis_action", Disk(Own("srs")));
        await OrderAsync(gateway, $"pool:{own}");
        var frozen = await gateway.CallAsync("vdis_action", Disk(Own("srs")));

        Assert.Contains("Changes are frozen", moved.Text, StringComparison.Ordinal);
        Assert.Contains("## Confirmation Required", made.Text, StringComparison.Ordinal);
        Assert.Contains("Changes are frozen", frozen.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task A_freeze_that_cannot_be_read_stops_changes_and_one_that_has_ended_does_not()
    {
        var time = new ManualTime();
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Time = time });
        var call = await CallAsync(gateway);
        await gateway.Gateway.Parts.State.Freezes.OrderAsync(new Freeze(Freeze.Everything, "incident", "me", time.GetUtcNow(), time.GetUtcNow().AddHours(1)), Token);

        Assert.Contains("Changes are frozen", (await gateway.CallAsync("vms_action", call)).Text, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromHours(2));
        Assert.Contains("## Confirmation Required", (await gateway.CallAsync("vms_action", call)).Text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(gateway.AuditFolder)!, "state", "freeze.json"), "broken", Token);
        Assert.Contains("cannot be found out", (await gateway.CallAsync("vms_action", call)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_run_in_their_window_and_not_in_a_freeze_of_the_settings()
    {
        var time = new ManualTime();
        var now = time.GetUtcNow();
        WindowSettings At(DateTimeOffset start) => new() { Name = "nights", Cron = $"{start.Minute} {start.Hour} * * *", Minutes = 60 };
        var changes = new ChangeSettings { Windows = [At(now.AddHours(2))], Freezes = [At(now.AddHours(2).AddMinutes(30)) with { Name = "closing" }] };
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Time = time, Changes = changes });
        var call = await CallAsync(gateway);

        Assert.Contains("in a window only: 'nights', which opens next at", (await gateway.CallAsync("vms_action", call)).Text, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(121));
        Assert.Contains("## Confirmation Required", (await gateway.CallAsync("vms_action", call)).Text, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Contains("frozen by 'closing'", (await gateway.CallAsync("vms_action", call)).Text, StringComparison.Ordinal);
    }

    private static string Tag(string vm) => $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""";

    private static async Task<string> CallAsync(GatewayUnderTest gateway) => Tag(await gateway.VmAsync("Halted"));

    private static Task OrderAsync(GatewayUnderTest gateway, string scope) =>
        gateway.Gateway.Parts.State.Freezes.OrderAsync(new Freeze(scope, "incident", "me", gateway.Time.GetUtcNow(), null), Token);
}
