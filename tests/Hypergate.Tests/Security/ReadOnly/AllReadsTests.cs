using System.Text;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Security.ReadOnly;

/// <summary>Every operation that a read-only gateway shows, called with all fields and in all formats: nothing changes, and no credential comes back.</summary>
[Trait("Suite", "S11")]
[Trait("Rule", "R-RO")]
[Trait("Aisvs", "10.2.3")]
[Trait("Mcp", "MCP01")]
public sealed class AllReadsTests
{
    [Fact]
    public async Task No_read_changes_anything_and_none_returns_a_credential()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var secrets = PlantedSecrets.In(gateway.Xo);
        var before = gateway.Xo.StateHash();
        gateway.Xo.Requests.Clear();
        var answered = 0;
        foreach (var operation in ExposedReads.Of(gateway))
        {
            foreach (var arguments in ExposedReads.Calls(gateway, operation))
            {
                var result = await gateway.CallAsync($"{operation.Domain}_query", arguments);
                answered += result.IsError ? 0 : 1;
                AssertClean(secrets, arguments, result);
            }
        }

        Assert.Equal(before, gateway.Xo.StateHash());
        Assert.All(gateway.Xo.Requests.All, static request => Assert.Equal("GET", request.Method));
        Assert.True(answered > 400, $"only {answered} calls were answered");
    }

    /// <summary>Else the test above would prove nothing.</summary>
    [Fact]
    public async Task The_platform_itself_tells_what_was_planted()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var secrets = PlantedSecrets.In(gateway.Xo);
        using var client = new HttpClient { BaseAddress = gateway.Xo.Url };
        client.DefaultRequestHeaders.Add("Cookie", $"authenticationToken={gateway.Xo.Token}");
        var said = new StringBuilder();
        foreach (var path in (string[])["users", "vms", "backup-repositories", "servers", "proxies", "tasks"])
        {
            said.Append(await client.GetStringAsync($"/rest/v0/{path}?fields=*", TestContext.Current.CancellationToken));
        }

        var user = gateway.Xo.World["users"].All.First(static user => user["email"]!.GetValue<string>() == "admin")["id"];
        said.Append(await client.GetStringAsync($"/rest/v0/users/{user}/authentication_tokens", TestContext.Current.CancellationToken));

        Assert.True(secrets.Values.Count > 80);
        Assert.All(secrets.Values, secret => Assert.Contains(secret, said.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_tools_of_the_gateway_itself_change_nothing_and_return_no_credential()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var secrets = PlantedSecrets.In(gateway.Xo);
        var before = gateway.Xo.StateHash();

        foreach (var tool in (string[])["check_connection", "get_infrastructure_summary"])
        {
            AssertClean(secrets, tool, await gateway.DoneAsync(tool));
        }

        Assert.Equal(before, gateway.Xo.StateHash());
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task What_is_shown_read_only_is_read_by_method_and_no_stream()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        Assert.All(ExposedReads.Of(gateway), static operation =>
        {
            Assert.Equal("GET", operation.Method);
            Assert.False(operation.Changes);
            Assert.NotEqual("events", operation.Domain);
        });
    }

    /// <summary>Whatever is not a GET and yet counts as a read has its reason here: it touches the caller's own stream alone.</summary>
    [Fact]
    public async Task No_operation_but_GET_counts_as_a_read()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);

        var reads = gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations.Where(static operation => operation.Access == Access.Read && operation.Method != "GET");

        Assert.Empty(reads.Select(static operation => operation.Name).Except(["AddSubscription", "RemoveSubscription"]));
    }

    [Fact]
    public async Task Operations_that_return_credentials_or_logs_are_not_reads()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        string[] returning = ["GetAuthenticationTokens", "PostAuthenticationTokens", "PostDeprecatedAuthenticationTokens", "GetAuditLog", "GetHostLogs"];

        var operations = gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations.Where(operation => returning.Contains(operation.Name));

        Assert.All(operations, static operation => Assert.NotEqual(Access.Read, operation.Access));
    }

    private static void AssertClean(PlantedSecrets secrets, string call, ToolResult result)
    {
        var said = new StringBuilder(result.Text).Append(result.Note).Append(result.Structured).ToString();
        foreach (var secret in secrets.Values)
        {
            Assert.False(said.Contains(secret, StringComparison.Ordinal), $"{call} told {secret}: {said[..Math.Min(said.Length, 2_000)]}");
        }
    }
}
