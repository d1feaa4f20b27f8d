using System.Diagnostics;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Simulator.Faults;

namespace Hypergate.EndToEnd;

/// <summary>Two Xen Orchestras in one process: a slow, dead or switched off one costs the other nothing.</summary>
public sealed class SeveralBackendsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_backend_argument_chooses_and_is_required()
    {
        await using var one = await Xo.StartAsync();
        await using var two = await Xo.StartAsync(Xo.Small with { Vms = 20, Seed = 8 });
        await using var session = StdioSession.StartWithFile(_folder, Settings(one, Xo.Address(two), two.Token));
        await session.InitializeAsync();
        await CountAsync(session, ",\"backend\":\"one\"");
        var first = await CountAsync(session, ",\"backend\":\"one\"");
        var second = await CountAsync(session, ",\"backend\":\"two\"");
        var none = await CountAsync(session, "");
        var wrong = await CountAsync(session, ",\"backend\":\"three\"");

        Assert.Equal(40, first.Data.GetProperty("total").GetInt32());
        Assert.Equal(20, second.Data.GetProperty("total").GetInt32());
        Assert.Contains("the argument 'backend' is missing; it is one of one, two.", none.Text, StringComparison.Ordinal);
        Assert.Contains("there is no backend 'three' here; it is one of one, two.", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_one_says_so_while_the_other_works()
    {
        await using var one = await Xo.StartAsync();
        await using var session = StdioSession.StartWithFile(_folder, Settings(one, $"http://127.0.0.1:{Xo.FreePort()}", "any-token"));
        await session.InitializeAsync();
        var alive = await CountAsync(session, ",\"backend\":\"one\"");
        var tools = await session.AskAsync("tools/list");
        var dead = await CountAsync(session, ",\"backend\":\"two\"");
        var check = await session.CallAsync("check_connection", "{}");
        var summary = await session.CallAsync("get_infrastructure_summary", "{}");

        Assert.Contains("vms_query", tools.ToolNames);
        Assert.Equal(40, alive.Data.GetProperty("total").GetInt32());
        Assert.True(dead.IsToolError);
        Assert.Contains("Cannot connect to XO server", dead.Text, StringComparison.Ordinal);
        Assert.False(check.IsToolError);
        Assert.Contains("Connection to XO server successful.", check.Text, StringComparison.Ordinal);
        Assert.Contains("Connection test failed: ", check.Text, StringComparison.Ordinal);
        Assert.Contains("## Pools (3)", summary.Text, StringComparison.Ordinal);
        Assert.Contains("The summary could not be made: ", summary.Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task One_that_never_answers_does_not_hold_up_the_other() => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(6), async () =>
    {
        await using var one = await Xo.StartAsync();
        await using var two = await Xo.StartAsync();
        two.Faults.Add(new Fault { Hang = true });
        await using var session = StdioSession.StartWithFile(_folder, Settings(one, Xo.Address(two), two.Token));
        var clock = Stopwatch.StartNew();
        await session.InitializeAsync();
        var alive = await CountAsync(session, ",\"backend\":\"one\"");
        var elapsed = clock.Elapsed;
        session.CloseInput();
        var end = await session.EndAsync();

        Assert.Equal(40, alive.Data.GetProperty("total").GetInt32());
        Assert.Equal(0, end.ExitCode);
        return elapsed;
    });

    [Fact]
    public async Task One_that_is_switched_off_answers_with_that_while_the_other_works()
    {
        await using var one = await Xo.StartAsync();
        await using var two = await Xo.StartAsync(Xo.Small with { McpEnabled = false });
        await using var session = StdioSession.StartWithFile(_folder, Settings(one, Xo.Address(two), two.Token));
        await session.InitializeAsync();
        var alive = await CountAsync(session, ",\"backend\":\"one\"");
        var off = await CountAsync(session, ",\"backend\":\"two\"");

        Assert.Equal(40, alive.Data.GetProperty("total").GetInt32());
        Assert.True(off.IsToolError);
        Assert.Contains("MCP disabled by admin", off.Text, StringComparison.Ordinal);
    }

    private static Task<System.Text.Json.JsonElement> CountAsync(StdioSession session, string backend) =>
        session.CallAsync("vms_query", $$"""{"operation":"GetVms","limit":1{{backend}}}""");

    private static string Settings(XoSimulator one, string address, string token) =>
        $$"""
        backends:
          - name: one
            kind: xen-orchestra
            url: {{Xo.Address(one)}}
            auth: { token: "{{one.Token}}" }
          - name: two
            kind: xen-orchestra
            url: {{address}}
            auth: { token: "{{token}}" }
        """;
}
