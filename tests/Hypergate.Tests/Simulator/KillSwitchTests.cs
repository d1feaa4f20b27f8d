namespace Hypergate.Tests.Simulator;

public class KillSwitchTests
{
    [Theory]
    [InlineData("/pools", "mcp")]
    [InlineData("/ping", "MCP")]
    [InlineData("/docs/swagger.json", "mcp")]
    public async Task Who_says_that_he_is_an_assistant_is_turned_away_while_it_is_off(string path, string client)
    {
        await using var xo = await SimulatedXo.StartAsync();
        Assert.Equal(200, (await AskAsync(xo, path, client)).Status);

        xo.Simulator.McpEnabled = false;
        var refused = await AskAsync(xo, path, client);
        Assert.Equal((503, "MCP is disabled by administrator"), (refused.Status, refused.Error));
        Assert.Equal("mcp_disabled", refused.Json["data"]!["error"]!.GetValue<string>());
        Assert.Equal(200, (await xo.GetAsync(path)).Status);

        xo.Simulator.McpEnabled = true;
        Assert.Equal(200, (await AskAsync(xo, path, client)).Status);
    }

    [Fact]
    public async Task The_status_tells_everybody()
    {
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small with { McpEnabled = false }, new ManualTime());

        Assert.Equal(503, (await xo.SendAsync("GET", "/mcp/status", null, _ => { })).Status);
        xo.Simulator.McpEnabled = true;
        Assert.True((await xo.SendAsync("GET", "/mcp/status", null, _ => { })).Json["enabled"]!.GetValue<bool>());
    }

    private static Task<Reply> AskAsync(SimulatedXo xo, string path, string client) => xo.SendAsync("GET", path, null, headers =>
    {
        headers.Add("Cookie", $"authenticationToken={xo.Simulator.Token}");
        headers.Add("X-XO-Client", client);
    });
}
