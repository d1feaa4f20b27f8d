using System.Text;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.Faults;

namespace Hypergate.EndToEnd.Security.Stdio;

/// <summary>Whatever comes in, and whatever the platform sends: standard output carries frames of the protocol and nothing else.</summary>
[Trait("Suite", "S22")]
[Trait("Rule", "R-STDIO")]
[Trait("Aisvs", "10.3.2")]
[Trait("Mcp", "MCP05")]
public sealed class StdioTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What a hostile or broken client writes; after each the next request is answered.</summary>
    public static TheoryData<string, byte[]> Inputs => new()
    {
        { "a line of blanks", "   \t \n"u8.ToArray() },
        { "carriage returns", "\r\n\r\n"u8.ToArray() },
        { "a byte order mark", [0xEF, 0xBB, 0xBF, (byte)'\n'] },
        { "bytes that are no UTF-8", [0x7B, 0xFF, 0xFE, 0xC0, 0x80, 0x7D, (byte)'\n'] },
        { "NUL bytes", new byte[4_000].Append((byte)'\n').ToArray() },
        { "a line of 9 MiB", [.. Enumerable.Repeat((byte)'x', 9 * 1024 * 1024), (byte)'\n'] },
        { "a frame with a name of 9 MiB", [.. "{\"jsonrpc\":\"2.0\",\"id\":900,\"method\":\""u8, .. Enumerable.Repeat((byte)'m', 9 * 1024 * 1024), .. "\"}\n"u8] },
        { "brackets without end", [.. Enumerable.Repeat((byte)'[', 200_000), (byte)'\n'] },
        { "an answer to nothing", "{\"jsonrpc\":\"2.0\",\"id\":\"never asked\",\"result\":{}}\n"u8.ToArray() },
        { "terminal commands", "\u001b]0;owned\u0007\u001b[2J\n"u8.ToArray() },
        { "half a surrogate pair", "{\"jsonrpc\":\"2.0\",\"id\":901,\"method\":\"tools/call\",\"params\":{\"name\":\"vms_query\",\"arguments\":{\"operation\":\"\\ud800\"}}}\n"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task After_anything_the_next_request_is_answered_in_frames(string what, byte[] bytes)
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();
        await session.Input.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await session.Input.FlushAsync(TestContext.Current.CancellationToken);

        var answer = await session.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""");

        Assert.False(answer.IsToolError, what);
        AssertFrames(session);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_is_refused_as_over_HTTP_and_what_follows_is_answered(bool isNew)
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await (isNew ? session.AskNewAsync("server/discover") : session.InitializeAsync());
        var meta = isNew ? StdioSession.WithMeta("{}") : "{}";

        await session.SendAsync($$"""[{"jsonrpc":"2.0","id":901,"method":"tools/list","params":{{meta}}},{"jsonrpc":"2.0","id":902,"method":"tools/list","params":{{meta}}}]""");
        await (isNew ? session.AskNewAsync("tools/list") : session.AskAsync("tools/list"));

        var refused = JsonElement.Parse(session.Lines.Single(static line => line.Contains("-32600", StringComparison.Ordinal)));
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("id").ValueKind);
        Assert.Equal("Batches are not supported: send one message in each line.", refused.GetProperty("error").GetProperty("message").GetString());
        Assert.DoesNotContain(session.Lines, static line => line.Contains("\"id\":90", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_breaks_in_names_and_errors_stay_inside_a_frame()
    {
        await using var xo = await Xo.StartAsync();
        xo.Faults.Add(new Fault { Path = "/hosts", Status = 400, Body = "{\"error\":\"one\\r\\n{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":1,\\\"result\\\":{}}\\n\\u2028two\\u001b[2J\"}" });
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        var vm = (await session.HaltedAsync(1))[0];
        var rename = $$$"""{"operation":"UpdateVm","id":"{{{vm}}}","body":{"nameLabel":"one\r\n{\"jsonrpc\":\"2.0\"}\n\u2028two\u001b[2J"}}""";
        var token = Answers.Token((await session.CallAsync("vms_action", rename)).Text);
        await session.CallAsync("vms_action", $"{rename[..^1]},\"confirm_token\":\"{token}\"}}");

        var list = await session.CallAsync("vms_query", $$"""{"operation":"GetVm","id":"{{vm}}"}""");
        var error = await session.CallAsync("hosts_query", """{"operation":"GetHosts"}""");

        Assert.False(list.IsToolError, list.Text);
        Assert.True(error.IsToolError);
        AssertFrames(session);
        Assert.All(session.Lines, static line => Assert.DoesNotContain('\u001b', line));
    }

    [Fact]
    public async Task Warnings_and_troubles_go_to_standard_error_alone()
    {
        await using var xo = await Xo.StartAsync();
        xo.Faults.Add(new Fault { Path = "/docs/swagger.json", Status = 500, Body = "{\"error\":\"boom\"}" });
        await using var session = StdioSession.Start(_folder, [.. Xo.Reading(xo), ("HTTP_PROXY", "nonsense"), ("NO_PROXY", "127.0.0.1"), ("XO_MCP_DENY_LIST", "NoSuchThing")]);
        await session.InitializeAsync();
        await session.AskAsync("tools/list");
        session.CloseInput();
        var end = await session.EndAsync();

        Assert.Contains("HTTP_PROXY", end.Error, StringComparison.Ordinal);
        Assert.Contains("boom", end.Error, StringComparison.Ordinal);
        AssertFrames(session);
    }

    [Fact]
    public async Task A_flood_of_requests_is_answered_whole_and_the_end_of_input_ends_it()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Reading(xo));
        await session.StartWorkAsync();
        var flood = new StringBuilder();
        for (var id = 1_000; id < 3_000; id++)
        {
            flood.Append("{\"jsonrpc\":\"2.0\",\"id\":").Append(id).Append(",\"method\":\"no/such/method\"}\n");
        }

        await session.Input.WriteAsync(Encoding.UTF8.GetBytes(flood.ToString()), TestContext.Current.CancellationToken);
        await session.Input.FlushAsync(TestContext.Current.CancellationToken);
        for (var id = 1_000; id < 3_000; id += 333)
        {
            Assert.Equal(-32601, (await session.AnswerAsync(id)).ErrorCode);
        }

        session.CloseInput();
        var end = await session.EndAsync();

        Assert.Equal(0, end.ExitCode);
        AssertFrames(session);
    }

    private static void AssertFrames(StdioSession session)
    {
        Assert.NotEmpty(session.Lines);
        Assert.All(session.Lines, static line => Assert.Equal("2.0", JsonElement.Parse(line).GetProperty("jsonrpc").GetString()));
    }
}
