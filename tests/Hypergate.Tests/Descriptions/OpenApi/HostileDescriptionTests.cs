using System.Diagnostics;
using System.Text;
using Hypergate.Descriptions;
using Hypergate.Descriptions.OpenApi;

namespace Hypergate.Tests.Descriptions.OpenApi;

/// <summary>Documents made to crash, to exhaust or to mislead: a clear error or dropped operations, in bounded time.</summary>
public class HostileDescriptionTests
{
    private const string Good = "'/good':{'get':{'operationId':'Good','x-advice':'allow'}}";

    [Theory]
    [InlineData("", "OpenAPI spec returned invalid JSON")]
    [InlineData("<html>Login</html>", "OpenAPI spec returned invalid JSON")]
    [InlineData("{\"paths\":{}", "OpenAPI spec returned invalid JSON")]
    [InlineData("{\"paths\":{}}x", "OpenAPI spec returned invalid JSON")]
    [InlineData("[]", "it is not an object")]
    [InlineData("null", "it is not an object")]
    [InlineData("{}", "missing \"paths\" object")]
    [InlineData("{\"openapi\":\"3.0.0\",\"paths\":[]}", "missing \"paths\" object")]
    [InlineData("{\"openapi\":\"3.0.0\",\"paths\":null}", "missing \"paths\" object")]
    [InlineData("{\"swagger\":\"2.0\",\"paths\":{}}", "version 2")]
    public void A_document_that_is_none_is_refused_with_a_clear_text(string json, string text) =>
        Assert.Contains(text, Refused(Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);

    [Theory]
    [InlineData("'/X':{'get':{}}")]
    [InlineData("'/a':{'get':{'operationId':'X'}}")]
    [InlineData("'/a':{'get':{'description':'X'}}")]
    public void Broken_utf8_costs_only_the_operation_it_stands_in(string path)
    {
        var description = ReadWithBrokenUtf8($"{path},{Good}");

        Assert.Equal("Good", Assert.Single(description.Operations).Name);
        Assert.Single(description.Dropped);
    }

    [Theory]
    [InlineData("{'enum':['X']}")]
    [InlineData("{'properties':{'a':{'default':{'X':['X']}}}}")]
    public void Broken_utf8_in_values_of_a_schema_is_replaced(string schema)
    {
        var operation = Assert.Single(ReadWithBrokenUtf8(Documents.Path(Documents.BodyOf(schema))).Operations);

        Assert.Contains("\\uFFFD", operation.Body!.Schema.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_nesting_is_invalid_json() => InTime(() =>
        Assert.Contains("invalid JSON", Refused(Encoding.UTF8.GetBytes(new string('[', 1_000_000))), StringComparison.Ordinal));

    [Fact]
    public void A_document_above_the_limit_is_not_read() =>
        Assert.Contains("the limit is", Refused(new byte[(10 * 1024 * 1024) + 1]), StringComparison.Ordinal);

    [Fact]
    public void Nothing_to_offer_is_a_warning() =>
        Assert.Contains("no operation", Assert.Single(Documents.Read("").Warnings), StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_is_no_fault() =>
        Assert.Single(OpenApiReader.Read((byte[])[.. "\uFEFF"u8, .. Documents.Json(Good)], Documents.Rules).Operations);

    [Theory]
    [InlineData("'A':{'$ref':'#/components/schemas/A'}", "contains itself")]
    [InlineData("'A':{'properties':{'b':{'$ref':'#/components/schemas/B'}}},'B':{'items':{'$ref':'#/components/schemas/A'}}", "contains itself")]
    [InlineData("'A':{'$ref':'https://evil.example/schema.json'}", "outside the document")]
    [InlineData("'A':{'$ref':'file:///etc/passwd'}", "outside the document")]
    [InlineData("'A':{'$ref':5}", "outside the document")]
    [InlineData("'A':{'$ref':'#/components/schemas/Missing'}", "does not exist")]
    [InlineData("'A':{'type':42}", "type")]
    [InlineData("'A':{'type':'file'}", "type")]
    [InlineData("'A':{'type':[]}", "type")]
    [InlineData("'A':{'type':['string',5]}", "type")]
    [InlineData("'A':{'properties':[]}", "properties")]
    [InlineData("'A':{'enum':5}", "enum")]
    [InlineData("'A':{'enum':[]}", "enum")]
    [InlineData("'A':{'anyOf':[]}", "anyOf")]
    [InlineData("'A':{'allOf':{}}", "allOf")]
    [InlineData("'A':{'items':'x'}", "not an object")]
    [InlineData("'A':'x'", "not an object")]
    [InlineData("'A':{'default':'\\ud800'}", "cannot be read")]
    [InlineData("'A':{'properties':{'\\udc00':{}}}", "cannot be read")]
    [InlineData("'A':{'enum':['\\ud800']}", "cannot be read")]
    [InlineData("'A':{'default':{'\\ud800':1}}", "cannot be read")]
    [InlineData("'A':{'pattern':'\\ud800'}", "cannot be read")]
    public void An_operation_whose_schema_makes_no_sense_is_dropped_and_the_rest_stays(string schemas, string reason)
    {
        var description = Documents.Read($"{Documents.Path(Documents.BodyOf("{'$ref':'#/components/schemas/A'}"))},{Good}", $"'schemas':{{{schemas}}}");

        Assert.Equal("Good", Assert.Single(description.Operations).Name);
        Assert.Contains(reason, Assert.Single(description.Dropped).Reason, StringComparison.Ordinal);
        Assert.Contains("left out", Assert.Single(description.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void References_that_multiply_are_dropped_in_time() => InTime(() =>
    {
        // Each level uses the one below ten times: a billion schemas in a kilobyte.
        var levels = Enumerable.Range(1, 9).Select(static level =>
            $"'L{level}':{{'properties':{{{string.Join(',', Enumerable.Range(0, 10).Select(i => $"'p{i}':{{'$ref':'#/components/schemas/L{level - 1}'}}"))}}}}}");
        var description = Documents.Read(
            $"{Documents.Path(Documents.BodyOf("{'$ref':'#/components/schemas/L9'}"))},{Good}",
            $"'schemas':{{'L0':{{'type':'string'}},{string.Join(',', levels)}}}");

        Assert.Equal("Good", Assert.Single(description.Operations).Name);
        Assert.Contains("parts", Assert.Single(description.Dropped).Reason, StringComparison.Ordinal);
    });

    [Fact]
    public void Choices_that_multiply_are_not_written_out() => InTime(() =>
    {
        var choice = $"{{'anyOf':[{string.Join(',', Enumerable.Range(0, 30).Select(static i => $"{{'properties':{{'p{i}':{{}}}}}}"))}]}}";
        var operation = Documents.One(Documents.BodyOf($"{{'allOf':[{string.Join(',', Enumerable.Repeat(choice, 8))}]}}"));

        Assert.Equal(8, operation.Body!.Schema.GetProperty("allOf").GetArrayLength());
    });

    [Fact]
    public void A_chain_of_references_in_a_circle_is_dropped() =>
        Assert.Contains("circle", Assert.Single(Documents.Read(
            "'/a':{'get':{'requestBody':{'$ref':'#/components/requestBodies/A'}}}",
            "'requestBodies':{'A':{'$ref':'#/components/requestBodies/B'},'B':{'$ref':'#/components/requestBodies/A'}}").Dropped).Reason, StringComparison.Ordinal);

    [Fact]
    public void Schemas_nested_by_references_end_at_the_limit()
    {
        var levels = Enumerable.Range(1, 60).Select(static level => $"'L{level}':{{'items':{{'$ref':'#/components/schemas/L{level - 1}'}}}}");
        var description = Documents.Read(
            Documents.Path(Documents.BodyOf("{'$ref':'#/components/schemas/L60'}")),
            $"'schemas':{{'L0':{{}},{string.Join(',', levels)}}}");

        Assert.Contains("levels deep", Assert.Single(description.Dropped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_that_share_one_large_item_are_read_in_time() => InTime(() =>
    {
        var parameters = string.Join(',', Enumerable.Range(0, 90).Select(static i => $"{{'in':'query','name':'p{i}','description':'{new string('d', 900)}'}}"));
        var paths = string.Join(',', Enumerable.Range(0, 6_000).Select(static i => $"'/p{i}':{{'$ref':'#/components/pathItems/All'}}"));
        var description = Documents.Read(paths, $"'pathItems':{{'All':{{'get':{{'parameters':[{parameters}]}}}}}}");

        Assert.InRange(description.Operations.Count, 1, 4_000);
        Assert.Contains(description.Warnings, static warning => warning.Contains("too many operations", StringComparison.Ordinal));
    });

    [Fact]
    public void Operations_that_share_one_large_schema_are_read_in_time() => InTime(() =>
    {
        var paths = string.Join(',', Enumerable.Range(0, 3_000).Select(static i => $"'/p{i}':{{'post':{{{Documents.BodyOf("{'$ref':'#/components/schemas/Big'}")}}}}}"));
        var values = string.Join(',', Enumerable.Range(0, 15_000).Select(static i => $"'value-{i}'"));
        var description = Documents.Read($"{paths},{Good}", $"'schemas':{{'Big':{{'enum':[{values}]}}}}");

        Assert.Equal(3_001, description.Operations.Count + description.Dropped.Count);
        Assert.Contains(description.Operations, static operation => operation.Name == "Good");
    });

    [Fact]
    public void Thousands_of_operations_with_one_name_get_names_of_their_own_in_time() => InTime(() =>
    {
        var paths = string.Join(',', Enumerable.Range(0, 5_000).Select(static i => $"'/p/{i}':{{'get':{{'operationId':'Same'}}}}"));
        var description = Documents.Read(paths);

        Assert.Equal(4_000, description.Operations.Select(static operation => operation.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4_000, description.Operations.Count);
    });

    [Fact]
    public void Warnings_are_bounded()
    {
        var paths = string.Join(',', Enumerable.Range(0, 500).Select(static i => $"'/p{i}/{{x}}':{{'get':{{}}}}"));

        Assert.InRange(Documents.Read(paths).Warnings.Count, 10, 60);
    }

    [Fact]
    public void Long_texts_are_cut()
    {
        var operation = Documents.One($"'description':'{new string('x', 2_000_000)}','summary':'{string.Concat(Enumerable.Repeat("word ", 1_000))}'");

        Assert.Equal(DescriptionText.LongestDescription, operation.Description.Length);
        Assert.InRange(operation.Title.Length, 10, DescriptionText.LongestTitle);
    }

    [Fact]
    public void Invisible_characters_vanish_from_everything_that_is_shown()
    {
        const string Hidden = "\\u202e\\u200b\\udb40\\udc41\\u001b[31m";
        var operation = Documents.One($"'summary':'Do{Hidden}','description':'It{Hidden}','parameters':[{{'in':'query','name':'q','description':'Q{Hidden}'}}]");

        Assert.Equal(("Do[31m", "It[31m", "Q[31m"), (operation.Title, operation.Description, operation.Parameters[1].Description));
    }

    [Theory]
    [InlineData("'operationId':'Do it; rm -rf /'", "Do_it__rm_-rf__")]
    [InlineData("'operationId':'\\u202eEvil'", "Evil")]
    [InlineData("'operationId':''", "GetA")]
    [InlineData("'operationId':5", "GetA")]
    [InlineData("'operationId':'ünïcode'", "_n_code")]
    public void Names_hold_only_what_a_tool_may(string inside, string name) =>
        Assert.Equal(name, Assert.Single(Documents.Read($"'/a':{{'get':{{{inside}}}}}").Operations).Name);

    [Fact]
    public void A_very_long_name_is_cut_and_stays_unique()
    {
        var name = new string('n', 100);
        var names = Documents.Read($"'/a':{{'get':{{'operationId':'{name}1'}},'put':{{'operationId':'{name}2'}}}}").Operations.Select(static operation => operation.Name).ToList();

        Assert.All(names, static found => Assert.Equal(64, found.Length));
        Assert.Equal(2, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("'/a\\ud800':{'get':{}}")]
    [InlineData("'/a':{'get':{'operationId':'\\ud800'}}")]
    [InlineData("'/a':{'get':{'description':'\\ud800'}}")]
    [InlineData("'/a':{'get':{'parameters':[{'in':'query','name':'\\ud800'}]}}")]
    [InlineData("'/a':{'get':{'responses':{'2\\ud800':{}}}}")]
    [InlineData("'/a':{'get':{'tags':'x','security':5,'responses':7,'requestBody':'y','servers':{},'callbacks':[]}}")]
    public void Half_a_character_or_a_wrong_kind_never_costs_the_other_operations(string path) =>
        Assert.Contains(Documents.Read($"{path},{Good}").Operations, static operation => operation.Name == "Good");

    [Fact]
    public void Properties_declared_twice_do_no_harm()
    {
        var description = Documents.Read(
            $"'/a':{{'get':{{'operationId':'A'}},'get':{{'operationId':'B'}}}},{Documents.Path(Documents.BodyOf("{'properties':{'x':{'default':{'a':1,'a':2}},'x':{'enum':[{'a':1,'a':2}],'nullable':true}}}"))}");

        Assert.Equal("declared twice", string.Join(' ', Assert.Single(description.Dropped).Reason.Split(' ')[^2..]));
        Assert.Equal(2, description.Operations.Count);
    }

    // Each X becomes a byte that begins a character which never comes.
    private static Description ReadWithBrokenUtf8(string paths)
    {
        var json = Documents.Json(paths);
        json.AsSpan().Replace((byte)'X', (byte)0xC3);
        return OpenApiReader.Read(json, Documents.Rules);
    }

    private static string Refused(byte[] json) =>
        Assert.Throws<DescriptionException>(() => OpenApiReader.Read(json, Documents.Rules)).Message;

    // The bounds of the security specification: 2 s and 200 MB. Allocation counts more than what is ever alive.
    private static void InTime(Action read)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        read();

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5), $"took {Stopwatch.GetElapsedTime(started)}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < 3_000_000_000, $"allocated {GC.GetAllocatedBytesForCurrentThread() - allocated}");
    }
}
