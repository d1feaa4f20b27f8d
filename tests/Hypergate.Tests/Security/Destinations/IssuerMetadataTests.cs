using System.Net;
using System.Text.Json;
using Hypergate.Host.Authentication.OAuth;
using Hypergate.Host.Settings;
using Hypergate.Tests.Backends.Http;
using static Hypergate.Tests.Backends.Http.LoopbackServer;

namespace Hypergate.Tests.Security.Destinations;

/// <summary>
/// Suite S3: an issuer whose metadata says that its keys lie where nobody but the operator may send us. It is on this machine, as the settings allow it for tests; its keys are
/// somewhere else.
/// </summary>
[Trait("Suite", "S3")]
[Trait("Rule", "R-DEST")]
[Trait("Aisvs", "10.1.2")]
[Trait("Mcp", "MCP09")]
public sealed class IssuerMetadataTests : IAsyncLifetime
{
    private static readonly SettingsSources NoSources = new() { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = "/", Home = "/" };

    private readonly Connections _connections = new();
    private readonly LoopbackServer _trap = Answering(Reply(200, """{"keys":[]}"""));
    private readonly LoopbackServer _issuer;
    private readonly Queue<IPAddress> _changing = new([IPAddress.Loopback, IPAddress.Parse("10.0.0.7")]);
    private string _keys = "";

    public IssuerMetadataTests() => _issuer = Answering((request, _) => request.Target switch
    {
        "/.well-known/oauth-authorization-server" => Reply(200, JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["issuer"] = Name, ["jwks_uri"] = _keys })),
        "/moved" => Reply(302, "", $"Location: {_trap!.Address}keys"),
        "/keys" => Reply(200, """{"keys":[]}"""),
        _ => Reply(404, ""),
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Name => _issuer.Address.ToString().TrimEnd('/');

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _trap.DisposeAsync();
        _connections.Dispose();
    }

    [Fact]
    public async Task Keys_at_the_issuer_itself_are_read()
    {
        _keys = $"{Name}/keys";

        Assert.Equal(JsonValueKind.Object, (await FetchAsync()).ValueKind);
    }

    [Theory]
    [InlineData("a private address", "https://10.0.0.7:$trap/keys", "not an address of the open internet")]
    [InlineData("a metadata address", "https://169.254.169.254:$trap/keys", "not an address of the open internet")]
    [InlineData("a mapped address", "https://[::ffff:10.0.0.7]:$trap/keys", "not an address of the open internet")]
    [InlineData("a name that leads to a private address", "https://private.example:$trap/keys", "")]
    [InlineData("a name that leads to a metadata address", "https://metadata.example:$trap/keys", "")]
    [InlineData("a name that leads to two, one of them private", "https://two.example:$trap/keys", "")]
    [InlineData("clear text", "http://private.example:$trap/keys", "is not https")]
    [InlineData("clear text at a public address", "http://1.1.1.1:$trap/keys", "is not https")]
    [InlineData("a file", "file:///etc/passwd", "is not https")]
    [InlineData("another protocol", "gopher://127.0.0.1:$trap/keys", "is not https")]
    [InlineData("a user before the host", "https://user:word@one.example:$trap/keys", "holds a credential")]
    [InlineData("no address", "//127.0.0.1:$trap/keys", "")]
    [InlineData("nothing", "", "names no keys")]
    [InlineData("a redirect", "$issuer/moved", "redirect")]
    public async Task Keys_that_are_said_to_lie_elsewhere_are_not_fetched(string what, string address, string reason)
    {
        _keys = address.Replace("$trap", $"{_trap.Port}", StringComparison.Ordinal).Replace("$issuer", Name, StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(FetchAsync);

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("user:word", refused.Message, StringComparison.Ordinal);
        Assert.True(_trap.Connections == 0 && !_connections.WasBegunTo(_trap.Port), $"A connection was begun for {what}.");
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_the_second_time_is_looked_at_anew()
    {
        _keys = $"https://changing.example:{_trap.Port}/keys";

        await Assert.ThrowsAsync<HttpRequestException>(FetchAsync);
        var begun = _trap.Connections;
        await Assert.ThrowsAsync<HttpRequestException>(FetchAsync);

        // The first time it is this machine, which may be asked here but speaks no TLS; the second time it is not asked at all.
        Assert.Equal((1, 1), (begun, _trap.Connections));
        Assert.Empty(_changing);
    }

    private Task<JsonElement> FetchAsync() =>
        new IssuerFetch(new OAuthIssuerSettings { Issuer = Name, DangerouslyAllowLoopback = true }, NoSources, TimeProvider.System, ResolveAsync).KeysAsync(Cancellation);

    private Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IPAddress[]>(name switch
    {
        "private.example" => [IPAddress.Parse("10.0.0.7")],
        "metadata.example" => [IPAddress.Parse("169.254.169.254")],
        "two.example" => [IPAddress.Parse("1.1.1.1"), IPAddress.Parse("10.0.0.7")],
        "one.example" => [IPAddress.Parse("1.1.1.1")],
        "changing.example" => [_changing.Dequeue()],
        _ => [IPAddress.Loopback],
    });
}
