using System.Buffers.Text;
using System.Text.Json.Nodes;
using Hypergate.Host.Authentication;
using Hypergate.Host.Authentication.OAuth;
using Hypergate.Host.Settings;
using Hypergate.Tests.Backends.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Security.OAuth;

/// <summary>An issuer that the gateway trusts, one that it does not, and tokens made by the rows of <c>oauth-tokens.txt</c>.</summary>
public sealed class TokenWorld : IAsyncDisposable
{
    private const string Resource = "https://gateway.example.com/mcp";
    private static readonly SettingsSources NoSources = new() { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = "/", Home = "/" };

    private readonly TestIssuer _issuer = new();
    private readonly TestIssuer _forger = new();
    private readonly LoopbackServer _server;
    private readonly LoopbackServer _trap;
    private readonly OAuthSignIn _signIn = new(NoSources, TimeProvider.System, NullLogger<OAuthSignIn>.Instance);

    public TokenWorld()
    {
        _server = Serving(_issuer, () => Issuer);
        _trap = Serving(_forger, () => Trap);
    }

    /// <summary>How many asked the issuer that is not trusted.</summary>
    internal int Trapped => _trap.Requests.Count;

    private string Issuer => Address(_server);

    private string Trap => Address(_trap);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _trap.DisposeAsync();
        _issuer.Dispose();
        _forger.Dispose();
    }

    internal Task<SignIn> CheckAsync(string token) => _signIn.CheckAsync(
        token,
        new OAuthSettings
        {
            Resource = new Uri(Resource),
            Issuers = [new() { Issuer = Issuer, DangerouslyAllowLoopback = true }],
            DefaultRoles = ["viewer"],
        },
        TestContext.Current.CancellationToken);

    internal string Make(string[] row)
    {
        var header = Merge(new JsonObject { ["alg"] = row[1], ["typ"] = "at+jwt", ["kid"] = "r1" }, row[2]);
        var claims = Merge(new JsonObject { ["iss"] = Issuer, ["aud"] = Resource, ["sub"] = "anna", ["exp"] = Now + 600, ["nbf"] = Now - 5 }, row[3]);
        return row[4] switch
        {
            "whole" => _issuer.Sign(header.ToJsonString(), claims.ToJsonString(), row[1]),
            "foreign" => _forger.Sign(header.ToJsonString(), claims.ToJsonString(), row[1]),
            "unsigned" => _issuer.Sign(header.ToJsonString(), claims.ToJsonString(), "nil"),
            "suffix" => _issuer.Sign(header.ToJsonString(), claims.ToJsonString(), row[1]) + Base64Url.EncodeToString("more"u8),
            "twice" => _issuer.Sign(header.ToJsonString(), $"{claims.ToJsonString()[..^1]},\"sub\":\"root\"}}", row[1]),
            "nested" => _issuer.Sign(header.ToJsonString(), $"\"{_issuer.Sign(header.ToJsonString(), claims.ToJsonString(), row[1])}\"", row[1]),
            var other => throw new ArgumentOutOfRangeException(nameof(row), other, "There is no such damage."),
        };
    }

    private JsonObject Merge(JsonObject all, string changes)
    {
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
        {
            all.Remove(name);
            if (value is not null)
            {
                all[name] = Value(value);
            }
        }

        return all;
    }

    private JsonNode? Value(JsonNode value) => value switch
    {
        JsonObject { Count: 1 } number when number["now"] is { } seconds => Now + seconds.GetValue<int>(),
        JsonObject { Count: 1 } text when text["repeat"] is { } times => new string('A', times.GetValue<int>()),
        JsonValue text when text.ToString() == "$key" => _forger.RsaKey("r1"),
        JsonValue text => text.ToString().Replace("$trap", Trap, StringComparison.Ordinal),
        _ => value.DeepClone(),
    };

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static string Address(LoopbackServer server) => server.Address.ToString().TrimEnd('/');

    private static LoopbackServer Serving(TestIssuer issuer, Func<string> name) => LoopbackServer.Answering((request, _) => request.Target switch
    {
        "/keys" => LoopbackServer.Reply(200, issuer.Set().ToJsonString(), "Content-Type: application/json"),
        "/.well-known/openid-configuration" => LoopbackServer.Reply(200, new JsonObject { ["issuer"] = name(), ["jwks_uri"] = $"{name()}/keys" }.ToJsonString(), "Content-Type: application/json"),
        _ => LoopbackServer.Reply(404, "{}"),
    });
}
