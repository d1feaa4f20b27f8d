using System.Text.Json.Nodes;
using Hypergate.Host.Authentication;
using Hypergate.Host.Authentication.OAuth;
using Hypergate.Host.Settings;
using Hypergate.Tests.Backends.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Security.OAuth;

/// <summary>Suite S5: which tokens let somebody in.</summary>
[Trait("Suite", "S5")]
[Trait("Rule", "R-OAUTH")]
public sealed class TokenTests : IAsyncDisposable
{
    private const string Resource = "https://gateway.example.com/mcp";
    private static readonly SettingsSources NoSources = new() { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = "/", Home = "/" };

    private readonly TestIssuer _issuer = new();
    private readonly LoopbackServer _server;
    private readonly OAuthSettings _settings;
    private readonly OAuthSignIn _signIn = new(NoSources, TimeProvider.System, NullLogger<OAuthSignIn>.Instance);

    public TokenTests()
    {
        _server = LoopbackServer.Answering((request, _) => request.Target switch
        {
            "/keys" => LoopbackServer.Reply(200, _issuer.Set().ToJsonString(), "Content-Type: application/json"),
            "/.well-known/openid-configuration" => LoopbackServer.Reply(200, new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"{Issuer}/keys" }.ToJsonString(), "Content-Type: application/json"),
            _ => LoopbackServer.Reply(404, "{}"),
        });
        _settings = new()
        {
            Resource = new Uri(Resource),
            Issuers = [new() { Issuer = Issuer, DangerouslyAllowLoopback = true }],
            RoleClaim = "realm.roles",
            Roles = new Dictionary<string, string>(StringComparer.Ordinal) { ["ops"] = "operator", ["look"] = "viewer" },
            Scopes = ["mcp"],
        };
    }

    private string Issuer => _server.Address.ToString().TrimEnd('/');

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _issuer.Dispose();
    }

    [Theory]
    [InlineData("RS256", "r1")]
    [InlineData("RS384", "r1")]
    [InlineData("RS512", "r1")]
    [InlineData("PS256", "r1")]
    [InlineData("PS384", null)]
    [InlineData("PS512", "r1")]
    [InlineData("ES256", "e1")]
    [InlineData("ES256", null)]
    [InlineData("ES512", "e2")]
    public async Task A_good_token_lets_its_subject_in_with_the_roles_of_its_claim(string algorithm, string? key)
    {
        var result = await CheckAsync(_issuer.Token(Claims(), algorithm, key));

        var caller = Assert.IsType<SignIn.Accepted>(result).Caller;
        Assert.Equal($"oauth:anna@{Issuer}", caller.Name);
        Assert.Equal(["operator"], caller.Roles);
        Assert.True(_signIn.IsStillValid(caller, _settings));
        Assert.False(_signIn.IsStillValid(caller, null));
    }

    [Fact]
    public async Task Who_came_in_with_roles_that_settings_no_longer_give_is_not_here_any_more()
    {
        var caller = Assert.IsType<SignIn.Accepted>(await CheckAsync(_issuer.Token(Claims()))).Caller;

        Assert.True(_signIn.IsStillValid(caller, _settings with { Scopes = ["other"] }));
        Assert.False(_signIn.IsStillValid(caller, _settings with { Roles = new Dictionary<string, string>(StringComparer.Ordinal) { ["ops"] = "viewer" } }));
        Assert.False(_signIn.IsStillValid(caller with { Roles = ["admin"] }, _settings));
    }

    [Theory]
    [InlineData("iss", "\"https://evil.example.com\"")]
    [InlineData("iss", null)]
    [InlineData("aud", "\"https://other.example.com/mcp\"")]
    [InlineData("aud", "\"https://gateway.example.com/mcp/\"")]
    [InlineData("aud", "[]")]
    [InlineData("aud", null)]
    [InlineData("exp", "1000")]
    [InlineData("exp", "\"never\"")]
    [InlineData("exp", null)]
    [InlineData("exp", "1e300")]
    [InlineData("nbf", "99999999999")]
    [InlineData("nbf", "\"now\"")]
    [InlineData("iat", "99999999999")]
    [InlineData("resource", "\"https://other.example.com/mcp\"")]
    [InlineData("sub", null)]
    [InlineData("sub", "\"\"")]
    [InlineData("sub", "\"a\\nb\"")]
    [InlineData("sub", "7")]
    public async Task A_token_with_a_wrong_claim_is_refused(string claim, string? value)
    {
        var claims = Claims();
        claims[claim] = value is null ? null : JsonNode.Parse(value);
        if (value is null)
        {
            claims.Remove(claim);
        }

        await RefusedAsync(_issuer.Token(claims));
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(-61)]
    public async Task An_hour_or_a_minute_of_skew_is_too_much(int seconds)
    {
        var claims = Claims();
        claims["exp"] = Now + seconds;

        await RefusedAsync(_issuer.Token(claims));
    }

    [Fact]
    public async Task A_few_seconds_of_skew_are_not()
    {
        var claims = Claims();
        (claims["exp"], claims["nbf"]) = (Now - 20, Now + 20);

        Assert.IsType<SignIn.Accepted>(await CheckAsync(_issuer.Token(claims)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS1")]
    [InlineData("ES256K")]
    [InlineData("EdDSA")]
    public async Task No_other_algorithm_counts(string algorithm)
    {
        await RefusedAsync(_issuer.Sign($$"""{"alg":"{{algorithm}}","kid":"r1"}""", Claims().ToJsonString(), algorithm is "HS256" ? "HS256" : "RS256"));
        await RefusedAsync(_issuer.Sign($$"""{"alg":"{{algorithm}}"}""", Claims().ToJsonString(), "nil") + "AAAA");
    }

    [Theory]
    [InlineData("jku", "\"https://evil.example.com/keys\"")]
    [InlineData("x5u", "\"https://evil.example.com/cert\"")]
    [InlineData("jwk", "{\"kty\":\"RSA\"}")]
    [InlineData("x5c", "[]")]
    [InlineData("crit", "[\"b64\"]")]
    [InlineData("zip", "\"DEF\"")]
    [InlineData("typ", "\"logout+jwt\"")]
    [InlineData("typ", "7")]
    [InlineData("kid", "7")]
    [InlineData("kid", "\"../../etc/passwd\"")]
    [InlineData("kid", "\"h1\"")]
    [InlineData("kid", "\"e1\"")]
    public async Task A_header_that_leads_elsewhere_is_refused(string name, string value)
    {
        await RefusedAsync(_issuer.Token(Claims(), header: new JsonObject { [name] = JsonNode.Parse(value) }));
        Assert.All(_server.Requests, static request => Assert.Contains(request.Target, new[] { "/keys", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server" }));
    }

    [Fact]
    public async Task A_token_that_was_touched_is_refused()
    {
        var token = _issuer.Token(Claims());
        var parts = token.Split('.');
        var others = Claims();
        others["sub"] = "root";
        var foreign = _issuer.Token(others).Split('.');

        await RefusedAsync($"{parts[0]}.{foreign[1]}.{parts[2]}");
        await RefusedAsync($"{parts[0]}.{parts[1]}.");
        await RefusedAsync($"{parts[0]}.{parts[1]}.{parts[2]}AAAA");
        await RefusedAsync($"{token}.{parts[2]}");
        await RefusedAsync($"{parts[0]}.{parts[1]}.{parts[2][..^2]}=={parts[2][^2..]}");
        await RefusedAsync(token + new string('A', 20_000));
        await RefusedAsync(_issuer.Sign("""{"alg":"RS256","kid":"r1"}""", Claims().ToJsonString()[..^1] + ",\"sub\":\"root\"}", "RS256"));
        await RefusedAsync(_issuer.Sign("""{"alg":"none","alg":"RS256","kid":"r1"}""", Claims().ToJsonString(), "RS256"));
    }

    [Fact]
    public async Task A_key_of_somebody_else_signs_nothing()
    {
        using var other = new TestIssuer();

        await RefusedAsync(other.Token(Claims()));
        await RefusedAsync(other.Token(Claims(), "ES256", "e1"));
        await RefusedAsync(other.Token(Claims(), "PS256", null));
    }

    [Theory]
    [InlineData("scope", "\"openid\"")]
    [InlineData("scope", "\"mcpx\"")]
    [InlineData("scope", null)]
    [InlineData("realm", "{\"roles\":[\"nobody\"]}")]
    [InlineData("realm", "{\"roles\":{\"ops\":true}}")]
    public async Task Too_few_rights_are_told_with_what_is_needed(string claim, string? value)
    {
        var claims = Claims();
        claims[claim] = value is null ? null : JsonNode.Parse(value);

        var refused = Assert.IsType<SignIn.Refused>(await CheckAsync(_issuer.Token(claims)));

        Assert.Equal(403, refused.Status);
        Assert.Contains("error=\"insufficient_scope\"", refused.Challenge, StringComparison.Ordinal);
        Assert.Contains("scope=\"mcp\"", refused.Challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_fetched_for_a_token_of_an_unknown_issuer()
    {
        var claims = Claims();
        claims["iss"] = $"{Issuer}/other";

        await RefusedAsync(_issuer.Token(claims));

        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Without_the_issuer_nobody_is_told_that_a_token_is_bad()
    {
        var settings = _settings with { Issuers = [new() { Issuer = "http://127.0.0.1:1", DangerouslyAllowLoopback = true }] };
        var claims = Claims();
        claims["iss"] = "http://127.0.0.1:1";

        var refused = Assert.IsType<SignIn.Refused>(await _signIn.CheckAsync(_issuer.Token(claims), settings, TestContext.Current.CancellationToken));

        Assert.Equal(503, refused.Status);
    }

    [Fact]
    public async Task An_issuer_on_this_machine_needs_the_dangerous_setting()
    {
        var settings = _settings with { Issuers = [new() { Issuer = Issuer, PrivateNetwork = true }] };

        var refused = Assert.IsType<SignIn.Refused>(await _signIn.CheckAsync(_issuer.Token(Claims()), settings, TestContext.Current.CancellationToken));

        Assert.Equal(503, refused.Status);
        Assert.Empty(_server.Requests);
    }

    private JsonObject Claims() => new()
    {
        ["iss"] = Issuer,
        ["aud"] = new JsonArray("account", Resource),
        ["sub"] = "anna",
        ["exp"] = Now + 600,
        ["nbf"] = Now - 5,
        ["iat"] = Now - 5,
        ["scope"] = "openid mcp",
        ["realm"] = new JsonObject { ["roles"] = new JsonArray("ops", "unknown") },
    };

    private Task<SignIn> CheckAsync(string token) => _signIn.CheckAsync(token, _settings, TestContext.Current.CancellationToken);

    private async Task RefusedAsync(string token)
    {
        var refused = Assert.IsType<SignIn.Refused>(await CheckAsync(token));
        Assert.Equal(401, refused.Status);
        Assert.Contains("error=\"invalid_token\"", refused.Challenge, StringComparison.Ordinal);
        Assert.Contains("resource_metadata=\"https://gateway.example.com/.well-known/oauth-protected-resource/mcp\"", refused.Challenge, StringComparison.Ordinal);
    }
}
