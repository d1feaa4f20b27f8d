using Hypergate.Inventory.Tables;
using Hypergate.Results;
using Hypergate.Results.Rows;

namespace Hypergate.Tests.Results.Rows;

public class RowsAnswerTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 1, 2, 3, 4, 500, TimeSpan.Zero);

    [Fact]
    public void Every_kind_of_cell_has_its_spelling()
    {
        Cell[] row = [Cell.Of("a"), Cell.Of(5L), Cell.Of(-0.0), Cell.Of(12.5), Cell.Of(true), Cell.Of(Moment), Cell.Of(["x", "y"]), Cell.Null];
        var answer = RowsAnswer.Render(Shape(row.Length, 1), [row]);

        Assert.Equal("""{"data":{"headers":["c0","c1","c2","c3","c4","c5","c6","c7"],"rows":[["a",5,0,12.5,true,"2026-11-01T02:03:04Z",["x","y"],null]]}}""", answer.Data);
        Assert.Equal("", answer.Note);
        Assert.Equal("""{"columns":["c0","c1","c2","c3","c4","c5","c6","c7"],"rows":[{"c0":"a","c1":5,"c2":0,"c3":12.5,"c4":true,"c5":"2026-11-01T02:03:04Z","c6":["x","y"],"c7":null}],"total":1,"returned":1,"warnings":[]}""", answer.Structured!.Value.GetRawText());
    }

    [Theory]
    [InlineData("JsonCompact")]
    [InlineData("JsonNormal")]
    [InlineData("Toon")]
    [InlineData("Csv")]
    [InlineData("Markdown")]
    public void A_table_beyond_the_budget_is_cut_at_a_row_and_goes_on_where_it_was_cut(string format)
    {
        Cell[][] rows = [.. Enumerable.Range(0, 1_000).Select(static number => new[] { Cell.Of((long)number), Cell.Of(new string('x', number % 90)) })];
        var seen = new List<long>();
        for (var offset = 0; offset < rows.Length;)
        {
            var answer = RowsAnswer.Render(Shape(2, rows.Length) with { Offset = offset, Budget = 3_000, Format = ResultFormats.FindFlat(format)!, Cursor = static next => $"c{next}" }, rows[offset..]);

            Assert.InRange(answer.Text.Length, 1, 3_000);
            Assert.InRange(answer.Structured!.Value.GetRawText().Length, 1, 3_000);
            seen.AddRange(answer.Structured!.Value.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("c0").GetInt64()));
            Assert.Equal(seen.Count == rows.Length ? null : $"c{seen.Count}", answer.NextCursor);
            offset = seen.Count;
        }

        Assert.Equal(Enumerable.Range(0, 1_000).Select(static number => (long)number), seen);
    }

    [Fact]
    public void A_long_text_is_cut_and_what_is_cut_is_counted()
    {
        var answer = RowsAnswer.Render(Shape(1, 1), [[Cell.Of(new string('x', 5_000))]]);

        Assert.Equal($"{new string('x', 2_000)}… (+3000 characters)", answer.Structured!.Value.GetProperty("rows")[0].GetProperty("c0").GetString());
    }

    [Fact]
    public void A_row_that_alone_exceeds_the_budget_is_shown_shortened()
    {
        var answer = RowsAnswer.Render(Shape(30, 1) with { Budget = 2_500 }, [[.. Enumerable.Repeat(Cell.Of(new string('x', 3_000)), 30)]]);

        Assert.InRange(answer.Text.Length, 1, 2_500);
        Assert.Equal(1, answer.Structured!.Value.GetProperty("returned").GetInt32());
    }

    [Fact]
    public void What_a_guest_wrote_is_cleaned()
    {
        var answer = RowsAnswer.Render(Shape(1, 1), [[Cell.Of("a\u202Eb\u001b[31m <script>https://root:secret@x/")]]);

        Assert.DoesNotContain("\u202E", answer.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Data, StringComparison.Ordinal);
    }

    [Fact]
    public void Paging_and_warnings_stand_beside_the_data()
    {
        var answer = RowsAnswer.Render(Shape(1, 7) with { Cursor = static next => $"c{next}", Warnings = ["pve2 is offline"], Format = ResultFormats.FindFlat("csv")! }, [[Cell.Of(1L)], [Cell.Of(2L)]]);

        Assert.Equal("c0\n1\n2", answer.Data);
        Assert.Equal("2 of 7 rows; next: cursor=c2\nwarning: pve2 is offline", answer.Note);
    }

    private static RowsShape Shape(int columns, int total) => new() { Columns = [.. Enumerable.Range(0, columns).Select(static index => $"c{index}")], Total = total };
}
