using Hypergate.Inventory.Tables;

namespace Hypergate.Tests.Inventory.Tables;

public class InventoryTablesTests
{
    public static TheoryData<string> Names => [.. InventoryTables.All.Select(static table => table.Name)];

    [Fact]
    public void There_are_fifteen_tables_and_each_name_is_one() =>
        Assert.Equal(15, InventoryTables.All.Select(static table => table.Name).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_table_begins_with_where_its_rows_come_from_and_names_each_column_once(string name)
    {
        var table = InventoryTables.Find(name)!;
        var columns = table.Columns.Select(static column => column.Name).ToList();

        Assert.Equal(["backend", "cluster"], columns.Take(2));
        Assert.Equal(columns.Count, columns.Distinct(StringComparer.Ordinal).Count());
        Assert.All(columns, static column => Assert.Matches("^[a-z][a-z0-9_]*$", column));
        Assert.All(table.Defaults, column => Assert.Contains(column, columns));
        Assert.All(columns, column => Assert.Equal(columns.IndexOf(column), table.IndexOf(column)));
        Assert.NotEmpty(table.Example);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_other_name_of_a_column_means_two(string name)
    {
        var also = InventoryTables.Find(name)!.Columns.SelectMany(static column => column.Also).ToList();

        Assert.Equal(also.Count, also.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
