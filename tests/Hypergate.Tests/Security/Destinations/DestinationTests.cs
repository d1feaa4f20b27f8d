using System.Net;
using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Host.Authentication.OAuth;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;
using static Hypergate.Tests.Backends.Http.LoopbackServer;

namespace Hypergate.Tests.Security.Destinations;

/// <summary>Suite S3: 40 addresses in five places where others than the operator can put them. None is connected to.</summary>
[Trait("Suite", "S3")]
[Trait("Rule", "R-DEST")]
[Trait("Aisvs", "10.1.2")]
[Trait("Mcp", "MCP09")]
public sealed class DestinationTests : IAsyncLifetime
{
    private static readonly string[] Sinks = ["server of a description", "reference of a description", "include of a description", "keys of an issuer", "redirect of a backend"];
    private static readonly SettingsSources NoSources = new() { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = "/", Home = "/" };

    private readonly Connections _connections = new();
    private readonly LoopbackServer _trap = Answering(Reply(200, "{}"));
    private int _asked;

    public static TheoryData<string, string> Cases => [.. PayloadFile.Read("destinations.txt").SelectMany(static row => Sinks.Select(sink => (row[0], sink)))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _trap.DisposeAsync();
        _connections.Dispose();
    }

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(200, Cases.Count);

    [Fact]
    public async Task The_trap_would_see_who_walks_into_it()
    {
        using var http = new BackendHttp(new() { Address = _trap.Address, Words = XoWords.Value }, TimeProvider.System);

        Assert.IsType<HttpReply>(await http.SendAsync(new() { Address = new(_trap.Address, "/x"), Headers = [] }, Cancellation));

        Assert.Equal(1, _trap.Connections);
        Assert.True(_connections.WasBegunTo(_trap.Port));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_address_from_somebody_else_leads_nowhere(string name, string sink)
    {
        var written = PayloadFile.Read("destinations.txt").Single(row => row[0] == name)[1];
        var bad = new Uri($"https://127.0.0.1:{_trap.Port}/x").ToString();
        await using var redirecting = Answering(Reply(written.StartsWith("redirect", StringComparison.Ordinal) ? int.Parse(written.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) : 404, "", $"Location: {bad}"));
        var address = written.StartsWith("redirect", StringComparison.Ordinal) ? $"{redirecting.Address}x" : written.Replace("$port", $"{_trap.Port}", StringComparison.Ordinal);

        await (sink switch
        {
            "server of a description" => ServerAsync(address),
            "reference of a description" => ReferenceAsync(address),
            "include of a description" => IncludeAsync(address),
            "keys of an issuer" => KeysAsync(address, redirecting),
            _ => RedirectAsync(address),
        });

        Assert.Equal(0, _trap.Connections);
        Assert.False(_connections.WasBegunTo(_trap.Port), "A connection was begun.");
    }

    // Of a server's address a description gives the path; requests go to the origin of the settings.
    private static Task ServerAsync(string address)
    {
        var own = new Uri("https://platform.example/");
        var path = RestServers.PathOf(own, [new DeclaredServer(address, new Dictionary<string, string>(StringComparer.Ordinal))], new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.True(Origin.Same(new Uri(own, path.Length == 0 ? "/" : path), own), path);
        Assert.False(path.StartsWith("//", StringComparison.Ordinal), path);
        return Task.CompletedTask;
    }

    private static Task ReferenceAsync(string address)
    {
        var document = $$"""
            {"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{
              "/good":{"get":{"operationId":"Good","responses":{"200":{"description":"ok"} } } },
              "/bad":{"get":{"operationId":"Bad","parameters":[{"$ref":{{JsonSerializer.Serialize(address)}} }],"responses":{"200":{"description":"ok"} } } } } }
            """;

        var description = OpenApiReader.Read(Encoding.UTF8.GetBytes(document), new DescriptionRules { AccessOf = static _ => Access.Read, IsGeneral = true });

        Assert.Equal(["Good"], description.Operations.Select(static operation => operation.DeclaredName));
        return Task.CompletedTask;
    }

    private static Task IncludeAsync(string address)
    {
        var folder = Directory.CreateTempSubdirectory("hypergate-include-");
        try
        {
            var text = $$"""
                spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
                includes:
                  - { path: {{JsonSerializer.Serialize(address)}}, merge_into: backend.tools }
                backend: { name: x, type: rest, base_url: "https://platform.example", tools: { good: { method: GET, path: /good, access: read, description: Good } } }
                """;

            var load = DadlReader.Read(Encoding.UTF8.GetBytes(text), new DadlSurroundings { FileName = "x.dadl", Folder = folder.FullName });

            Assert.Contains(load.Problems, static problem => problem.ToString()!.Contains("includes[0]", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    // An issuer on this machine is allowed only where it redirects: then it must not be followed.
    private async Task KeysAsync(string address, LoopbackServer redirecting)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var keys))
        {
            return; // What is no address is none in the settings or metadata either.
        }

        var isRedirect = address.StartsWith(redirecting.Address.ToString(), StringComparison.Ordinal);
        var issuer = new OAuthIssuerSettings { Issuer = "https://issuer.example", Jwks = keys, DangerouslyAllowLoopback = isRedirect };

        await Assert.ThrowsAsync<HttpRequestException>(() => new IssuerFetch(issuer, NoSources, TimeProvider.System, ResolveAsync).KeysAsync(Cancellation));

        Assert.All(redirecting.Requests, static request => Assert.Equal("/x", request.Target));
    }

    private static async Task RedirectAsync(string address)
    {
        await using var backend = Answering(Reply(307, "", $"Location: {address}"));
        using var http = new BackendHttp(new() { Address = backend.Address, Words = XoWords.Value }, TimeProvider.System);

        var result = await http.SendAsync(new() { Address = new(backend.Address, "/users/me"), Headers = [new("Cookie", "authenticationToken=t")] }, Cancellation);

        // A Location that is no address is no redirect.
        Assert.True(result is TransportFailure { Kind: FailureKind.Redirected } || (result is HttpReply { Status: 307 } && !Uri.TryCreate(address, UriKind.Absolute, out _)), $"{result}");
        Assert.Single(backend.Requests);
    }

    // Names lead where an attacker's own name server says: also to another place the second time.
    private Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IPAddress[]>(name switch
    {
        "loopback.example" => [IPAddress.Loopback],
        "metadata.example" => [IPAddress.Parse("169.254.169.254")],
        "private.example" => [IPAddress.Parse("10.0.0.7")],
        "two.example" => [IPAddress.Parse("1.1.1.1"), IPAddress.Loopback],
        "rebinding.example" => [_asked++ > 5 ? IPAddress.Parse("1.1.1.1") : IPAddress.Loopback],
        "localhost" or "localhost." => [IPAddress.Loopback],
        _ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound),
    });
}
