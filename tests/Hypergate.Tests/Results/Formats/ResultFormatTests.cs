using System.Text.Json;
using Hypergate.Results;

namespace Hypergate.Tests.Results.Formats;

public class ResultFormatTests
{
    private static readonly string[] Columns = ["vmid", "name", "node", "tags", "cpu_usage_percent", "creation", "shared", "empty"];

    private static readonly JsonElement[] Rows =
    [
        JsonElement.Parse("""{"vmid":100,"name":"web, \"01\"","node":"pve1","tags":["prod","web"],"cpu_usage_percent":12.3,"creation":"2026-11-01T02:03:04Z","shared":true,"empty":""}"""),
        JsonElement.Parse("""{"vmid":101,"name":"db","node":"pve2","tags":null,"cpu_usage_percent":0,"shared":false}"""),
    ];

    [Theory]
    [InlineData("JsonCompact", """{"data":{"headers":["vmid","name","node","tags","cpu_usage_percent","creation","shared","empty"],"rows":[[100,"web, \"01\"","pve1",["prod","web"],12.3,"2026-11-01T02:03:04Z",true,""],[101,"db","pve2",null,0,null,false,null]]}}""")]
    [InlineData("JsonNormal", """{"data":[{"vmid":100,"name":"web, \"01\"","node":"pve1","tags":["prod","web"],"cpu_usage_percent":12.3,"creation":"2026-11-01T02:03:04Z","shared":true,"empty":""},{"vmid":101,"name":"db","node":"pve2","tags":null,"cpu_usage_percent":0,"creation":null,"shared":false,"empty":null}]}""")]
    [InlineData("Csv", "vmid,name,node,tags,cpu_usage_percent,creation,shared,empty\n100,\"web, \"\"01\"\"\",pve1,prod;web,12.3,2026-11-01T02:03:04Z,true,\"\"\n101,db,pve2,,0,,false,")]
    [InlineData("Toon", "data[2]{vmid,name,node,tags,cpu_usage_percent,creation,shared,empty}:\n  100,\"web, \\\"01\\\"\",pve1,prod;web,12.3,\"2026-11-01T02:03:04Z\",true,\"\"\n  101,db,pve2,null,0,null,false,null")]
    [InlineData("Markdown", "| vmid | name | node | tags | cpu_usage_percent | creation | shared | empty |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n| 100 | web, \"01\" | pve1 | [\"prod\",\"web\"] | 12.3 | 2026-11-01T02:03:04Z | true |  |\n| 101 | db | pve2 |  | 0 |  | false |  |")]
    public void The_same_rows_in_every_format(string format, string expected) => Assert.Equal(expected, ResultFormats.Find(format)!.Table(Columns, Rows));

    [Theory]
    [InlineData("JsonCompact", """{"data":{"headers":["a","b"],"rows":[]}}""")]
    [InlineData("JsonNormal", """{"data":[]}""")]
    [InlineData("Csv", "a,b")]
    [InlineData("Toon", "data: []")]
    [InlineData("Markdown", "| a | b |\n| --- | --- |\n\n(no rows)")]
    public void A_list_without_rows(string format, string expected) => Assert.Equal(expected, ResultFormats.Find(format)!.Table(["a", "b"], []));

    [Theory]
    [InlineData("JsonCompact", """{"data":{"a":{"b":1,"c":[]},"d":"x,y","e":{}}}""")]
    [InlineData("JsonNormal", """{"data":{"a":{"b":1,"c":[]},"d":"x,y","e":{}}}""")]
    [InlineData("Csv", "field,value\na.b,1\na.c,\"\"\nd,\"x,y\"\ne,{}")]
    [InlineData("Toon", "data:\n  a:\n    b: 1\n    c: []\n  d: \"x,y\"\n  e:")]
    [InlineData("Markdown", "{\n  \"a\": {\"b\":1,\"c\":[]},\n  \"d\": \"x,y\",\n  \"e\": {}\n}")]
    public void A_single_object(string format, string expected) =>
        Assert.Equal(expected, ResultFormats.Find(format)!.Record(JsonElement.Parse("""{"a":{"b":1,"c":[]},"d":"x,y","e":{}}""")));

    [Fact]
    public void Flat_Markdown_joins_lists_and_keeps_line_ends()
    {
        var row = JsonElement.Parse("""{"a":"x|y\nz","b":["p","q"],"c":{"d":1}}""");
        var markdown = ResultFormats.FindFlat("markdown")!;

        Assert.Equal("| a | b | c |\n| --- | --- | --- |\n| x\\|y<br>z | p, q | {\"d\":1} |", markdown.Table(["a", "b", "c"], [row]));
        Assert.Equal("| field | value |\n| --- | --- |\n| a | x\\|y<br>z |\n| b | p, q |\n| c.d | 1 |", markdown.Record(row));
        Assert.Equal("| a |\n| --- |\n\n(no rows)", markdown.Table(["a"], []));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-", "'-")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("=\"a\",1", "\"'=\"\"a\"\",1\"")]
    [InlineData("a=b", "a=b")]
    [InlineData(" a", "\" a\"")]
    public void Csv_holds_no_formula(string text, string cell) =>
        Assert.Equal($"a\n{cell}", ResultFormats.Find("csv")!.Table(["a"], [JsonElement.Parse($"{{\"a\":{Quoted(text)}}}")]));

    [Fact]
    public void Csv_leaves_negative_numbers_alone() =>
        Assert.Equal("a\n-5", ResultFormats.Find("csv")!.Table(["a"], [JsonElement.Parse("""{"a":-5}""")]));

    [Fact]
    public void Csv_can_be_read_back_cell_by_cell()
    {
        var random = new Random(3);
        string[] columns = ["a", "b,\"c", "d"];
        for (var round = 0; round < 500; round++)
        {
            var cells = columns.Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "x\",\n 'é"[random.Next(7)]))).ToArray();
            var row = JsonElement.Parse($"{{{string.Join(',', columns.Zip(cells, (name, cell) => $"{Quoted(name)}:{Quoted(cell)}"))}}}");

            var lines = ReadCsv(ResultFormats.Find("csv")!.Table(columns, [row]));

            Assert.Equal([columns, cells], lines);
        }
    }

    [Theory]
    [InlineData("markdown", "Markdown")]
    [InlineData("CSV", "Csv")]
    [InlineData("json", "JsonCompact")]
    [InlineData("jsonNormal", "JsonNormal")]
    public void A_format_is_found_by_its_name_in_any_case(string name, string found) => Assert.Equal(found, ResultFormats.Find(name)!.Name);

    [Fact]
    public void An_unknown_format_is_not_found() => Assert.Null(ResultFormats.Find("xml"));

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    /// <summary>RFC 4180, written down once more.</summary>
    private static List<string[]> ReadCsv(string text)
    {
        var lines = new List<string[]>();
        var (cells, cell, isQuoted) = (new List<string>(), "", false);
        for (var at = 0; at <= text.Length; at++)
        {
            var character = at < text.Length ? text[at] : '\n';
            if (character == '"' && isQuoted && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell += text[at++];
                continue;
            }

            if (character == '"')
            {
                isQuoted = !isQuoted;
                continue;
            }

            if (isQuoted || character is not (',' or '\n'))
            {
                cell += character;
                continue;
            }

            cells.Add(cell);
            cell = "";
            if (character == '\n')
            {
                lines.Add([.. cells]);
                cells.Clear();
            }
        }

        return lines;
    }
}
