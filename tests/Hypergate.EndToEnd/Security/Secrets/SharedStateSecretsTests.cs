namespace Hypergate.EndToEnd.Security.Secrets;

/// <summary>Suite S14 for what replicas share and for flows of OAuth: four secrets on five ways out, in every form.</summary>
[Trait("Suite", "S14")]
[Trait("Rule", "R-SECRET")]
[Trait("Aisvs", "10.2.3")]
[Trait("Mcp", "MCP01")]
public sealed class SharedStateSecretsTests(SharedStateSecrets world) : IClassFixture<SharedStateSecrets>
{
    public static TheoryData<string, string> Cases => [.. SharedStateSecrets.Names.SelectMany(static name => SharedStateSecrets.Groups.Select(group => (name, group)))];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(20, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_secret_leaves_by_no_way(string name, string group) =>
        Canaries.AssertAbsent(world.Secret(name), world.Sink(group), $"The {name} is in {group}");

    /// <summary>Else the cases above would prove nothing.</summary>
    [Fact]
    public void The_secrets_were_used_and_every_way_out_was_taken()
    {
        Assert.Contains($"client_secret={Uri.EscapeDataString(world.Secret("client secret of OAuth"))}", world.OnTheWire, StringComparison.Ordinal);
        Assert.Contains($"Authorization=Bearer {world.Secret("token of the flow")}", world.OnTheWire, StringComparison.Ordinal);
        Assert.Contains("***", world.Sink("answers"), StringComparison.Ordinal);
        Assert.Contains("does not answer", world.Sink("commands and logs"), StringComparison.Ordinal);
        Assert.Contains("\"operation\":\"look\"", world.Sink("audit"), StringComparison.Ordinal);
        Assert.Contains("\"operation\":\"look\"", world.Sink("database and data folder"), StringComparison.Ordinal);
        Assert.Contains("hypergate_calls", world.Sink("metrics"), StringComparison.Ordinal);
    }
}
