using System.Net;
using System.Text.Json;

namespace Hypergate.EndToEnd.Security.OAuth;

/// <summary>Suites S5 and S6 with the real program, and an issuer of this test's own.</summary>
[Trait("Suite", "S5")]
[Trait("Rule", "R-OAUTH")]
public sealed class OAuthProcessTests(OAuthWorld world) : IClassFixture<OAuthWorld>
{
    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task Clients_learn_without_a_token_who_issues_them(string path)
    {
        using var reply = await world.Program.GetAsync(path);
        using var foreign = await world.Program.GetAsync(path, static headers => headers.Host = "evil.example.com");

        var document = JsonElement.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(OAuthWorld.Resource, document.GetProperty("resource").GetString());
        Assert.Equal(world.Issuer, document.GetProperty("authorization_servers")[0].GetString());
        Assert.Equal("mcp", document.GetProperty("scopes_supported")[0].GetString());
        Assert.Equal("header", document.GetProperty("bearer_methods_supported")[0].GetString());
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Fact]
    public async Task A_token_lets_in_and_never_reaches_the_platform()
    {
        var token = world.Token("mcp");

        var who = await world.AskAsync(("Authorization", $"Bearer {token}"));

        Assert.Equal(HttpStatusCode.OK, who.Status);
        Assert.Contains($"oauth:anna@{world.Issuer}", who.Body, StringComparison.Ordinal);
        Assert.Contains("viewer", who.Body, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(world.Folder.Data, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(token.Split('.')[2], File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_or_with_a_bad_one_the_challenge_leads_to_the_issuer()
    {
        var none = await world.AskAsync();
        var bad = await world.AskAsync(("Authorization", $"Bearer {world.Token("mcp")}x"));
        var few = await world.AskAsync(("Authorization", $"Bearer {world.Token("openid")}"));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (none.Status, bad.Status, few.Status));
        Assert.All([none, bad, few], static reply => Assert.Contains(OAuthWorld.Metadata, reply.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("error=", none.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_token\"", bad.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("error=\"insufficient_scope\", resource_metadata", few.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("scope=\"mcp\"", few.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_credentials_are_refused_and_none_counts_in_the_address()
    {
        var two = await world.AskAsync(("Authorization", $"Bearer {world.Token("mcp")}"), ("X-API-Key", OAuthWorld.EnvironmentKey));
        using var query = await world.Program.GetAsync($"/mcp?access_token={world.Token("mcp")}");
        var key = await world.AskAsync(("X-API-Key", OAuthWorld.EnvironmentKey));

        Assert.Equal(HttpStatusCode.BadRequest, two.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, query.StatusCode);
        Assert.Equal(HttpStatusCode.OK, key.Status);
    }
}
