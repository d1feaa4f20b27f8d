using System.Buffers.Text;
using System.Net;
using System.Text;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.Faults;

namespace Hypergate.EndToEnd.Security.Destinations;

/// <summary>Suite S3 with the real program and real sockets: twenty ways to send it to a place of somebody else's choosing. It never goes there.</summary>
[Trait("Suite", "S3")]
[Trait("Rule", "R-DEST")]
[Trait("Aisvs", "10.1.2")]
[Trait("Mcp", "MCP09")]
public sealed class DestinationProcessTests : IAsyncLifetime
{
    private static readonly string[] Hosts =
        ["127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0177.0.0.1", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "localhost", "localhost.", "169.254.169.254"];

    private static readonly int[] Redirects = [301, 302, 303, 307, 308];

    private static readonly string[] Documents = ["reference", "include", "server"];

    private readonly ProgramFolder _folder = new();
    private readonly Trap _trap = new();

    public static TheoryData<string> KeyHosts => [.. Hosts];

    public static TheoryData<int> RedirectStatus => [.. Redirects];

    public static TheoryData<string> DocumentKinds => [.. Documents];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _trap.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(20, KeyHosts.Count + RedirectStatus.Count + DocumentKinds.Count);

    [Fact]
    public async Task The_trap_sees_who_is_allowed_to_go_there()
    {
        await AskWithTokenAsync($"https://127.0.0.1:{_trap.Port}/keys", "dangerously_allow_loopback: true");

        Assert.NotEqual(0, _trap.Connections);
    }

    [Theory]
    [MemberData(nameof(KeyHosts))]
    public async Task Keys_of_an_issuer_are_not_fetched_from_this_machine_or_network(string host)
    {
        var status = await AskWithTokenAsync($"https://{host}:{_trap.Port}/keys", "dangerously_allow_loopback: false");

        Assert.Contains(status, (HttpStatusCode?[])[null, HttpStatusCode.Unauthorized, HttpStatusCode.ServiceUnavailable]);
        Assert.Equal(0, _trap.Connections);
    }

    [Theory]
    [MemberData(nameof(RedirectStatus))]
    public async Task A_platform_that_redirects_elsewhere_is_not_followed(int status)
    {
        await using var xo = await Xo.StartAsync();
        xo.Faults.Add(new Fault { Path = "/vms", Status = status, RedirectTo = new Uri($"http://127.0.0.1:{_trap.Port}/vms") });

        var run = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "call", "vms_query", """{"operation":"GetVms"}""");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("redirect", run.Output + run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(xo.Token, run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(0, _trap.Connections);
    }

    [Theory]
    [MemberData(nameof(DocumentKinds))]
    public async Task A_description_sends_nobody_anywhere(string kind)
    {
        var trap = $"http://127.0.0.1:{_trap.Port}";
        _folder.Write("api.json", $$$"""
            {"openapi":"3.0.0","info":{"title":"x","version":"1"},"servers":[{"url":"{{{(kind == "server" ? trap : "/")}}}/v1"}],"paths":{
              "/good":{"get":{"operationId":"Good","parameters":[{{{(kind == "reference" ? $$"""{"$ref":"{{trap}}/x.json#/p"}""" : "")}}}],"responses":{"200":{"description":"ok"} } } } } }
            """);
        _folder.Write("api.dadl", $$"""
            spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
            includes: [{ path: "{{trap}}/x.dadl", merge_into: backend.tools }]
            backend: { name: x, type: rest, description: X, auth: { type: bearer, credential: k }, tools: { good: { method: GET, path: /good, access: read, description: Good } } }
            """);
        var nobody = $"http://127.0.0.1:{Xo.FreePort()}";
        var backend = kind == "include" ? "kind: dadl, dadl: { file: ./api.dadl }" : "kind: rest, rest: { document: ./api.json }";
        var file = _folder.Write("hypergate.yaml", $$"""
            surfaces: [search]
            backends: [{ name: api, url: "{{nobody}}", auth: { token: s3cret-of-the-api }, {{backend}} }]
            """);

        var run = await CommandRun.OfAsync(_folder, [], "call", "call_operation", $$"""{"operation":"{{(kind == "include" ? "good" : "Good")}}","arguments":{} }""", "--config", file);

        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotContain("s3cret-of-the-api", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(0, _trap.Connections);
    }

    // Null where the program does not even start with such an address.
    private async Task<HttpStatusCode?> AskWithTokenAsync(string keys, string more)
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            authentication: { oauth: { resource: http://127.0.0.1/mcp, issuers: [{ issuer: "https://issuer.example", jwks: "{{keys}}", {{more}} }], scopes: [mcp], roles: { look: viewer } } }
            """);
        if ((await CommandRun.OfAsync(_folder, [], "tools", "--config", file)).Error.Contains("jwks", StringComparison.Ordinal))
        {
            return null;
        }

        await using var program = await ServedProgram.StartAsync(_folder, [], "--config", file);
        var end = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 600;
        var token = string.Join('.', new[] { """{"alg":"PS256","kid":"k"}""", $$"""{"iss":"https://issuer.example","aud":"http://127.0.0.1/mcp","sub":"anna","exp":{{end}},"scope":"mcp","roles":["look"]}""", "not a signature" }
            .Select(static part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));
        return (await program.AskAsync("tools/list", headers: ("Authorization", $"Bearer {token}"))).Status;
    }
}
