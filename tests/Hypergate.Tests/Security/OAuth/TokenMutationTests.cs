using Hypergate.Host.Authentication;

namespace Hypergate.Tests.Security.OAuth;

/// <summary>Suite S5, first part: 24 mutations of a good token. None lets anybody in, and none makes us ask an address that it names.</summary>
[Trait("Suite", "S5")]
[Trait("Rule", "R-OAUTH")]
[Trait("Aisvs", "10.2.2")]
[Trait("Mcp", "MCP07")]
public sealed class TokenMutationTests(TokenWorld world) : IClassFixture<TokenWorld>
{
    private const string Metadata = "resource_metadata=\"https://gateway.example.com/.well-known/oauth-protected-resource/mcp\"";

    public static TheoryData<string> Classes => [.. PayloadFile.Read("oauth-tokens.txt").Select(static row => row[0])];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(24, Classes.Count);

    [Fact]
    public async Task The_token_that_they_are_made_from_is_good() =>
        Assert.IsType<SignIn.Accepted>(await world.CheckAsync(world.Make(["", "RS256", "{}", "{}", "whole"])));

    [Theory]
    [MemberData(nameof(Classes))]
    public async Task A_mutated_token_lets_nobody_in(string name)
    {
        var token = world.Make(PayloadFile.Read("oauth-tokens.txt").Single(row => row[0] == name));

        var refused = Assert.IsType<SignIn.Refused>(await world.CheckAsync(token));

        Assert.Equal(401, refused.Status);
        Assert.Contains("error=\"invalid_token\"", refused.Challenge, StringComparison.Ordinal);
        Assert.Contains(Metadata, refused.Challenge, StringComparison.Ordinal);
        Assert.Equal(0, world.Trapped);
    }
}
