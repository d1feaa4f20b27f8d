using System.Text.Json;
using Hypergate.Tools.Code;

namespace Hypergate.Tests.Tools.Code;

/// <summary>What does not fit loses what is largest in it, wherever that stands, and tells the place; the rest stays as it is.</summary>
public sealed class CodeResultTests
{
    private const int Budget = 2_000;

    private static string Rows(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(static number => $$"""{"name":"vm{{number}}"}"""))}]";

    private static string Text(int length) => $"\"{new string('x', length)}\"";

    private static CodeResult Cut(string json) => CodeResult.Of(JsonElement.Parse(json), Budget);

    [Theory]
    [InlineData("{0}", "$")]
    [InlineData("""{{"count":3,"vms":{0},"note":"kept"}}""", "$.vms")]
    [InlineData("""{{"a":{{"b":{{"list":{0}}}}}}}""", "$.a.b.list")]
    [InlineData("""{{"odd name":[{0}]}}""", "$[\"odd name\"][0]")]
    public void A_list_loses_its_last_items_where_it_stands(string frame, string path)
    {
        var whole = JsonElement.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, Rows(1_000)));

        var result = CodeResult.Of(whole, Budget);

        var (at, shown, total) = result.Truncated!.Value;
        var list = ResultPath.Find(result.Value, at)!.Value;
        Assert.Equal((path, 1_000, shown), (at, total, list.GetArrayLength()));
        Assert.Equal($"vm{shown - 1}", list[shown - 1].GetProperty("name").GetString());
        Assert.InRange(result.Value.GetRawText().Length, Budget * 0.9, Budget);
    }

    [Fact]
    public void What_stands_beside_the_largest_part_stays()
    {
        var result = Cut($$"""{"before":[1,2,3],"vms":{{Rows(1_000)}},"after":"text"}""");

        Assert.Equal(("[1,2,3]", "text"), (result.Value.GetProperty("before").GetRawText(), result.Value.GetProperty("after").GetString()));
    }

    [Fact]
    public void A_long_text_loses_its_end()
    {
        var result = Cut($$"""{"log":{{Text(50_000)}},"lines":7}""");

        Assert.Equal(("$.log", 50_000), (result.Truncated!.Value.Path, result.Truncated.Value.Total));
        Assert.Equal(result.Truncated.Value.Shown, result.Value.GetProperty("log").GetString()!.Length);
        Assert.Equal(7, result.Value.GetProperty("lines").GetInt32());
    }

    [Fact]
    public void Several_large_parts_are_cut_and_the_largest_is_told()
    {
        var result = Cut($$"""{"small":{{Rows(500)}},"large":{{Rows(900)}}}""");

        Assert.Equal(("$.large", 900), (result.Truncated!.Value.Path, result.Truncated.Value.Total));
        Assert.Equal(result.Truncated.Value.Shown, result.Value.GetProperty("large").GetArrayLength());
        Assert.InRange(result.Value.GetProperty("small").GetArrayLength(), 1, 499);
    }

    [Fact]
    public void Where_one_item_is_too_much_it_is_cut_itself()
    {
        var result = Cut($$"""[{"text":{{Text(9_000)}}},{"text":{{Text(8_000)}}}]""");

        Assert.Equal(("$", 1, 2), result.Truncated!.Value);
        Assert.InRange(result.Value[0].GetProperty("text").GetString()!.Length, 1_000, Budget);
    }

    [Fact]
    public void What_fits_is_whole() => Assert.Null(Cut("""{"a":[1,2,3],"b":"text"}""").Truncated);
}
