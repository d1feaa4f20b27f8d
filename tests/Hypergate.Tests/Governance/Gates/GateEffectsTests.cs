using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Governance.Gates;

namespace Hypergate.Tests.Governance.Gates;

public class GateEffectsTests
{
    [Theory]
    [InlineData("""{"remove":["args.force"]}""", """{"id":"1","force":true}""", """{"id":"1"}""")]
    [InlineData("""{"default":{"args.limit":100}}""", """{}""", """{"limit":100}""")]
    [InlineData("""{"default":{"args.limit":100}}""", """{"limit":5}""", """{"limit":5}""")]
    [InlineData("""{"set":{"args.body.tags":["by-assistant"]}}""", """{"id":"1"}""", """{"id":"1","body":{"tags":["by-assistant"]}}""")]
    [InlineData("""{"clamp":{"args.body.memory":{"max":4}}}""", """{"body":{"memory":8}}""", """{"body":{"memory":4}}""")]
    [InlineData("""{"clamp":{"args.cores":{"min":2,"max":4}}}""", """{"cores":"1"}""", """{"cores":"2"}""")]
    [InlineData("""{"clamp":{"args.cores":{"min":2}}}""", """{"cores":"many"}""", """{"cores":"many"}""")]
    [InlineData("""{"clamp":{"args.cores":{"min":2}}}""", """{}""", """{}""")]
    public void Arguments_are_changed_as_the_settings_say(string settings, string given, string left)
    {
        var arguments = JsonNode.Parse(given)!.AsObject();

        ArgumentEffects.Apply(Before(settings), arguments);

        Assert.Equal(left, arguments.ToJsonString());
    }

    [Theory]
    [InlineData("""{"require":{"args.body.reason":{"min_length":10}}}""", """{"body":{"reason":"  short    "}}""", "body.reason is needed, 10 characters or items at least.")]
    [InlineData("""{"require":{"args.reason":{"reason":"Say why."}}}""", """{}""", "Say why.")]
    [InlineData("""{"require":{"args.reason":{}}}""", """{"reason":"x"}""", null)]
    [InlineData("""{"require":{"args.ids":{"min_length":2}}}""", """{"ids":["a","b"]}""", null)]
    public void What_is_required_must_be_there(string settings, string given, string? missing) =>
        Assert.Equal(missing, ArgumentEffects.Missing(Before(settings), JsonNode.Parse(given)!.AsObject()));

    [Theory]
    [InlineData("""{"max_items":1}""", """[{"a":1},{"a":2}]""", """[{"a":1}]""")]
    [InlineData("""{"keep_fields":["a"]}""", """[{"a":1,"b":2},{"b":3}]""", """[{"a":1},{}]""")]
    [InlineData("""{"keep_fields":["a"]}""", """{"a":1,"b":2}""", """{"a":1}""")]
    [InlineData("""{"redact":["$..ip"]}""", """{"vms":[{"ip":"1.2.3.4","nics":{"ip":["x"]}}]}""", """{"vms":[{"ip":"[REDACTED]","nics":{"ip":"[REDACTED]"}}]}""")]
    [InlineData("""{"redact":["$.vm.name"]}""", """{"vm":{"name":"a"},"name":"b"}""", """{"vm":{"name":"[REDACTED]"},"name":"b"}""")]
    [InlineData("""{"redact":["$[*].name"]}""", """[{"name":"a"},{"x":{"name":"b"}}]""", """[{"name":"[REDACTED]"},{"x":{"name":"b"}}]""")]
    [InlineData("""{"redact":["$.tags[*]"]}""", """{"tags":["a","b"]}""", """{"tags":["[REDACTED]","[REDACTED]"]}""")]
    [InlineData("""{"mask":["ipv4"]}""", """{"n":[{"d":"at 10.0.0.1"}],"10.0.0.1":1}""", """{"n":[{"d":"at [IPV4]"}],"10.0.0.1":1}""")]
    [InlineData("""{"mask":["email"]}""", "\"a@b.de\"", "\"[EMAIL]\"")]
    [InlineData("""{"mask":["email"]}""", """{"big":9007199254740993,"share":1.0}""", """{"big":9007199254740993,"share":1.0}""")]
    public void Answers_are_changed_as_the_settings_say(string settings, string given, string left) =>
        Assert.Equal(left, new AnswerEffects(JsonSerializer.Deserialize<GateAfterSettings>(settings, JsonSerializerOptions.Web)!).Apply(JsonElement.Parse(given)).Value.GetRawText());

    [Fact]
    public void Nothing_is_made_of_an_answer_without_a_body() => Assert.Equal(JsonValueKind.Undefined, new AnswerEffects(new GateAfterSettings { Mask = ["email"] }).Apply(default).Value.ValueKind);

    [Fact]
    public void A_limit_counts_each_caller_until_its_window_is_over()
    {
        var time = new ManualTime();
        var (counter, limit) = (new GateCounter(time), new GateLimit { Count = 2, Window = "1h" });

        Assert.Null(counter.Take("g", "anna", limit));
        Assert.Null(counter.Take("g", "anna", limit));
        Assert.Contains("the next in 3600 s", counter.Take("g", "anna", limit), StringComparison.Ordinal);
        Assert.Null(counter.Take("g", "bob", limit));
        Assert.Null(counter.Take("other", "anna", limit));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(counter.Take("g", "anna", limit));
    }

    [Fact]
    public void A_limit_for_all_counts_everybody()
    {
        var (counter, limit) = (new GateCounter(TimeProvider.System), new GateLimit { Count = 1, Per = "all" });

        Assert.Null(counter.Take("g", "anna", limit));
        Assert.NotNull(counter.Take("g", "bob", limit));
    }

    private static GateBeforeSettings Before(string settings) => JsonSerializer.Deserialize<GateBeforeSettings>(settings, JsonSerializerOptions.Web)!;
}
