using System.Diagnostics;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.Faults;

namespace Hypergate.EndToEnd;

/// <summary>Platforms that are down, slow, switched off or refuse us, at the start and later.</summary>
public sealed class StartUpTests : IDisposable
{
    private const string Vms = """{"operation":"GetVms","limit":1}""";

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(StdioSession.Old)]
    [InlineData(StdioSession.New)]
    public async Task Tools_appear_as_soon_as_a_platform_that_was_down_is_up(string revision)
    {
        var port = Xo.FreePort();
        await using var session = StdioSession.Start(
            _folder, ("XO_URL", $"http://127.0.0.1:{port}"), ("XO_USERNAME", "admin"), ("XO_PASSWORD", "admin"));
        var old = revision == StdioSession.Old;
        if (old)
        {
            await session.InitializeAsync();
        }
        else
        {
            await session.RequestAsync("subscriptions/listen", StdioSession.WithMeta("""{"notifications":{"toolsListChanged":true}}"""));
            await session.NotificationAsync("notifications/subscriptions/acknowledged");
        }

        Task<System.Text.Json.JsonElement> AskAsync(string method, string parameters = "{}") =>
            old ? session.AskAsync(method, parameters) : session.AskNewAsync(method, parameters);
        var before = await AskAsync("tools/list");
        var early = await AskAsync("tools/call", $$"""{"name":"vms_query","arguments":{{Vms}}}""");
        await using var xo = await Xo.StartAsync(Xo.Small with { XoPort = port });
        var changed = await session.NotificationAsync("notifications/tools/list_changed");
        var after = await AskAsync("tools/list");
        var late = await AskAsync("tools/call", $$"""{"name":"vms_query","arguments":{{Vms}}}""");

        Assert.DoesNotContain("vms_query", before.ToolNames);
        Assert.Contains("check_connection", before.ToolNames);
        Assert.True(early.IsToolError);
        Assert.Contains($"Cannot connect to XO server at http://127.0.0.1:{port}", early.Text, StringComparison.Ordinal);
        Assert.Contains("XO_URL", early.Text, StringComparison.Ordinal);
        Assert.Contains("vms_query", after.ToolNames);
        Assert.False(late.IsToolError);
        Assert.Equal(!old, changed.TryGetProperty("params", out var parameters) && parameters.TryGetProperty("_meta", out _));
    }

    [Fact]
    public async Task A_platform_that_is_still_starting_is_waited_for()
    {
        await using var xo = await Xo.StartAsync(Xo.Small with { RefuseAtStart = TimeSpan.FromSeconds(1.5) });
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.InitializeAsync();
        var answer = await session.CallAsync("vms_query", Vms);

        Assert.False(answer.IsToolError, answer.Text);
        Assert.Equal(1, answer.Data.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public Task The_remembered_catalog_serves_while_the_platform_is_down_and_a_call_says_what_to_check() => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(0.5), async () =>
    {
        var xo = await Xo.StartAsync();
        var address = Xo.Address(xo);
        await using (var first = StdioSession.Start(_folder, Xo.Reading(xo)))
        {
            await first.StartWorkAsync();
            Assert.Contains("vms_query", (await first.AskAsync("tools/list")).ToolNames);
        }

        var variables = Xo.Reading(xo);
        await xo.DisposeAsync();
        await using var session = StdioSession.Start(_folder, variables);
        await session.InitializeAsync();
        var clock = Stopwatch.StartNew();
        var tools = await session.AskAsync("tools/list");
        var listed = clock.Elapsed;
        var call = await session.CallAsync("vms_query", Vms);
        var check = await session.CallAsync("check_connection", "{}");

        Assert.Contains("vms_query", tools.ToolNames);
        Assert.True(call.IsToolError);
        Assert.StartsWith($"Failed to query vms: Cannot connect to XO server at {address}", call.Text, StringComparison.Ordinal);
        Assert.Contains("XO_URL", call.Text, StringComparison.Ordinal);
        Assert.True(check.IsToolError);
        Assert.StartsWith("Connection test failed: ", check.Text, StringComparison.Ordinal);
        return listed;
    });

    [Fact]
    public async Task A_remembered_catalog_is_not_used_for_another_address()
    {
        await using var xo = await Xo.StartAsync();
        await using (var first = StdioSession.Start(_folder, Xo.Reading(xo)))
        {
            await first.StartWorkAsync();
        }

        await using var session = StdioSession.Start(_folder, ("XO_URL", $"http://127.0.0.1:{Xo.FreePort()}"), ("XO_TOKEN", xo.Token));
        await session.InitializeAsync();

        Assert.DoesNotContain("vms_query", (await session.AskAsync("tools/list")).ToolNames);
    }

    [Fact]
    public async Task A_damaged_catalog_is_read_anew()
    {
        await using var xo = await Xo.StartAsync();
        await using (var first = StdioSession.Start(_folder, Xo.Reading(xo)))
        {
            await first.StartWorkAsync();
        }

        var file = Assert.Single(Directory.GetFiles(_folder.Data, "*.catalog", SearchOption.AllDirectories));
        await using (var stream = File.OpenWrite(file))
        {
            stream.Position = stream.Length / 2;
            stream.WriteByte(0);
        }

        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();

        Assert.Contains("vms_query", (await session.AskAsync("tools/list")).ToolNames);
    }

    [Fact]
    public async Task It_refuses_to_start_where_the_administrator_of_the_only_platform_has_switched_MCP_off()
    {
        await using var xo = await Xo.StartAsync(Xo.Small with { McpEnabled = false });
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        var end = await session.EndAsync();

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("MCP disabled by admin", end.Error, StringComparison.Ordinal);
        Assert.All(session.Lines, static line => System.Text.Json.JsonElement.Parse(line));
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("check")]
    [InlineData("call", "vms_query", Vms)]
    public async Task Commands_say_that_MCP_is_switched_off(params string[] command)
    {
        await using var xo = await Xo.StartAsync(Xo.Small with { McpEnabled = false });
        var run = await CommandRun.OfAsync(_folder, Xo.Reading(xo), command);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("MCP disabled by admin", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_refused_while_MCP_is_switched_off_and_work_again_as_soon_as_it_is_on()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();
        Assert.False((await session.CallAsync("vms_query", Vms)).IsToolError);
        xo.McpEnabled = false;
        var off = await session.CallAsync("vms_query", Vms);
        var still = await session.CallAsync("get_infrastructure_summary", "{}");
        var check = await session.CallAsync("check_connection", "{}");
        xo.McpEnabled = true;
        var on = await session.CallAsync("vms_query", Vms);

        Assert.All([off, still, check], static answer => Assert.Contains("MCP disabled by admin", answer.Text, StringComparison.Ordinal));
        Assert.All([off, still, check], static answer => Assert.True(answer.IsToolError));
        Assert.False(on.IsToolError);
    }

    [Theory]
    [InlineData("XO_TOKEN")]
    [InlineData("XO_PASSWORD")]
    public async Task A_refused_credential_is_named(string variable)
    {
        await using var xo = await Xo.StartAsync();
        (string, string)[] credential = variable == "XO_TOKEN"
            ? [("XO_TOKEN", "wrong-token")]
            : [("XO_USERNAME", "admin"), ("XO_PASSWORD", "wrong")];
        var run = await CommandRun.OfAsync(_folder, [("XO_URL", Xo.Address(xo)), .. credential], "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Authentication failed: check ", run.Output, StringComparison.Ordinal);
        Assert.Contains(variable, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_expires_later_is_named()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();
        xo.Faults.Add(new Fault { ExpiredToken = true });
        var answer = await session.CallAsync("vms_query", Vms);

        Assert.True(answer.IsToolError);
        Assert.Contains("Authentication failed: check XO_TOKEN — the token may have expired or been revoked.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_Xen_Orchestra_is_told_from_a_wrong_address()
    {
        await using var xo = await Xo.StartAsync();
        xo.Faults.Add(new Fault { Path = "/mcp/status", Status = 404, Body = "Cannot GET /rest/v0/mcp/status", ContentType = "text/html" });
        var run = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Unable to verify MCP status (HTTP 404): ", run.Output, StringComparison.Ordinal);
        Assert.Contains("older than 6.5", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json at all", "OpenAPI spec returned invalid JSON")]
    [InlineData("{\"openapi\":\"3.0.0\"}", "paths")]
    public async Task A_description_that_cannot_be_read_is_said_so(string body, string words)
    {
        await using var xo = await Xo.StartAsync();
        xo.Faults.Add(new Fault { Path = "/docs/swagger.json", Status = 200, Body = body });
        var run = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Output, StringComparison.OrdinalIgnoreCase);
    }
}
