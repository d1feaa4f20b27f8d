using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hypergate.EndToEnd.Security.OAuth;

/// <summary>Suites S5 and S6 with the real program, and an issuer of this test's own.</summary>
public sealed class OAuthProcessTests : IAsyncLifetime
{
    private const string Resource = "http://127.0.0.1/mcp";
    private const string Metadata = "resource_metadata=\"http://127.0.0.1/.well-known/oauth-protected-resource/mcp\"";
    private readonly ProgramFolder _folder = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _issuer;
    private XoSimulator? _xo;
    private ServedProgram? _program;

    public OAuthProcessTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _issuer = builder.Build();
        _issuer.Run(http => http.Request.Path.Value switch
        {
            "/.well-known/oauth-authorization-server" => http.Response.WriteAsync(new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"{Issuer}/keys" }.ToJsonString()),
            "/keys" => http.Response.WriteAsync(Keys()),
            _ => Task.Run(() => http.Response.StatusCode = 404),
        });
    }

    private string Issuer => _issuer.Urls.First();

    private ServedProgram Program => _program!;

    public async ValueTask InitializeAsync()
    {
        await _issuer.StartAsync(TestContext.Current.CancellationToken);
        _xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(_xo)}}", auth: { token: "{{_xo.Token}}" } }]
            authentication:
              oauth:
                resource: {{Resource}}
                issuers: [{ issuer: "{{Issuer}}", dangerously_allow_loopback: true }]
                scopes: [mcp]
                roles: { vm-look: viewer }
            """);
        _program = await ServedProgram.StartReadyAsync(_folder, [("HYPERGATE_API_KEY", "a-key-for-tests-that-is-long-enough")], "--config", file);
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        await _xo!.DisposeAsync();
        await _issuer.DisposeAsync();
        _key.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task Clients_learn_without_a_token_who_issues_them(string path)
    {
        using var reply = await Program.GetAsync(path);
        using var foreign = await Program.GetAsync(path, static headers => headers.Host = "evil.example.com");

        var document = JsonElement.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Resource, document.GetProperty("resource").GetString());
        Assert.Equal(Issuer, document.GetProperty("authorization_servers")[0].GetString());
        Assert.Equal("mcp", document.GetProperty("scopes_supported")[0].GetString());
        Assert.Equal("header", document.GetProperty("bearer_methods_supported")[0].GetString());
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Fact]
    public async Task A_token_lets_in_and_never_reaches_the_platform()
    {
        var token = Token("mcp");

        var who = await AskAsync(("Authorization", $"Bearer {token}"));

        Assert.Equal(HttpStatusCode.OK, who.Status);
        Assert.Contains($"oauth:anna@{Issuer}", who.Body, StringComparison.Ordinal);
        Assert.Contains("viewer", who.Body, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(_folder.Data, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(token.Split('.')[2], File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_or_with_a_bad_one_the_challenge_leads_to_the_issuer()
    {
        var none = await AskAsync();
        var bad = await AskAsync(("Authorization", $"Bearer {Token("mcp")}x"));
        var few = await AskAsync(("Authorization", $"Bearer {Token("openid")}"));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (none.Status, bad.Status, few.Status));
        Assert.All([none, bad, few], static reply => Assert.Contains(Metadata, reply.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("error=", none.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_token\"", bad.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("error=\"insufficient_scope\", resource_metadata", few.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("scope=\"mcp\"", few.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_credentials_are_refused_and_none_counts_in_the_address()
    {
        var two = await AskAsync(("Authorization", $"Bearer {Token("mcp")}"), ("X-API-Key", "a-key-for-tests-that-is-long-enough"));
        using var query = await Program.GetAsync($"/mcp?access_token={Token("mcp")}");
        var key = await AskAsync(("X-API-Key", "a-key-for-tests-that-is-long-enough"));

        Assert.Equal(HttpStatusCode.BadRequest, two.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, query.StatusCode);
        Assert.Equal(HttpStatusCode.OK, key.Status);
    }

    private Task<McpReply> AskAsync(params (string Name, string? Value)[] headers) =>
        Program.AskAsync("tools/call", """{"name":"whoami","arguments":{}}""", "whoami", "{}", headers);

    private string Keys()
    {
        var parameters = _key.ExportParameters(false);
        return new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["kid"] = "k", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) }) }.ToJsonString();
    }

    private string Token(string scope)
    {
        var end = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 600;
        var claims = new JsonObject { ["iss"] = Issuer, ["aud"] = Resource, ["sub"] = "anna", ["exp"] = end, ["scope"] = scope, ["roles"] = new JsonArray("vm-look") };
        var text = $"{Base64Url.EncodeToString("""{"alg":"PS256","kid":"k"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pss))}";
    }
}
