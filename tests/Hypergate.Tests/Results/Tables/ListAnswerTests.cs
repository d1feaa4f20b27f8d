using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Results;
using Hypergate.Results.Secrets;
using Hypergate.Results.Tables;

namespace Hypergate.Tests.Results.Tables;

public partial class ListAnswerTests
{
    private static readonly string[] VmFields = ["id", "name_label", "power_state"];

    [Fact]
    public void A_list_is_a_table_of_the_asked_columns_sorted_by_id()
    {
        var list = JsonElement.Parse("""[{"id":"b","name":"two","size":2,"href":"/x"},{"id":"a","name":"one|1","size":1.50}]""");

        var answer = XoSamples.Shaper.List(list, new() { Fields = ["id", "name", "size", "note"], KnownFields = ["note"] });

        Assert.Equal(
            """
            rows 1–2 of 2

            | id | name | size | note |
            | --- | --- | --- | --- |
            | a | one\|1 | 1.50 |  |
            | b | two | 2 |  |
            """,
            answer.Text);
        Assert.Equal(
            """{"columns":["id","name","size","note"],"rows":[{"id":"a","name":"one|1","size":1.50},{"id":"b","name":"two","size":2}],"total":2,"offset":0,"returned":2}""",
            answer.Structured!.Value.GetRawText());
        Assert.Null(answer.NextCursor);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("all")]
    public void All_fields_are_the_union_of_the_rows_in_the_order_seen_without_the_address(string all)
    {
        var list = JsonElement.Parse("""[{"id":"a","href":"/a","x":1},{"id":"b","y":[1,2],"x":2}]""");

        var table = XoSamples.Shaper.List(list, new() { Fields = [all] }).Data;

        Assert.Equal("| id | x | y |\n| --- | --- | --- |\n| a | 1 |  |\n| b | 2 | [1,2] |", table);
    }

    [Fact]
    public void The_address_of_a_row_shows_when_it_is_asked_for() =>
        Assert.Contains("/rest/v0/vms/", XoSamples.Shaper.List(XoSamples.Collection("/vms"), new() { Fields = ["href"] }).Data, StringComparison.Ordinal);

    [Theory]
    [InlineData("n", "c d a b e")]
    [InlineData("-n", "b a d c e")]
    [InlineData("memory.size", "b a c d e")]
    [InlineData("name", "d b a c e")]
    [InlineData(null, "a b c d e")]
    [InlineData("-id", "e d c b a")]
    public void Rows_are_sorted_by_any_field_with_missing_ones_last_and_ties_by_id(string? sort, string ids)
    {
        var list = JsonElement.Parse("""
            [{"id":"e","n":null},{"id":"d","n":9,"name":"A"},{"id":"a","n":10,"memory":{"size":2},"name":"b"},
             {"id":"c","n":-1.5,"memory":{"size":10},"name":"b2"},{"id":"b","n":10.5,"memory":{"size":1},"name":"Z"}]
            """);

        var answer = XoSamples.Shaper.List(list, new() { Fields = ["id"], Sort = sort });

        Assert.Equal(ids, Shown(answer, "id"));
    }

    [Fact]
    public void Ids_that_are_numbers_are_sorted_as_numbers()
    {
        var answer = XoSamples.Shaper.List(JsonElement.Parse("""[{"id":10},{"id":9},{"id":100}]"""), new());

        Assert.Equal("9 10 100", Shown(answer, "id"));
    }

