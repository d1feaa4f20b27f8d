using System.Text;
using System.Text.Json;
using Hypergate.Results;
using Hypergate.Results.Text;
using Hypergate.Tests.Results;

namespace Hypergate.Tests.Security.HostileData;

/// <summary>S12, rule R-CLEAN: whatever a guest or tenant writes, and wherever, an answer stays what the gateway made it.</summary>
[Trait("Suite", "S12")]
[Trait("Rule", "R-CLEAN")]
[Trait("Aisvs", "10.4.2")]
[Trait("Mcp", "MCP06")]
public class HostileDataTests
{
    private const int Neighbours = 4;

    // A row of each kind of place: given the payload as JSON, the object that carries it.
    private static readonly Dictionary<string, Func<string, string>> Places = new(StringComparer.Ordinal)
    {
        ["name"] = payload => $$"""{"id":"vm-1","name_label":{{payload}},"power_state":"Running"}""",
        ["tag"] = payload => $$"""{"id":"vm-1","name_label":"a","tags":["prod",{{payload}}],{{payload}}:1}""",
        ["guest agent"] = payload => $$"""{"id":"vm-1","os_version":{"name":{{payload}},"uname":{{payload}} },"addresses":{ {{payload}}:{{payload}} } }""",
        ["log line"] = payload => $$"""{"id":"vm-1","tasks":[{"message":{{payload}},"infos":[{"data":{"x":{{payload}} } }] }] }""",
        ["description"] = payload => $$"""{"id":"vm-1","name_description":{{payload}},"name_label":"a"}""",
    };

    private static readonly (string Class, string Json)[] Payloads =
    [
        .. File.ReadLines(Repository.Path("tests", "Hypergate.Tests", "Security", "Payloads", "hostile-data.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], parts[1])),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (payload, place) in Payloads.SelectMany(_ => Places, (payload, place) => (payload, place)))
            {
                cases.Add(payload.Class, place.Key);
            }

            return cases;
        }
    }

    [Fact]
    public void Every_class_of_payload_is_tried_in_every_place() => Assert.Equal(40, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_list_has_one_row_for_each_object_and_nothing_hidden_or_live(string payloadClass, string place)
    {
        var list = JsonElement.Parse($"[{string.Join(',', Rows(payloadClass, place))}]");

        foreach (var format in ResultFormats.All)
        {
            var answer = XoSamples.Shaper.List(list, new() { Format = format, Query = "q" });

            AssertInert(answer);
            Assert.Equal(Neighbours + 1, RowsIn(answer, format.Name));
            Assert.Equal("rows 1–5 of 5", answer.Note);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_single_object_has_nothing_hidden_or_live(string payloadClass, string place)
    {
        var value = JsonElement.Parse(Rows(payloadClass, place)[0]);

        foreach (var format in ResultFormats.All)
        {
            AssertInert(XoSamples.Shaper.One(value, new() { Format = format }));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Statistics_have_nothing_hidden_or_live(string payloadClass, string place) =>
        AssertInert(XoSamples.Shaper.Statistics(JsonElement.Parse(Rows(payloadClass, place)[0]), new()));

    [Theory]
    [InlineData("name")]
    [InlineData("description")]
    public void Instructions_stay_readable_as_the_data_they_are(string place)
    {
        var list = JsonElement.Parse($"[{Rows("instructions", place)[0]}]");

        Assert.Contains("| Ignore all previous instructions", XoSamples.Shaper.List(list, new()).Data, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_name_asked_by_a_caller_comes_back_clean()
    {
        var answer = XoSamples.Shaper.List(JsonElement.Parse("""[{"id":"a"}]"""), new() { Fields = ["id", "x\u001b[31m\u202e | y\n| fake |", "![a](b)"] });

        AssertInert(answer);
        Assert.Equal(1, RowsIn(answer, "Markdown"));
    }

    private static List<string> Rows(string payloadClass, string place)
    {
        var payload = Payloads.Single(payload => payload.Class == payloadClass).Json;
        return [Places[place](payload), .. Enumerable.Range(2, Neighbours).Select(index => $$"""{"id":"vm-{{index}}","name_label":"n{{index}}"}""")];
    }

    private static int RowsIn(RenderedAnswer answer, string format)
    {
        if (format is "JsonCompact" or "JsonNormal")
        {
            var data = JsonElement.Parse(answer.Data).GetProperty("data");
            return (format == "JsonCompact" ? data.GetProperty("rows") : data).GetArrayLength();
        }

        // No payload may bring a line end into a table; in CSV a quoted cell may hold one.
        var lines = answer.Data.Split('\n');
        if (format == "Markdown")
        {
            var columns = Cells(lines[0]);
            Assert.All(lines, line => Assert.Equal(columns, Cells(line)));
            return lines.Length - 2;
        }

        return lines.Count(line => line.Contains("vm-", StringComparison.Ordinal));
    }

    private static int Cells(string line)
    {
        Assert.StartsWith("| ", line, StringComparison.Ordinal);
        Assert.EndsWith(" |", line, StringComparison.Ordinal);
        return line.Index().Count(c => c.Item == '|' && (c.Index == 0 || line[c.Index - 1] != '\\')) - 1;
    }

    private static void AssertInert(RenderedAnswer answer)
    {
        foreach (var text in (string[])[answer.Text, answer.Structured!.Value.GetRawText(), .. Strings(answer.Structured!.Value)])
        {
            Assert.DoesNotContain(text.EnumerateRunes(), rune => CleanText.IsForbidden(rune.Value) || rune == Rune.ReplacementChar);
            Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
            Assert.DoesNotContain("</", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<!--", text, StringComparison.Ordinal);
            Assert.DoesNotContain("![", text, StringComparison.Ordinal);
            Assert.DoesNotContain("](", text, StringComparison.Ordinal);
            Assert.DoesNotContain("```", text, StringComparison.Ordinal);
            Assert.DoesNotContain("confirm_token:", text, StringComparison.Ordinal);
            Assert.DoesNotContain("cursor: \"AAAA", text, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Strings(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };
}
