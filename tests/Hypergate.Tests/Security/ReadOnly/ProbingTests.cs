using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Hypergate.Simulator.XenOrchestra.Endpoints;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.ReadOnly;

/// <summary>What answers hide cannot be found out by asking which rows match, in which order they come, or where a page ends.</summary>
[Trait("Suite", "S11")]
[Trait("Rule", "R-SECRET")]
[Trait("Aisvs", "10.2.3")]
[Trait("Mcp", "MCP01")]
public sealed class ProbingTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    [Theory]
    [InlineData("users_query", "GetAuthenticationTokens", "id:/^a/")]
    [InlineData("users_query", "GetAuthenticationTokens", "/^a/")]
    [InlineData("users_query", "GetAuthenticationTokens", "a")]
    [InlineData("users_query", "GetAuthenticationTokens", "\\\"id\\\":a")]
    [InlineData("users_query", "GetAuthenticationTokens", "|(id:a description:b)")]
    [InlineData("users_query", "GetAuthenticationTokens", "!id:a")]
    [InlineData("users_query", "GetUsers", "pw_hash:/^\\\\$2b/")]
    [InlineData("users_query", "GetUsers", "pw_hash?")]
    [InlineData("users_query", "GetUsers", "/^\\\\$2b/")]
    [InlineData("users_query", "GetUsers", "email:|(/a/ /b/)")]
    [InlineData("proxies_query", "GetProxies", "authenticationToken:/^a/")]
    [InlineData("proxies_query", "GetProxies", "abc")]
    [InlineData("backup_repositories_query", "GetRepositories", "url:/secret/")]
    [InlineData("backup_repositories_query", "GetRepositories", "secret*")]
    [InlineData("backup_repositories_query", "GetRepositories", "name:x (url:y)")]
    [InlineData("tasks_query", "GetTasks", "properties:params:password:/^a/")]
    [InlineData("tasks_query", "GetTasks", "properties:params:\\\"password\\\":a")]
    [InlineData("servers_query", "GetServers", "password:/^a/")]
    public async Task A_filter_cannot_look_at_what_is_hidden(string tool, string operation, string filter)
    {
        var before = reading.Gateway.Xo.Requests.Count;
        var id = operation == "GetAuthenticationTokens" ? $",\"id\":\"{Administrator(reading.Gateway)}\"" : "";

        var result = await reading.Gateway.CallAsync(tool, $$"""{"operation":"{{operation}}"{{id}},"filter":"{{filter}}"}""");

        Assert.True(result.IsError, result.Text);
        Assert.Contains("filter", result.Text, StringComparison.Ordinal);
        Assert.Equal(before, reading.Gateway.Xo.Requests.Count);
    }

    [Theory]
    [InlineData('a', 16_001)]
    [InlineData('(', 2_000_000)]
    public async Task A_filter_that_no_server_takes_is_refused_in_words(char letter, int length)
    {
        var before = reading.Gateway.Xo.Requests.Count;

        var result = await reading.Gateway.CallAsync("vms_query", $$"""{"operation":"GetVms","filter":"{{new string(letter, length)}}"}""");

        Assert.True(result.IsError, result.Text);
        Assert.Contains("16,000", result.Text, StringComparison.Ordinal);
        Assert.Equal(before, reading.Gateway.Xo.Requests.Count);
    }

    [Theory]
    [InlineData("users_query", "GetUsers", "email:admin", 1)]
    [InlineData("users_query", "GetUsers", "permission:admin !email:bob", 1)]
    [InlineData("servers_query", "GetServers", "label:prod", 1)]
    [InlineData("backup_repositories_query", "GetRepositories", "name:local-repo enabled?", 1)]
    [InlineData("vms_query", "GetVms", "|(power_state:Running power_state:Halted) /prod/i", null)]
    [InlineData("tasks_query", "GetTasks", "status:success", null)]
    public async Task Filters_over_open_fields_work_as_ever(string tool, string operation, string filter, int? rows)
    {
        var result = await reading.Gateway.DoneAsync(tool, $$"""{"operation":"{{operation}}","filter":"{{filter}}"}""");

        var found = result.Structured!.Value.GetProperty("rows").GetArrayLength();
        Assert.True(rows is null || rows == found, result.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"sort\":\"id\"")]
    [InlineData(",\"sort\":\"-id\"")]
    [InlineData(",\"fields\":\"id,created_at\"")]
    public async Task A_cursor_over_tokens_holds_none(string wish)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var id = Administrator(gateway);
        gateway.Xo.World.Write(() => Enumerable.Range(0, 5).Select(_ => Tokens.Add(gateway.Xo.World, id, TimeSpan.FromDays(1), [])).Count());
        var tokens = gateway.Xo.World["authentication-tokens"].All.Select(static token => token["id"]!.GetValue<string>()).ToList();
        var cursor = "";
        for (var page = 0; page < tokens.Count; page++)
        {
            var result = await gateway.CallAsync("users_query", $$"""{"operation":"GetAuthenticationTokens","id":"{{id}}","limit":1{{wish}}{{cursor}}}""");
            Assert.False(result.IsError, result.Text);
            var said = result.Text + result.Structured!.Value.GetRawText() + Decoded(result.Structured.Value);
            Assert.All(tokens, token => Assert.DoesNotContain(token, said, StringComparison.Ordinal));
            cursor = result.Structured.Value.TryGetProperty("next_cursor", out var next) ? $",\"cursor\":\"{next}\"" : "";
        }
    }

    private static string Decoded(JsonElement page) => page.TryGetProperty("next_cursor", out var cursor)
        ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor.GetString()))
        : "";

    private static string Administrator(GatewayUnderTest gateway) =>
        gateway.Xo.World["users"].All.First(static user => user["email"]!.GetValue<string>() == "admin")["id"]!.GetValue<string>();
}
