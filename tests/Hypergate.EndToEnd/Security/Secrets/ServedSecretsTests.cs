namespace Hypergate.EndToEnd.Security.Secrets;

/// <summary>Suite S14 for a gateway of a team: sixteen secrets of platforms, clients and the gateway itself on five ways out, in every form.</summary>
[Trait("Suite", "S14")]
[Trait("Rule", "R-SECRET")]
[Trait("Aisvs", "10.2.3")]
[Trait("Mcp", "MCP01")]
public sealed class ServedSecretsTests(ServedSecrets world) : IClassFixture<ServedSecrets>
{
    public static TheoryData<string, string> Cases => [.. ServedSecrets.Names.SelectMany(static name => ServedSecrets.Groups.Select(group => (name, group)))];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(80, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_secret_leaves_by_no_way(string name, string group) =>
        Canaries.AssertAbsent(world.Secret(name), world.Sink(group), $"The {name} is in {group}");

    /// <summary>Else the cases above would prove nothing.</summary>
    [Fact]
    public void The_secrets_were_used_and_every_way_out_was_taken()
    {
        foreach (var name in (string[])["token of Xen Orchestra", "token of a key", "Proxmox token secret", "Proxmox ticket", "Proxmox CSRF token", "PXCloud token", "credential of a DADL file", "telemetry header"])
        {
            Assert.Contains(world.Secret(name), world.OnTheWire, StringComparison.Ordinal);
        }

        Assert.Contains(Uri.EscapeDataString(world.Secret("key of an API")), world.OnTheWire, StringComparison.Ordinal);
        Assert.Contains("hypergate_calls", world.Sink("traces and metrics"), StringComparison.Ordinal);
        Assert.Contains("call GetVms", world.Sink("traces and metrics"), StringComparison.Ordinal);
        Assert.Contains("\"operation\":\"DeleteVm\"", world.Sink("audit and its exports"), StringComparison.Ordinal);
        Assert.Contains("DeleteVm", world.Sink("approvals and webhooks"), StringComparison.Ordinal);
        Assert.Contains("***", world.Sink("answers and error pages"), StringComparison.Ordinal);
        Assert.Contains("does not hold the private key", world.Sink("commands and logs"), StringComparison.Ordinal);
    }
}
