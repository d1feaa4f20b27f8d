using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hypergate.EndToEnd.Security.OAuth;

/// <summary>One served gateway that takes tokens of an issuer of the tests' own, API keys, and keys in the address.</summary>
public sealed class OAuthWorld : IAsyncLifetime
{
    public const string Resource = "http://127.0.0.1/mcp";
    public const string Metadata = "resource_metadata=\"http://127.0.0.1/.well-known/oauth-protected-resource/mcp\"";
    public const string EnvironmentKey = "a-key-for-tests-that-is-long-enough";

    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _issuer;
    private XoSimulator? _xo;
    private ServedProgram? _program;

    public OAuthWorld()
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

    public string Issuer => _issuer.Urls.First();

    internal ProgramFolder Folder { get; } = new();

    internal XoSimulator Xo => _xo!;

    internal ServedProgram Program => _program!;

    public async ValueTask InitializeAsync()
    {
        await _issuer.StartAsync(TestContext.Current.CancellationToken);
        _xo = await Harness.Xo.StartAsync();
        var file = Folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Harness.Xo.Address(_xo)}}", auth: { token: "{{_xo.Token}}" }, actions: true }]
            http: { keyInPath: true, limits: { refusalsPerSecond: 1000, wrongCredentials: 1000000 } }
            authentication:
              oauth:
                resource: {{Resource}}
                issuers: [{ issuer: "{{Issuer}}", dangerously_allow_loopback: true }]
                scopes: [mcp]
                roles: { vm-look: viewer, vm-run: operator, vm-own: admin }
            """);
        _program = await ServedProgram.StartReadyAsync(Folder, [("HYPERGATE_API_KEY", EnvironmentKey)], "--config", file);
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        await _xo!.DisposeAsync();
        await _issuer.DisposeAsync();
        _key.Dispose();
        Folder.Dispose();
    }

    /// <summary>A good token.</summary>
    public string Token(string scope = "mcp", string role = "vm-look", string subject = "anna")
    {
        var end = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 600;
        var claims = new JsonObject { ["iss"] = Issuer, ["aud"] = Resource, ["sub"] = subject, ["exp"] = end, ["scope"] = scope, ["roles"] = new JsonArray(role) };
        var text = $"{Base64Url.EncodeToString("""{"alg":"PS256","kid":"k"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pss))}";
    }

    /// <summary>A new API key.</summary>
    internal async Task<string> KeyAsync(string name, string role)
    {
        var run = await CommandRun.OfAsync(Folder, [], "keys", "create", "--name", name, "--role", role);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }

    internal Task<McpReply> AskAsync(params (string Name, string? Value)[] headers) =>
        Program.AskAsync("tools/call", """{"name":"whoami","arguments":{}}""", "whoami", "{}", headers);

    private string Keys()
    {
        var parameters = _key.ExportParameters(false);
        return new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["kid"] = "k", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) }) }.ToJsonString();
    }
}
