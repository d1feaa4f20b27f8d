using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.Arguments;

/// <summary>What a body holds is refused, or reaches the platform as exactly that value and nothing else.</summary>
[Trait("Suite", "S2")]
[Trait("Rule", "R-ARGS")]
[Trait("Aisvs", "10.4.3")]
[Trait("Mcp", "MCP05")]
public sealed class BodyArgumentsTests : IAsyncLifetime
{
    private const string Tool = "vms_action";
    private static readonly IReadOnlyList<string[]> Payloads = PayloadFile.Read("arguments.txt");

    private GatewayUnderTest? _gateway;
    private string _vm = "";

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Payloads.Count)];

    private GatewayUnderTest Gateway => _gateway!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        _vm = await Gateway.VmAsync("Halted");
    }

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_payload_in_a_body_stays_one_value(int index)
    {
        var payload = JsonElement.Parse(Payloads[index][2]);
        var body = new JsonObject { ["nameDescription"] = JsonNode.Parse(payload.GetRawText()) };

        var result = await Gateway.ConfirmedAsync(Tool, $$"""{"operation":"UpdateVm","id":"{{_vm}}","body":{{body.ToJsonString()}}}""");

        Assert.False(result.IsError, result.Text);
        var sent = Assert.Single(Gateway.Xo.Requests.All, static request => request.Method != "GET");
        Assert.Equal($"/rest/v0/vms/{_vm}", sent.Target);
        var property = Assert.Single(JsonElement.Parse(sent.Body.Span).EnumerateObject());
        Assert.Equal(("nameDescription", payload.GetString()), (property.Name, property.Value.GetString()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_payload_in_a_tag_stays_one_segment(int index)
    {
        var payload = JsonElement.Parse(Payloads[index][2]).GetString()!;
        var arguments = $$"""{"operation":"PutVmTag","id":"{{_vm}}","tag":{{Payloads[index][2]}}}""";
        var preview = await Gateway.CallAsync(Tool, arguments);
        if (preview.IsError)
        {
            Assert.Contains("tag", preview.Text, StringComparison.Ordinal);
            Assert.Empty(Gateway.Changes);
            return;
        }

        await Gateway.CallAsync(Tool, GatewayUnderTest.WithToken(arguments, GatewayUnderTest.Token(preview.Text)));

        var sent = Assert.Single(Gateway.Changes);
        Assert.Equal($"PUT /rest/v0/vms/{_vm}/tags/{Uri.EscapeDataString(payload)}", sent);
    }

    [Theory]
    [InlineData("""{"nameDescription":"a","nameDescription":"b"}""", "is given twice")]
    [InlineData("""{"nameDescription":"a","name\u0044escription":"b"}""", "is given twice")]
    [InlineData("""{"nameDescription":"a","isAdmin":true}""", "is not a known property")]
    [InlineData("""{"nameDescription":"a","permission":"admin"}""", "is not a known property")]
    [InlineData("""{"nameDescription":"a","$pool":"x","uuid":"y"}""", "is not a known property")]
    [InlineData("""{"nameDescription":"a","__proto__":{"permission":"admin"}}""", "__proto__")]
    [InlineData("""{"constructor":{"prototype":{"permission":"admin"}}}""", "constructor")]
    [InlineData("""{"xenStoreData":{"__proto__":"x"}}""", "__proto__")]
    [InlineData("""{"xenStoreData":{"vm-data/a":"x","vm-data/a":"y"}}""", "is given twice")]
    [InlineData("""{"nameDescription":["a"]}""", "body.nameDescription")]
    [InlineData("""{"nameDescription":{"$ne":null}}""", "body.nameDescription")]
    [InlineData("""{"autoPoweron":"true"}""", "body.autoPoweron")]
    [InlineData("\"{\\\"nameDescription\\\":\\\"a\\\"}\"", "'body'")]
    [InlineData("[]", "'body'")]
    [InlineData("5", "'body'")]
    public async Task A_body_of_another_form_is_refused_before_anybody_is_asked(string body, string why)
    {
        var result = await Gateway.CallAsync(Tool, $$"""{"operation":"UpdateVm","id":"{{_vm}}","body":{{body}}}""");

        Assert.True(result.IsError, result.Text);
        Assert.Contains(why, result.Text, StringComparison.Ordinal);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task Names_that_only_one_caller_spells_twice_count_as_the_last_one_for_everybody()
    {
        var other = (await Gateway.IdsAsync("vms_query", "GetVms", "power_state:Halted"))[1];
        var preview = await Gateway.CallAsync(Tool, $$"""{"operation":"PutVmTag","id":"{{other}}","tag":"x","id":"{{_vm}}"}""");

        Assert.Contains(_vm, preview.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(other, preview.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(61)]
    public async Task Deep_values_are_refused_or_answered_and_never_fatal(int depth)
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", depth)) + "1" + new string('}', depth);
        var arguments = $"{{\"operation\":\"UpdateVm\",\"id\":\"{_vm}\",\"body\":{{\"xenStoreData\":{deep}}}}}";

        var result = await Gateway.CallAsync(Tool, arguments);

        Assert.True(result.IsError, result.Text);
        Assert.DoesNotContain("Internal error", result.Text, StringComparison.Ordinal);
        Assert.True(result.Text.Length < 7_000);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task Huge_values_do_not_come_back_in_errors()
    {
        var huge = new string('h', 2_000_000);
        foreach (var arguments in (string[])
        [
            $$"""{"operation":"{{huge}}"}""", $$"""{"operation":"StartVm","id":"{{huge}}"}""", $$"""{"operation":"StartVm","{{huge}}":1}""",
            $$"""{"operation":"StartVm","id":"{{_vm}}","backend":"{{huge}}"}""", $$"""{"operation":"StartVm","id":"{{_vm}}","confirm_token":"{{huge}}"}""",
            $"{{\"operation\":\"UpdateVm\",\"id\":\"{_vm}\",\"body\":{{\"{huge}\":1}}}}", $$"""{"operation":"UpdateVm","id":"{{_vm}}","body":"{{huge}}"}""",
        ])
        {
            var result = await Gateway.CallAsync(Tool, arguments);
            Assert.True(result.IsError);
            Assert.True(result.Text.Length < 7_000, $"{result.Text.Length} characters");
        }

        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task No_operation_takes_a_prototype_a_name_twice_or_one_it_does_not_know()
    {
        var operations = Gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations
            .Where(operation => operation.Body is not null && Gateway.Gateway.Parts.Policies["xo"].Shows(operation)).ToList();
        Assert.True(operations.Count > 30);
        foreach (var operation in operations)
        {
            foreach (var (body, why) in new[] { ("{\"__proto__\":{\"a\":1}}", "__proto__"), ("{\"a\":1,\"a\":2}", "given twice") })
            {
                var arguments = new StringBuilder($"{{\"operation\":\"{operation.Name}\",\"body\":{body}");
                foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Required))
                {
                    arguments.Append($",\"{parameter.Name}\":\"{_vm}\"");
                }

                var result = await Gateway.CallAsync($"{operation.Domain}_action", arguments.Append('}').ToString());
                Assert.True(result.IsError, $"{operation.Name} took {body}: {result.Text}");
                Assert.True(result.Text.Contains(why, StringComparison.Ordinal) || result.Text.Contains("body", StringComparison.Ordinal), result.Text);
            }
        }

        Assert.Empty(Gateway.Changes);
    }
}