    [Theory]
    [InlineData("Markdown", null, true)]
    [InlineData("Markdown", "name_label", true)]
    [InlineData("Markdown", "-memory.size", false)]
    [InlineData("JsonCompact", "memory.size", true)]
    [InlineData("JsonNormal", "-power_state", false)]
    [InlineData("Csv", "tags", true)]
    public void Pages_show_each_row_once_whatever_the_order_of_the_list(string format, string? sort, bool structured)
    {
        var shape = new ListShape
        {
            Fields = ["id", "name_label", "memory.size"],
            Sort = sort,
            Budget = 4_000,
            Query = "GetVms",
            Format = ResultFormats.Find(format)!,
            Structured = structured,
        };
        var list = XoSamples.Vms(500);
        var random = new Random(1);
        var seen = new List<string>();
        for (var page = shape; ;)
        {
            var answer = XoSamples.Shaper.List(Shuffled(list, random), page);
            Assert.True(answer.Text.Length <= shape.Budget);
            Assert.True(!structured || answer.Structured!.Value.GetRawText().Length <= shape.Budget);
            seen.AddRange(Id().Matches(answer.Data).Select(id => id.Value));
            if (answer.NextCursor is not { } cursor)
            {
                break;
            }

            page = shape with { Cursor = cursor };
        }

        Assert.Equal(500, seen.Count);
        Assert.Equal(500, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Objects_that_come_and_go_between_pages_shift_nothing()
    {
        var shape = new ListShape { Fields = ["id"], Limit = 2, Query = "q" };
        var first = XoSamples.Shaper.List(Ids("b", "d", "f", "h"), shape);

        var second = XoSamples.Shaper.List(Ids("a", "c", "f", "g", "h"), shape with { Cursor = first.NextCursor });

        Assert.Equal("b d", Shown(first, "id"));
        Assert.Equal("f g", Shown(second, "id"));
    }

    [Fact]
    public void Rows_with_the_same_id_are_all_shown()
    {
        var shape = new ListShape { Fields = ["id"], Limit = 2, Query = "q" };
        var list = Ids("a", "a", "a", "a", "b");
        var count = 0;
        string? cursor = null;
        do
        {
            var answer = XoSamples.Shaper.List(list, shape with { Cursor = cursor });
            count += Rows(answer).Count;
            cursor = answer.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(5, count);
    }

    [Fact]
    public void Rows_without_an_id_keep_the_order_of_the_platform()
    {
        var list = JsonElement.Parse("""[{"name":"z"},{"name":"a"},{"name":"m"}]""");
        var first = XoSamples.Shaper.List(list, new() { Limit = 2 });

        var second = XoSamples.Shaper.List(list, new() { Limit = 2, Cursor = first.NextCursor });

        Assert.Equal("z a", Shown(first, "name"));
        Assert.Equal("m", Shown(second, "name"));
    }

    [Fact]
    public void Plain_values_are_a_table_of_one_column() =>
        Assert.Equal("| value |\n| --- |\n| /vms/a |\n| /vms/b |", XoSamples.Shaper.List(JsonElement.Parse("""["/vms/b","/vms/a"]"""), new() { Fields = ["id"] }).Data);

    [Fact]
    public void A_cursor_serves_only_the_query_it_came_from()
    {
        var shape = new ListShape { Fields = ["id"], Limit = 1, Query = "vms power_state:running" };
        var cursor = XoSamples.Shaper.List(Ids("a", "b"), shape).NextCursor;

        Assert.Null((shape with { Cursor = cursor, Fields = ["id", "name"], Limit = 5 }).Problem());
        Assert.Contains("another query", (shape with { Cursor = cursor, Query = "vms" }).Problem(), StringComparison.Ordinal);
        Assert.Contains("another query", (shape with { Cursor = cursor, Sort = "name" }).Problem(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("{\"a\":1}")]
    [InlineData("WzEsMiwzXQ")]
    [InlineData("bnVsbA")]
    [InlineData("!!!!")]
    public void What_is_no_cursor_is_refused_with_advice(string cursor) =>
        Assert.Contains("leave it out", new ListShape { Cursor = cursor }.Problem(), StringComparison.Ordinal);

    [Fact]
    public void Wrong_shapes_are_refused_with_a_text_for_the_caller()
    {
        Assert.Equal("limit must be 1 or more, not 0", new ListShape { Limit = 0 }.Problem());
        Assert.Equal("offset must be 0 or more, not -1", new ListShape { Offset = -1 }.Problem());
        Assert.NotNull(new ListShape { Offset = 1, Cursor = "x" }.Problem());
        Assert.NotNull(new ListShape { Fields = [.. Enumerable.Range(0, 201).Select(index => $"f{index}")] }.Problem());
        Assert.Null(new ListShape().Problem());
        Assert.Throws<ArgumentException>(() => XoSamples.Shaper.List(Ids("a"), new() { Limit = 0 }));
    }

    [Fact]
    public void The_note_counts_the_rows_and_says_how_to_go_on()
    {
        var answer = XoSamples.Shaper.List(XoSamples.Vms(2_000), new() { Fields = VmFields, Structured = false, Query = "q" });

        var rows = answer.Data.Split('\n').Length - 2;
        Assert.InRange(rows, 200, 400);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"rows 1–{rows} of 2,000; go on with cursor: \"{answer.NextCursor}\""),
            answer.Note);
    }

    [Fact]
    public void A_page_is_cut_at_the_last_row_that_fits()
    {
        var shape = new ListShape { Fields = VmFields, Structured = false };
        var list = XoSamples.Vms(1_000);
        var shown = XoSamples.Shaper.List(list, shape);
        var rows = shown.Data.Split('\n').Length - 2;

        var oneMore = XoSamples.Shaper.List(list, shape with { Limit = rows + 1, Budget = shape.Budget + 200 });

        Assert.True(shown.Text.Length <= shape.Budget);
        Assert.True(oneMore.Text.Length > shape.Budget);
    }

    [Theory]
    [InlineData(0, "0 rows")]
    [InlineData(7, "0 rows")]
    public void An_empty_list_shows_its_columns(int offset, string note)
    {
        var answer = XoSamples.Shaper.List(JsonElement.Parse("[]"), new() { Fields = ["id", "name"], Offset = offset });

        Assert.Equal($"{note}\n\n| id | name |\n| --- | --- |\n\n(no rows)", answer.Text);
        Assert.Equal(0, answer.Structured!.Value.GetProperty("total").GetInt32());
    }

    [Fact]
    public void An_offset_behind_the_end_says_how_many_there_are() =>
        Assert.StartsWith("no rows from 3 on: there are 2", XoSamples.Shaper.List(Ids("a", "b"), new() { Offset = 9 }).Note, StringComparison.Ordinal);

    [Fact]
    public void All_fields_of_two_thousand_machines_fit_the_budget_at_little_cost()
    {
        var list = XoSamples.Vms(2_000);
        var shape = new ListShape { Fields = ["*"], Query = "q" };
        XoSamples.Shaper.List(list, shape);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = XoSamples.Shaper.List(list, shape);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(answer.Text.Length <= ListShape.DefaultBudget);
        Assert.True(answer.Structured!.Value.GetRawText().Length <= ListShape.DefaultBudget);
        Assert.True(Rows(answer).Count >= 5);
        Assert.True(allocated < 5_000_000, $"{allocated:N0} bytes for a list of {list.GetRawText().Length:N0} characters");
    }

    [Theory]
    [InlineData("Markdown")]
    [InlineData("JsonCompact")]
    [InlineData("JsonNormal")]
    [InlineData("Csv")]
    public void A_row_larger_than_the_budget_is_cut_inside_its_values(string format)
    {
        var disks = string.Join(',', Enumerable.Range(0, 3_000).Select(index => $"\"disk-{index}\""));
        var list = JsonElement.Parse($$"""[{"id":"a","disks":[{{disks}}],"log":"{{new string('x', 50_000)}}","name":"big"},{"id":"b"}]""");
        var shape = new ListShape { Fields = ["*"], Format = ResultFormats.Find(format)!, Query = "q" };

        var first = XoSamples.Shaper.List(list, shape);
        var second = XoSamples.Shaper.List(list, shape with { Cursor = first.NextCursor });

        Assert.True(first.Text.Length <= shape.Budget);
        Assert.Contains("disks, log", first.Note, StringComparison.Ordinal);
        Assert.Contains("name fewer fields", first.Note, StringComparison.Ordinal);
        Assert.Matches("… [0-9,]+ more\"", Assert.Single(Rows(first)).GetProperty("disks").GetRawText());
        Assert.Matches("x… [0-9,]+ more characters", Assert.Single(Rows(first)).GetProperty("log").GetString());
        Assert.Equal("big", Assert.Single(Rows(first)).GetProperty("name").GetString());
        Assert.Equal("b", Assert.Single(Rows(second)).GetProperty("id").GetString());
    }

    [Fact]
    public void However_large_and_strange_a_row_is_the_budget_holds()
    {
        var wide = string.Join(',', Enumerable.Range(0, 5_000).Select(index => $"\"{new string('k', 300)}{index}\":{{\"a\":[{{\"b\":[1,2,3]}}]}}"));
        var list = JsonElement.Parse($"[{{\"id\":\"{new string('é', 5_000)}\",{wide}}},{{\"id\":\"z\"}}]");

        var answer = XoSamples.Shaper.List(list, new() { Budget = 100, Query = "q" });

        Assert.True(answer.Text.Length <= ListShape.SmallestBudget);
        Assert.NotNull(answer.NextCursor);
    }

    [Fact]
    public void Many_long_columns_of_an_empty_list_keep_to_the_budget()
    {
        string[] fields = [.. Enumerable.Range(0, 200).Select(index => $"{new string('f', 190)}{index}")];

        Assert.True(XoSamples.Shaper.List(JsonElement.Parse("[]"), new() { Fields = fields }).Text.Length <= ListShape.DefaultBudget);
    }

    [Fact]
    public void An_unknown_field_is_named_with_the_nearest_known_one()
    {
        var shaper = new ResultShaper(XoSamples.Rules, SecretScrubber.None, (name, known) => name == "name_lable" && known.Contains("name_label", StringComparer.Ordinal) ? "name_label" : null);

        var answer = shaper.List(XoSamples.Collection("/vms"), new() { Fields = ["id", "name_lable", "memory.sizes", "mainIpAddress"], Sort = "nope" });

        Assert.Equal(
            [
                "no field \"name_lable\"; did you mean name_label?",
                "no field \"memory.sizes\"",
                "cannot sort by \"nope\": there is no such field; sorted by id",
            ],
            answer.Warnings);
        Assert.Contains("warning: no field \"name_lable\"", answer.Note, StringComparison.Ordinal);
        Assert.Contains("| id | name_lable |", answer.Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"id":"a"}]""")]
    public void A_known_field_that_no_row_has_is_no_mistake(string list) =>
        Assert.Empty(XoSamples.Shaper.List(JsonElement.Parse(list), new() { Fields = ["id", "mainIpAddress", "os_version.name"], KnownFields = ["id", "mainIpAddress", "os_version"] }).Warnings);

    [Fact]
    public void Hidden_values_are_neither_shown_nor_sorted_by_nor_carried_in_cursors()
    {
        var list = JsonElement.Parse("""
            [{"id":"tok-1","user_id":"u","expiration":1,"password":"zzz","url":"smb://bob:hun/ter2@nas","description":"b"},
             {"id":"tok-2","user_id":"u","expiration":2,"password":"aaa","url":"smb://bob:hun/ter2@nas","description":"a"}]
            """);

        foreach (var sort in (string?[])[null, "password", "url", "description"])
        {
            var answer = XoSamples.Shaper.List(list, new() { Fields = ["*"], Sort = sort, Limit = 1 });

            var all = answer.Text + answer.Structured + System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(answer.NextCursor));
            Assert.DoesNotContain("tok-", all, StringComparison.Ordinal);
            Assert.DoesNotContain("zzz", all, StringComparison.Ordinal);
            Assert.DoesNotContain("ter2", all, StringComparison.Ordinal);
            Assert.Contains(sort == "description" ? "| a |" : "| b |", answer.Data, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_field_hidden_unless_asked_shows_only_by_its_name()
    {
        var list = XoSamples.Collection("/vms");

        Assert.Contains("[REDACTED]", XoSamples.Shaper.List(list, new() { Fields = ["*"], Limit = 1 }).Data, StringComparison.Ordinal);
        Assert.Contains("vm-data", XoSamples.Shaper.List(list, new() { Fields = ["id", "xenStoreData"], Limit = 1 }).Data, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_that_cannot_be_read_as_text_is_shown_all_the_same()
    {
        var list = JsonElement.Parse("[{\"id\\ud800\":1,\"id\":\"a\",\"name\":\"x\\udc00y\\ud83d\\ude00\"},{\"\\ud800\":2,\"id\":\"b\"}]");

        var answer = XoSamples.Shaper.List(list, new() { Fields = ["id", "name", "nothing"] });

        Assert.Contains("| a | xy😀 |", answer.Data, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_cut_in_the_middle_of_a_character()
    {
        // Every limit meets an emoji at an odd and at an even place.
        foreach (var prefix in (string[])["", "x"])
        {
            var text = prefix + string.Concat(Enumerable.Repeat("😀", 20_000));
            var list = JsonElement.Parse($$"""[{"id":"{{text}}","name":"{{text}}","{{text}}":1},{"id":"{{text}}2"}]""");
            var shape = new ListShape { Sort = "name", Limit = 1, Query = "q", Warnings = [text] };

            var first = XoSamples.Shaper.List(list, shape);
            var second = XoSamples.Shaper.List(list, shape with { Cursor = first.NextCursor });

            Assert.DoesNotContain("\ufffd", first.Text + first.Structured!.Value.GetRawText(), StringComparison.Ordinal);
            Assert.True(first.Text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar));
            Assert.Contains("rows 2–2 of 2", second.Note, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_single_object_where_a_list_is_expected_is_shown_as_one() =>
        Assert.Equal("{\n  \"a\": 1\n}", XoSamples.Shaper.List(JsonElement.Parse("""{"a":1}"""), new()).Data);

    private static List<JsonElement> Rows(RenderedAnswer answer) => [.. answer.Structured!.Value.GetProperty("rows").EnumerateArray()];

    private static string Shown(RenderedAnswer answer, string field) => string.Join(' ', Rows(answer).Select(row => row.GetProperty(field).ToString()));

    private static JsonElement Ids(params string[] ids) => JsonElement.Parse($"[{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""))}]");

    private static JsonElement Shuffled(JsonElement list, Random random)
    {
        var rows = list.EnumerateArray().Select(row => row.GetRawText()).ToArray();
        random.Shuffle(rows);
        return JsonElement.Parse($"[{string.Join(',', rows)}]");
    }

    [GeneratedRegex("[0-9a-f]{8}-0000-4000-8000-[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
