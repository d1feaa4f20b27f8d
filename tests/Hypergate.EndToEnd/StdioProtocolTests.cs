using System.Diagnostics;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.Faults;

namespace Hypergate.EndToEnd;

/// <summary>What a client sees on the program's standard output when lines, clients and platforms misbehave.</summary>
public sealed class StdioProtocolTests : IDisposable
{
    private static readonly string[] Malformed =
    [
        "this is no JSON",
        "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":",
        "[]",
        "[{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}]",
        "null",
        "42",
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":77,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{\"a\":1},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":77.5,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":5}",
        "{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"tools/call\",\"params\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"tools/call\",\"params\":{\"name\":5}}",
        "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"tools/call\",\"params\":{\"name\":\"ping_query\",\"arguments\":7}}",
        "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"tools/call\"}",
        "\u0000\u0001\uFEFF",
        "",
    ];

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_line_on_standard_output_is_a_message_of_the_protocol()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        await session.CallAsync("vms_query", """{"operation":"GetVms"}""");
        await session.CallAsync("vms_query", """{"operation":"Nonsense"}""");
        await session.CallAsync("no_such_tool", "{}");
        await session.SendAsync("this is no JSON");
        await session.AskAsync("no/such/method");
        session.CloseInput();
        var end = await session.EndAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.NotEmpty(session.Lines);
        Assert.All(session.Lines, static line =>
            Assert.Equal("2.0", JsonElement.Parse(line).GetProperty("jsonrpc").GetString()));
    }

    [Fact]
    public async Task A_malformed_line_does_not_stop_the_next_one()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();
        foreach (var line in Malformed)
        {
            await session.SendAsync(line);
            var answer = await session.CallAsync("ping_query", """{"operation":"Ping"}""");

            Assert.True(answer.TryGetProperty("result", out _), $"After {line} came {answer}");
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_text_do_not_stop_the_next_line()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.InitializeAsync();
        await session.Input.WriteAsync((byte[])[0xC3, 0x28, 0xFF, 0xFE, 0x80, (byte)'\n'], TestContext.Current.CancellationToken);
        await session.Input.FlushAsync(TestContext.Current.CancellationToken);
        var answer = await session.AskAsync("ping");

        Assert.True(answer.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task Nesting_without_end_does_not_stop_the_next_line()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.InitializeAsync();
        var deep = new string('[', 100_000) + new string(']', 100_000);
        await session.RequestAsync("tools/call", """{"name":"ping_query","arguments":{"a":DEEP}}""".Replace("DEEP", deep, StringComparison.Ordinal));
        var answer = await session.AskAsync("ping");

        Assert.True(answer.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task A_line_of_twenty_megabytes_costs_neither_the_process_nor_its_memory()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();
        await session.RequestAsync(
            "tools/call", """{"name":"ping_query","arguments":{"operation":"HUGE"}}""".Replace("HUGE", new string('x', 20_000_000), StringComparison.Ordinal));
        var answer = await session.AskAsync("ping");

        Assert.True(answer.TryGetProperty("result", out _));
        Assert.InRange(session.PeakMemory, 1, 250_000_000);
    }

    [Fact]
    public async Task Two_requests_with_one_id_are_both_answered()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();
        xo.Faults.Add(new Fault { Path = "/ping", Delay = TimeSpan.FromMilliseconds(300) });
        const string Request = """{"jsonrpc":"2.0","id":"twice","method":"tools/call","params":{"name":"ping_query","arguments":{"operation":"Ping"}}}""";
        await session.SendAsync(Request);
        await session.SendAsync(Request);
        var count = 0;
        await session.MessageAsync(message =>
            message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.ValueEquals("twice") && ++count == 2);

        Assert.True((await session.AskAsync("ping")).TryGetProperty("result", out _));
    }

    [Fact]
    public async Task An_unknown_method_and_an_unknown_tool_are_errors_of_the_protocol()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();

        Assert.Equal(-32601, Code(await session.AskAsync("no/such/method")));
        Assert.Equal(-32602, Code(await session.CallAsync("no_such_tool", "{}")));
        Assert.Equal(-32602, Code(await session.AskAsync("prompts/get", """{"name":"no-such-prompt"}""")));
        Assert.Equal(-32602, Code(await session.AskAsync("tools/call", """{"name":"vms_query","arguments":7}""")));
        Assert.Equal(-32602, Code(await session.AskAsync("tools/list", """{"cursor":"made-up"}""")));
    }

    [Fact]
    public async Task The_newest_revision_is_discovered_and_unknown_ones_are_answered_with_the_supported()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        var discovered = (await session.AskNewAsync("server/discover")).GetProperty("result");

        Assert.Contains("2026-07-28", discovered.GetProperty("supportedVersions").EnumerateArray().Select(static version => version.GetString()));
        Assert.Equal("private", discovered.GetProperty("cacheScope").GetString());
        var unknown = await session.AskAsync("tools/list", StdioSession.WithMeta("{}").Replace("2026-07-28", "2099-01-01", StringComparison.Ordinal));
        Assert.Equal(-32022, Code(unknown));
        Assert.Contains("2026-07-28", unknown.GetProperty("error").GetProperty("data").GetProperty("supported").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Initialize_is_answered_at_once_although_the_platform_never_answers() => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(1), async () =>
    {
        await using var xo = await Xo.StartAsync();
        xo.Faults.Add(new Fault { Hang = true });
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        var clock = Stopwatch.StartNew();
        var result = await session.InitializeAsync();
        var elapsed = clock.Elapsed;

        Assert.Equal("hypergate", result.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Contains("xo (Xen Orchestra, read only)", result.GetProperty("instructions").GetString(), StringComparison.Ordinal);
        return elapsed;
    });

    [Fact]
    public Task The_tools_that_need_no_platform_are_listed_in_time_although_it_never_answers() => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(3.5), async () =>
    {
        await using var xo = await Xo.StartAsync();
        xo.Faults.Add(new Fault { Hang = true });
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        var clock = Stopwatch.StartNew();
        await session.InitializeAsync();
        var tools = await session.AskAsync("tools/list");
        var elapsed = clock.Elapsed;

        Assert.Contains("check_connection", tools.ToolNames);
        return elapsed;
    });

    [Theory]
    [InlineData(StdioSession.Old)]
    [InlineData(StdioSession.New)]
    public Task It_ends_within_three_seconds_of_the_end_of_input_with_calls_in_flight(string revision) => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(3), async () =>
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        if (revision == StdioSession.Old)
        {
            await session.StartWorkAsync();
        }
        else
        {
            await session.AskNewAsync("tools/call", """{"name":"ping_query","arguments":{"operation":"Ping"}}""");
            await session.RequestAsync("subscriptions/listen", StdioSession.WithMeta("""{"notifications":{"toolsListChanged":true}}"""));
        }

        xo.Faults.Add(new Fault { Hang = true });
        var call = """{"name":"vms_query","arguments":{"operation":"GetVms"}}""";
        await session.RequestAsync("tools/call", revision == StdioSession.Old ? call : StdioSession.WithMeta(call));
        await session.RequestAsync("tools/call", revision == StdioSession.Old ? call : StdioSession.WithMeta(call));
        await session.AskAsync("ping");
        session.CloseInput();
        var end = await session.EndAsync();

        Assert.Equal(0, end.ExitCode);
        return end.Elapsed;
    });

    [Fact]
    public Task It_ends_at_once_when_nothing_is_in_flight() => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(1), async () =>
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();
        session.CloseInput();
        var end = await session.EndAsync();

        Assert.Equal(0, end.ExitCode);
        return end.Elapsed;
    });

    [Fact]
    public Task It_ends_within_three_seconds_while_a_person_is_being_asked() => Machine.AssertWithinAsync(_folder, TimeSpan.FromSeconds(3), async () =>
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync("""{"elicitation":{}}""");
        var id = await VmAsync(session);
        await session.RequestAsync("tools/call", """{"name":"vms_action","arguments":{"operation":"StartVm","id":"ID"}}""".Replace("ID", id, StringComparison.Ordinal));
        await session.NotificationAsync("elicitation/create");
        session.CloseInput();
        var end = await session.EndAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.DoesNotContain(xo.Requests.All, static request => request.Method == "POST");
        return end.Elapsed;
    });

    private static async Task<string> VmAsync(StdioSession session)
    {
        var answer = await session.CallAsync("vms_query", """{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":1}""");
        return answer.GetProperty("result").GetProperty("structuredContent").GetProperty("rows")[0].GetProperty("id").GetString()!;
    }

    private static int Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();
}
