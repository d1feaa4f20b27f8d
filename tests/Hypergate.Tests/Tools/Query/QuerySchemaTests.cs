using System.Text.Json;
using Hypergate.Inventory.Tables;
using Hypergate.Results;
using Hypergate.Tests.Inventory.Tables;

namespace Hypergate.Tests.Tools.Query;

public class QuerySchemaTests
{
    // Four characters are about a token.
    private const int TwoThousandTokens = 8_000;
    private readonly QueryWorld _world = new();

    [Fact]
    public async Task Without_a_table_all_are_told_with_their_price()
    {
        var answer = await _world.RunAsync("get_query_schema", JsonElement.Parse("{}"));
        var tables = answer.Structured!.Value.GetProperty("tables").EnumerateArray().ToDictionary(static table => table.GetProperty("name").GetString()!);

        Assert.Equal(15, tables.Count);
        Assert.Equal("1 call per guest", tables["snapshots"].GetProperty("price").GetString());
        Assert.StartsWith("""{"data":{"headers":["name","row","price","note"],"rows":[["clusters",""", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_tells_its_columns_and_first_what_must_not_be_missed()
    {
        var answer = await _world.RunAsync("get_query_schema", JsonElement.Parse("""{"table":"storage"}"""));
        var columns = answer.Structured!.Value.GetProperty("columns").EnumerateArray().ToDictionary(static column => column.GetProperty("name").GetString()!);

        Assert.Contains("counted = true", answer.Text.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal("""{"name":"total","type":"bytes","unit":"bytes","nullable":true,"also":["AvailableBytes"],"description":"Size"}""", columns["total"].GetRawText());
        Assert.Equal("""["available","degraded","unknown"]""", columns["status"].GetProperty("values").GetRawText());
        Assert.Equal("""["xo"]""", columns["allocated"].GetProperty("backends").GetRawText());
        Assert.False(columns["name"].GetProperty("nullable").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(InventoryTablesTests.Names), MemberType = typeof(InventoryTablesTests))]
    public async Task A_table_fits_in_two_thousand_tokens_in_every_format_and_its_example_runs(string table)
    {
        foreach (var format in ResultFormats.Flat.Where(static format => format.Name != "JsonNormal"))
        {
            var answer = await _world.RunAsync("get_query_schema", JsonElement.Parse($$"""{"table":"{{table}}","format":"{{format.Name}}"}"""));
            Assert.InRange(answer.Text.Length, 500, TwoThousandTokens);
        }

        Assert.False((await _world.AskAsync(InventoryTables.Find(table)!.Example)).IsError);
    }

    [Fact]
    public async Task Every_other_name_is_understood()
    {
        foreach (var table in InventoryTables.All)
        {
            foreach (var name in (IEnumerable<string>)[table.Name, table.Name[..^1], table.Name.ToUpperInvariant(), .. table.Also])
            {
                var columns = string.Join(", ", table.Columns.Where(static column => column.Also.Count > 0).Select(static column => $"{column.Also[^1]} AS {column.Name}_"));
                Assert.False((await _world.AskAsync($"SELECT backend{(columns.Length > 0 ? ", " : "")}{columns} FROM {name}")).IsError);
            }
        }
    }

    [Fact]
    public async Task An_unknown_table_is_an_error_with_the_nearest()
    {
        var answer = await _world.RunAsync("get_query_schema", JsonElement.Parse("""{"table":"snapshot_s_"}"""));

        Assert.Contains("unknown_table", (await _world.RunAsync("get_query_schema", JsonElement.Parse("""{"table":"zebra"}"""))).Text, StringComparison.Ordinal);
        Assert.False(answer.IsError);
    }
}
