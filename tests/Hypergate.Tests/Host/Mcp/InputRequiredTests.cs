using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Tests.Host.Mcp;

/// <summary>The multi-round-trip of 2026-07-28 in raw messages: what a hostile client could send in the place of an answer.</summary>
public sealed class InputRequiredTests : IAsyncLifetime
{
    private const string Asks = """{"elicitation":{}}""";
    private const string Yes = """{"confirm":{"action":"accept","content":{"confirm":true}}}""";

    private readonly ManualTime _time = new();
    private GatewayUnderTest? _started;
    private McpSession? _session;

    private GatewayUnderTest Gateway => _started!;

    private McpSession Session => _session!;

    public async ValueTask InitializeAsync()
    {
        _started = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Time = _time });
        _session = new McpSession(Gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    [Fact]
    public async Task The_question_ends_the_request_with_one_elicitation_and_a_state()
    {
        var result = await AskAsync(await Gateway.VmAsync("Halted"));

        Assert.Equal("input_required", result.GetProperty("resultType").GetString());
        var request = result.GetProperty("inputRequests").GetProperty("confirm");
        Assert.Equal("elicitation/create", request.GetProperty("method").GetString());
        Assert.Contains("## Confirmation Required", request.GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(result.GetProperty("requestState").GetString()!);
        Assert.False(result.TryGetProperty("ttlMs", out _));
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task The_same_call_with_state_and_yes_runs_it()
    {
        var id = await Gateway.VmAsync("Halted");
        var result = await AnswerAsync(id, State(await AskAsync(id)), Yes);

        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.False(IsError(result), result.ToString());
        Assert.Single(Gateway.Changes);
    }

    [Fact]
    public async Task A_state_that_was_used_is_worth_nothing()
    {
        var id = await Gateway.VmAsync("Halted");
        var state = State(await AskAsync(id));
        await AnswerAsync(id, state, Yes);
        await Gateway.ConfirmedAsync("vms_action", $$"""{"operation":"HardShutdownVm","id":"{{id}}"}""");
        var again = await AnswerAsync(id, state, Yes);

        Assert.True(IsError(again));
        Assert.Single(Gateway.Changes, static change => change.EndsWith("/start", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("TAMPERED")]
    [InlineData("EXTENDED")]
    public async Task A_state_of_somebody_elses_making_is_refused(string state)
    {
        var id = await Gateway.VmAsync("Halted");
        var real = State(await AskAsync(id));
        var sent = state switch
        {
            "TAMPERED" => (real[0] == 'x' ? 'y' : 'x') + real[1..],
            "EXTENDED" => real + "0",
            _ => state,
        };
        var result = await AnswerAsync(id, sent, Yes);

        Assert.True(IsError(result), result.ToString());
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task A_yes_without_any_state_is_refused()
    {
        var result = await AnswerAsync(await Gateway.VmAsync("Halted"), null, Yes);

        Assert.True(IsError(result), result.ToString());
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task The_state_of_one_object_is_worth_nothing_for_another()
    {
        var ids = await Gateway.IdsAsync("vms_query", "GetVms", "power_state:Halted");
        var result = await AnswerAsync(ids[1], State(await AskAsync(ids[0])), Yes);

        Assert.True(IsError(result), result.ToString());
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task A_state_is_good_for_five_minutes()
    {
        var id = await Gateway.VmAsync("Halted");
        var state = State(await AskAsync(id));
        _time.Advance(TimeSpan.FromMinutes(5));
        var result = await AnswerAsync(id, state, Yes);

        Assert.True(IsError(result), result.ToString());
        Assert.Empty(Gateway.Changes);
    }

    [Theory]
    [InlineData("""{"confirm":{"action":"decline"}}""")]
    [InlineData("""{"confirm":{"action":"cancel"}}""")]
    [InlineData("""{"confirm":{"action":"accept"}}""")]
    public async Task Another_answer_than_yes_runs_nothing(string answer)
    {
        var id = await Gateway.VmAsync("Halted");
        var state = State(await AskAsync(id));
        var refused = await AnswerAsync(id, state, answer);
        var afterwards = await AnswerAsync(id, state, Yes);

        Assert.True(IsError(refused), refused.ToString());
        Assert.True(IsError(afterwards), "A question answered with no was answered again.");
        Assert.Empty(Gateway.Changes);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"other":{"action":"accept","content":{"confirm":true}}}""")]
    public async Task A_missing_answer_is_asked_for_again(string answer)
    {
        var id = await Gateway.VmAsync("Halted");
        var result = await AnswerAsync(id, State(await AskAsync(id)), answer);

        Assert.Equal("input_required", result.GetProperty("resultType").GetString());
        Assert.Empty(Gateway.Changes);
    }

    [Theory]
    [InlineData("""{"confirm":"yes"}""")]
    [InlineData("""{"confirm":[]}""")]
    [InlineData("""{"confirm":null}""")]
    [InlineData("""["confirm"]""")]
    [InlineData("7")]
    [InlineData("""{"confirm":{"content":{"confirm":true}}}""")]
    [InlineData("""{"confirm":{"action":"accept","content":"yes"}}""")]
    [InlineData("""{"confirm":{"action":"ACCEPT","content":{"confirm":true}}}""")]
    public async Task A_malformed_answer_is_an_error_of_the_protocol(string answer)
    {
        var id = await Gateway.VmAsync("Halted");
        var message = await CallAsync(id, State(await AskAsync(id)), answer);

        Assert.Equal(-32602, message.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task A_client_that_declares_no_elicitation_gets_the_token_instead()
    {
        var id = await Gateway.VmAsync("Halted");
        var message = await Session.AskAsync("tools/call", Parameters(id, null, null));

        Assert.Contains("confirm_token: ", message.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> AskAsync(string id) => (await CallAsync(id, null, null)).GetProperty("result");

    private async Task<JsonElement> AnswerAsync(string id, string? state, string answer) => (await CallAsync(id, state, answer)).GetProperty("result");

    private Task<JsonElement> CallAsync(string id, string? state, string? answer) => Session.AskAsync("tools/call", Parameters(id, state, answer), Asks);

    private static string Parameters(string id, string? state, string? answer)
    {
        var parameters = new JsonObject
        {
            ["name"] = "vms_action",
            ["arguments"] = new JsonObject { ["operation"] = "StartVm", ["id"] = id },
        };
        if (state is not null)
        {
            parameters["requestState"] = state;
        }

        if (answer is not null)
        {
            parameters["inputResponses"] = JsonNode.Parse(answer);
        }

        return parameters.ToJsonString();
    }

    private static string State(JsonElement result) => result.GetProperty("requestState").GetString()!;

    private static bool IsError(JsonElement result) => result.TryGetProperty("isError", out var error) && error.GetBoolean();
}
