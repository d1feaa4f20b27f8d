using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.Audit;

/// <summary>Suite S21: what cannot be recorded is not done, and looking goes on.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed class UnwritableAuditTests
{
    [Fact]
    public async Task Without_room_for_a_record_nothing_is_changed_and_reads_go_on()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var call = $$"""{"operation":"PutVmTag","id":"{{await gateway.VmAsync("Halted")}}","tag":"one"}""";
        var token = GatewayUnderTest.Token((await gateway.DoneAsync("vms_action", call)).Text);

        // Root writes everywhere, so the folder is put out of the way by a file of its name.
        Directory.Delete(gateway.AuditFolder, recursive: true);
        await File.WriteAllTextAsync(gateway.AuditFolder, "", TestContext.Current.CancellationToken);
        var refused = await gateway.CallAsync("vms_action", GatewayUnderTest.WithToken(call, token));
        var read = await gateway.CallAsync("vms_query", """{"operation":"GetVms","fields":"id"}""");

        Assert.Contains("what cannot be recorded is not done", refused.Text, StringComparison.Ordinal);
        Assert.False(read.IsError);
        Assert.Empty(gateway.Changes);
        File.Delete(gateway.AuditFolder);
    }

    [Fact]
    public async Task The_record_of_a_change_names_roles_objects_and_who_agreed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        await gateway.ConfirmedAsync("vms_action", $$"""{"operation":"PutVmTag","id":"{{await gateway.VmAsync("Halted")}}","tag":"one"}""");

        var last = (await File.ReadAllLinesAsync(Directory.EnumerateFiles(gateway.AuditFolder, "*.jsonl").Single(), TestContext.Current.CancellationToken))
            .Last(static line => line.Contains("\"phase\":\"end\"", StringComparison.Ordinal));

        Assert.Contains("\"roles\":[\"admin\"]", last, StringComparison.Ordinal);
        Assert.Contains("\"objects\":[\"VM '", last, StringComparison.Ordinal);
        Assert.Contains("\"consent\":\"token (self-asserted)\"", last, StringComparison.Ordinal);
    }
}
