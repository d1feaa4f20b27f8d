using System.Text.RegularExpressions;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.OAuth;

/// <summary>Suite S5, second part: 16 ways to bring a credential, in raw bytes. Exactly one credential, in a header, that holds, lets in.</summary>
[Trait("Suite", "S5")]
[Trait("Rule", "R-OAUTH")]
[Trait("Aisvs", "10.2.1")]
[Trait("Mcp", "MCP07")]
public sealed partial class RequestShapesTests(OAuthWorld world) : IClassFixture<OAuthWorld>
{
    private static readonly string WhoAmI = $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{StdioSession.WithMeta("""{"name":"whoami","arguments":{}}""")}} }""";

    public static TheoryData<string, int, string, string> Shapes =>
    [
        ("two bearer headers", 400, "Authorization: Bearer $token\r\nAuthorization: Bearer $token", ""),
        ("bearer and key", 400, "Authorization: Bearer $token\r\nX-API-Key: $key", ""),
        ("two keys", 400, "X-API-Key: $key\r\nX-API-Key: $key", ""),
        ("basic and bearer", 400, "Authorization: Basic eDp5\r\nAuthorization: Bearer $token", ""),
        ("in the query", 401, "", "?access_token=$token"),
        ("in the body", 401, "", "$body"),
        ("in a cookie", 401, "Cookie: access_token=$token; Authorization=Bearer $token", ""),
        ("basic", 401, "Authorization: Basic $token", ""),
        ("empty", 401, "Authorization: ", ""),
        ("scheme alone", 401, "Authorization: Bearer", ""),
        ("list with a comma", 401, "Authorization: Bearer $token, Bearer $token", ""),
        ("token in capitals", 401, "Authorization: Bearer $TOKEN", ""),
        ("revoked key", 401, "X-API-Key: $revoked", ""),
        ("expired key", 401, "X-API-Key: $expired", ""),
    ];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(16, Shapes.Count + new[] { nameof(A_role_that_may_not_write_does_not), nameof(A_role_that_may_write_does_nothing_dangerous) }.Length);

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Only_one_credential_in_a_header_lets_in(string name, int status, string lines, string path)
    {
        var token = world.Token();
        var seen = world.Xo.Requests.Count;

        var answer = await RawHttp.PostAsync(
            Port,
            await FillAsync(lines, token),
            path == "$body" ? WhoAmI.Replace("\"params\":{", $"\"access_token\":\"{token}\",\"params\":{{\"access_token\":\"{token}\",", StringComparison.Ordinal) : WhoAmI,
            name: "whoami",
            path: path == "$body" ? "/mcp" : $"/mcp{path.Replace("$token", token, StringComparison.Ordinal)}");

        Assert.True(status == answer.Status, $"{name}: {answer.Text}");
        Assert.Equal(status == 401, answer.Head.Contains(OAuthWorld.Metadata, StringComparison.Ordinal));
        Assert.DoesNotContain(token, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("viewer", answer.Body, StringComparison.Ordinal);
        Assert.Equal(seen, world.Xo.Requests.Count);
    }

    [Theory]
    [InlineData("Authorization: Bearer $token")]
    [InlineData("authorization: bEaReR $token")]
    [InlineData("X-API-Key: $key")]
    [InlineData("Authorization: Bearer $key")]
    public async Task The_credentials_that_are_refused_above_are_good_ones(string lines)
    {
        var answer = await RawHttp.PostAsync(Port, await FillAsync(lines, world.Token()), WhoAmI, name: "whoami");

        Assert.Equal(200, answer.Status);
        Assert.Contains("viewer", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_write_does_not()
    {
        var vm = await HaltedAsync();

        var denied = await CallAsync("vms_action", $$"""{"operation":"StartVm","id":"{{vm}}"}""", "vm-look");
        var unknown = await CallAsync("vms_actoin", $$"""{"operation":"StartVm","id":"{{vm}}"}""", "vm-look");

        Assert.Equal(WithoutName(unknown.Body, "vms_actoin"), WithoutName(denied.Body, "vms_action"));
        Assert.Empty(Writes(vm));
    }

    [Fact]
    public async Task A_role_that_may_write_does_nothing_dangerous()
    {
        var vm = await HaltedAsync();

        var denied = await CallAsync("vms_action", $$"""{"operation":"DeleteVm","id":"{{vm}}"}""", "vm-run");
        var unknown = await CallAsync("vms_action", $$"""{"operation":"DeleteVm2","id":"{{vm}}"}""", "vm-run");

        Assert.Equal(WithoutName(unknown.Body, "\\u0027DeleteVm2\\u0027"), WithoutName(denied.Body, "\\u0027DeleteVm\\u0027"));
        Assert.Contains("isError\":true", denied.Body, StringComparison.Ordinal);
        Assert.Empty(Writes(vm));
    }

    private int Port => world.Program.Address.Port;

    private IEnumerable<string> Writes(string vm) =>
        world.Xo.Requests.All.Where(request => request.Method != "GET" && request.Target.Contains(vm, StringComparison.Ordinal)).Select(static request => request.Target);

    private async Task<string> HaltedAsync()
    {
        var list = await CallAsync("vms_query", """{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":1}""", "vm-look");
        return Id().Match(list.Body).Value;
    }

    private Task<McpReply> CallAsync(string tool, string arguments, string role) => world.Program.AskAsync(
        "tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""", tool, "{}", ("Authorization", $"Bearer {world.Token(role: role)}"));

    private async Task<string> FillAsync(string lines, string token) => lines
        .Replace("$token", token, StringComparison.Ordinal)
        .Replace("$TOKEN", token.ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("$key", OAuthWorld.EnvironmentKey, StringComparison.Ordinal)
        .Replace("$revoked", lines.Contains("$revoked", StringComparison.Ordinal) ? await RevokedAsync() : "", StringComparison.Ordinal)
        .Replace("$expired", lines.Contains("$expired", StringComparison.Ordinal) ? await ExpiredAsync() : "", StringComparison.Ordinal);

    private async Task<string> RevokedAsync()
    {
        var key = await world.KeyAsync("gone", "viewer");
        Assert.Equal(0, (await CommandRun.OfAsync(world.Folder, [], "keys", "revoke", "gone")).ExitCode);
        return key;
    }

    private async Task<string> ExpiredAsync()
    {
        var key = await world.KeyAsync("old", "viewer");
        var file = Path.Combine(world.Folder.Data, "api-keys.json");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, Expires().Replace(text, "\"expires\": \"2020-01-01T00:00:00+00:00\""), TestContext.Current.CancellationToken);
        return key;
    }

    private static string WithoutName(string body, string name) => body.Replace(name, "NAME", StringComparison.Ordinal);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("\"expires\": \"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Expires();
}
