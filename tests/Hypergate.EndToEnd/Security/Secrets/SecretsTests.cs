namespace Hypergate.EndToEnd.Security.Secrets;

/// <summary>Ten secrets in four groups of sinks, after everything went right and wrong that can: none is there, in any form.</summary>
[Trait("Suite", "S14")]
[Trait("Rule", "R-SECRET")]
[Trait("Aisvs", "10.2.3")]
[Trait("Mcp", "MCP01")]
public sealed class SecretsTests(SecretSinks sinks) : IClassFixture<SecretSinks>
{
    public static TheoryData<string, string> Cases => [.. Canaries.Names.SelectMany(static canary => SecretSinks.Groups.Select(group => (canary, group)))];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(40, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_secret_is_in_no_sink(string canary, string group) =>
        Canaries.AssertAbsent(sinks.Canaries[canary], sinks[group], $"The {canary} is in {group}");

    /// <summary>Else the cases above would prove nothing: every sink was written to, and the secrets were really used.</summary>
    [Fact]
    public void The_secrets_were_used_and_the_sinks_hold_something()
    {
        Assert.All(SecretSinks.Groups, group => Assert.True(sinks[group].Length > 500, group));
        foreach (var sent in (string[])["token", "refused token", "token in a file"])
        {
            Assert.Contains(sinks.Canaries[sent], sinks.OnTheWire, StringComparison.Ordinal);
        }

        foreach (var sent in (string[])["new user's password", "server's password", "repository's password"])
        {
            Assert.Contains(SecurityWorld.Quoted(sinks.Canaries[sent])[1..^1].Replace("\\u0022", "\\u0022", StringComparison.Ordinal), sinks.OnTheWire.Replace("\\\"", "\\u0022", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Contains("\"operation\":\"CreateUser\"", sinks["audit"], StringComparison.Ordinal);
        Assert.Contains("[REDACTED]", sinks["audit"], StringComparison.Ordinal);
        Assert.Contains("successful", sinks["health, caches and listings"], StringComparison.Ordinal);
        Assert.Contains("Connection test failed", sinks["health, caches and listings"], StringComparison.Ordinal);
        Assert.Contains("Fatal error", sinks["logs and crash texts"], StringComparison.Ordinal);
    }
}
