using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Host.Mcp;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Tests.Host.Mcp;

public sealed class DirectAnswersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData(McpSession.New)]
    public async Task An_answer_reaches_the_client_whole_and_without_the_number_that_stood_for_it(string revision)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await using var session = new McpSession(gateway);
        const string Call = """{"name":"vms_query","arguments":{"operation":"GetVms","fields":"id,name_label","limit":3}}""";
        JsonElement answer;
        if (revision == McpSession.New)
        {
            answer = await session.AskAsync("tools/call", Call);
        }
        else
        {
            await session.InitializeAsync(revision, "");
            answer = await session.AnswerAsync(await session.RequestAsync("tools/call", Call));
        }

        var result = answer.GetProperty("result");
        Assert.StartsWith("rows 1–3 of ", result.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("text", result.GetProperty("content")[0].GetProperty("type").GetString());
        Assert.Equal(3, result.GetProperty("structuredContent").GetProperty("rows").GetArrayLength());
        Assert.DoesNotContain("hypergate/answer", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(revision == McpSession.New, result.TryGetProperty("_meta", out _));
    }

    [Fact]
    public async Task Answers_of_calls_that_overlap_go_to_their_own_requests()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await using var session = new McpSession(gateway);
        await session.InitializeAsync("2025-06-18", "");
        var asked = new List<(int Id, int Limit)>();
        foreach (var limit in Enumerable.Range(1, 20))
        {
            var call = $$$"""{"name":"vms_query","arguments":{"operation":"GetVms","limit":{{{limit}}}}}""";
            asked.Add((await session.RequestAsync("tools/call", call), limit));
        }

        foreach (var (id, limit) in asked)
        {
            var result = (await session.AnswerAsync(id)).GetProperty("result");
            Assert.Equal(limit, result.GetProperty("structuredContent").GetProperty("returned").GetInt32());
        }
    }

    [Fact]
    public async Task An_answer_nobody_waits_for_is_forgotten()
    {
        var answers = new DirectAnswers();
        using var request = new CancellationTokenSource();
        var standIn = answers.Keep(new CallToolResult { Content = [new TextContentBlock { Text = "late" }] }, request.Token);
        await request.CancelAsync();

        var sent = await SendAsync(answers, standIn);

        Assert.DoesNotContain("late", sent.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_other_layers_say_about_an_answer_stays_beside_it()
    {
        var answers = new DirectAnswers();
        var standIn = answers.Keep(new CallToolResult { Content = [new TextContentBlock { Text = "here" }], IsError = true }, Cancellation);
        standIn.Meta!["other"] = "kept";

        var sent = await SendAsync(answers, standIn);

        Assert.Equal("""{"content":[{"type":"text","text":"here"}],"isError":true,"_meta":{"other":"kept"}}""", sent.ToJsonString(McpJsonUtilities.DefaultOptions));
    }

    private static async Task<JsonObject> SendAsync(DirectAnswers answers, CallToolResult standIn)
    {
        var node = (JsonObject)JsonSerializer.SerializeToNode(standIn, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)))!;
        await using var transport = new StreamServerTransport(Stream.Null, Stream.Null);
        await using var server = McpServer.Create(transport, new McpServerOptions());
        var message = new MessageContext(server, new JsonRpcResponse { Id = new RequestId(1), Result = node });
        await answers.Send(static (_, _) => Task.CompletedTask)(message, Cancellation);
        return node;
    }
}
