using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security.OAuth;

namespace Hypergate.EndToEnd.Security.HostAndOrigin;

/// <summary>
/// Suite S4: nine sets of headers on every route, in raw bytes, with a credential that is good: none gets the resource. Where there is nothing they are not told so either.
/// </summary>
[Trait("Suite", "S4")]
[Trait("Rule", "R-HOST")]
[Trait("Aisvs", "10.3.3")]
[Trait("Mcp", "MCP07")]
public sealed class HeaderMatrixTests(OAuthWorld world) : IClassFixture<OAuthWorld>
{
    private static readonly string[] Routes =
    [
        "/mcp", "/healthz", "/healthz/live", "/healthz/ready", "/metrics", "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp", "/api/approvals", "/files/none", "/console",
    ];

    // What the server itself refuses before anybody looks is 400.
    private static readonly (string Name, int Status, string Target, string Lines)[] Sets =
    [
        ("foreign host", 403, "$route", "Host: evil.example:$port"),
        ("foreign origin", 403, "$route", "Host: localhost:$port\r\nOrigin: http://evil.example"),
        ("foreign host and origin", 403, "$route", "Host: evil.example:$port\r\nOrigin: http://evil.example:$port"),
        ("origin null", 403, "$route", "Host: localhost:$port\r\nOrigin: null"),
        ("two hosts", 400, "$route", "Host: localhost:$port\r\nHost: evil.example:$port"),
        ("host with another port", 403, "$route", "Host: localhost:1"),
        ("host with a dot at its end", 403, "$route", "Host: localhost.:$port"),
        ("absolute address of another host", 400, "http://evil.example:$port$route", "Host: localhost:$port"),
        ("allowed origin at a foreign host", 403, "$route", "Host: evil.example:$port\r\nOrigin: http://localhost:$port"),
    ];

    public static TheoryData<string, string> Cases => [.. Sets.SelectMany(static set => Routes.Select(route => (set.Name, route)))];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(90, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Headers_of_somebody_else_get_nothing(string name, string route)
    {
        var (_, status, target, lines) = Sets.Single(set => set.Name == name);

        var answer = await AskAsync(target, lines, route);

        Assert.True(answer.Status == status, answer.Text);
        Assert.DoesNotContain("Access-Control", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Inside(route), answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/files/none")]
    [InlineData("/console")]
    public async Task Where_there_is_nothing_its_own_name_is_told_so(string route) => Assert.Equal(404, (await AskAsync("$route", "Host: localhost:$port", route)).Status);

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/metrics")]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    [InlineData("/api/approvals")]
    public async Task The_same_request_at_its_own_name_gets_the_resource(string route)
    {
        var answer = await AskAsync("$route", "Host: localhost:$port", route);

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Contains(Inside(route), answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    private Task<RawAnswer> AskAsync(string target, string lines, string route)
    {
        var port = world.Program.Address.Port;
        string Filled(string text) => text.Replace("$route", route, StringComparison.Ordinal).Replace("$port", $"{port}", StringComparison.Ordinal);
        var isMcp = route == "/mcp";
        var head = $"{(isMcp ? "POST" : "GET")} {Filled(target)} HTTP/1.1\r\n{Filled(lines)}\r\nX-API-Key: {OAuthWorld.EnvironmentKey}"
            + (isMcp ? $"\r\nContent-Type: application/json\r\nAccept: {McpPost.Both}\r\nMCP-Protocol-Version: {StdioSession.New}\r\nMcp-Method: tools/list" : "");
        return RawHttp.AskAsync(port, head, isMcp ? $$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{{StdioSession.WithMeta("{}")}} }""" : "");
    }

    // A word of the resource itself.
    private static string Inside(string route) => route switch
    {
        "/mcp" => "whoami",
        "/healthz/live" or "/healthz/ready" => "\"status\"",
        "/metrics" => "# TYPE",
        "/api/approvals" => "\"approvals\"",
        "/healthz" or "/files/none" or "/console" => "There is nothing here",
        _ => "authorization_servers",
    };
}
