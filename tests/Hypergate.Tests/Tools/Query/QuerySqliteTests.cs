using System.Globalization;
using Hypergate.Inventory.Tables;
using Microsoft.Data.Sqlite;

namespace Hypergate.Tests.Tools.Query;

/// <summary>The same statement over the same rows, in the engine and in SQLite.</summary>
public sealed class QuerySqliteTests : IDisposable
{
    private const int Statements = 1_500;
    private static readonly string[] Nodes = ["pve1", "pve2", "pve3"];
    private readonly QueryWorld _world = new();
    private readonly SqliteConnection _sqlite;
    private readonly Random _random = new(20260101);

    static QuerySqliteTests() => SQLitePCL.Batteries_V2.Init();

    public QuerySqliteTests()
    {
        _sqlite = new SqliteConnection("Data Source=:memory:");
        _sqlite.Open();
        foreach (var table in (string[])["guests", "nodes", "disks"])
        {
            Run($"CREATE TABLE {table} ({string.Join(", ", InventoryTables.Find(table)!.Columns.Select(static column => $"\"{column.Name}\" {(column.Type == ColumnType.Text ? "TEXT COLLATE NOCASE" : "NUMERIC")}"))})");
        }

        Fill();
    }

    public void Dispose() => _sqlite.Dispose();

    [Fact]
    public async Task Statements_of_every_shape_give_the_same_rows()
    {
        for (var number = 0; number < Statements; number++)
        {
            var statement = (number % 3) switch { 0 => Plain(), 1 => Grouped(), _ => Joined() };
            var expected = Expected(statement);
            var actual = (await _world.RowsAsync(statement)).Select(static row => row.Replace("True", "1", StringComparison.Ordinal).Replace("False", "0", StringComparison.Ordinal));

            Assert.True(expected.SequenceEqual(actual), $"{statement}\nSQLite: {string.Join(" | ", expected)}\nhere:   {string.Join(" | ", actual)}");
        }
    }

    private void Fill()
    {
        foreach (var backend in (string[])["prod", "lab"])
        {
            foreach (var node in Nodes)
            {
                Add("nodes", ("backend", backend), ("name", node), ("id", $"node/{node}"), ("version", One("9.1", "9.2", null)), ("memory_total", One<object?>(64L << 30, 128L << 30, null)));
            }

            for (var vmid = 100; vmid < 140; vmid++)
            {
                Add(
                    "guests", ("backend", backend), ("vmid", vmid), ("id", $"qemu/{vmid}"), ("name", One($"web{vmid % 7}", $"db_{vmid % 3}", "o'neil", null)), ("node", One("pve1", "pve2", "pve9", null)),
                    ("status", One("running", "stopped")), ("memory_usage", One<object?>(vmid * 1000L, 5_000_000L, null)), ("cpu_count", One<object?>(1, 2, 4, null)), ("is_template", One<object?>(true, false, null)));
                for (var disk = 0; disk < vmid % 4; disk++)
                {
                    Add("disks", ("backend", backend), ("vmid", vmid), ("guest_id", $"qemu/{vmid}"), ("key", $"scsi{disk}"), ("storage", One("ceph", "local", null)), ("size", One<object?>(1L << 30, 3L << 31, null)));
                }
            }
        }
    }

    private void Add(string table, params (string Column, object? Value)[] values)
    {
        _world.Tables.Add(table, values);
        using var command = _sqlite.CreateCommand();
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", values.Select(static value => $"\"{value.Column}\""))}) VALUES ({string.Join(", ", values.Select(static (_, index) => $"$p{index}"))})";
        foreach (var (index, (_, value)) in values.Index())
        {
            command.Parameters.AddWithValue($"$p{index}", value is bool truth ? (truth ? 1 : 0) : value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    private T One<T>(params T[] values) => values[_random.Next(values.Length)];

    private string Plain() =>
        $"SELECT {One("", "DISTINCT ")}backend, vmid, name, memory_usage, is_template FROM guests{Where("")} ORDER BY {One("name", "memory_usage", "is_template", "backend")}{One(" DESC", " ASC", "")} NULLS LAST, backend, vmid {Page()}";

    private string Grouped()
    {
        var key = One("node", "status", "cpu_count", "is_template");
        var having = One("", $" HAVING COUNT(*) > {_random.Next(12)}", " HAVING MAX(memory_usage) IS NOT NULL AND SUM(cpu_count) >= 20", $" HAVING NOT (MIN(name) < 'o' OR total BETWEEN 3 AND {_random.Next(3, 20)})");
        return $"SELECT {key}, COUNT(*) AS total, COUNT(DISTINCT name) AS names, SUM(memory_usage) AS used, AVG(cpu_count) AS cpus, MIN(name) AS first, MAX(memory_usage) FROM guests{Where("")} GROUP BY {key}{having} ORDER BY {One("total", "used", "MAX(memory_usage)", "names")} DESC NULLS LAST, {key} NULLS LAST {Page()}";
    }

    private string Joined()
    {
        var (left, right) = (One("LEFT JOIN", "JOIN"), One("LEFT JOIN", "INNER JOIN"));
        var from = $"FROM guests g {left} nodes n ON g.node = n.name AND g.backend = n.backend {right} disks d ON d.vmid = g.vmid AND d.backend = g.backend{Where("g.", One("", "d.size > 2000000000", "d.key IS NULL", "n.version != '9.1'", "n.version IN ('9.1', '9.2') OR d.storage = 'CEPH'"))}";
        return One(0, 1) == 0
            ? $"SELECT g.backend, g.vmid, n.version, d.key, d.size {from} ORDER BY g.vmid{One(" DESC", "")}, g.backend, d.key NULLS LAST {Page()}"
            : $"SELECT n.version, d.storage, COUNT(*) AS total, SUM(d.size) AS size, COUNT(d.storage) AS stored {from} GROUP BY n.version, d.storage ORDER BY n.version NULLS LAST, d.storage NULLS LAST {Page()}";
    }

    private string Page() => $"LIMIT {_random.Next(1, 1000)} OFFSET {One(0, 0, _random.Next(30))}";

    private string Where(string table, string also = "")
    {
        var condition = Condition(table, 2);
        return (also, _random.Next(4)) switch
        {
            ("", 0) => "",
            ("", _) => $" WHERE {condition}",
            (_, 0) => $" WHERE {also}",
            _ => $" WHERE ({also}) AND {condition}",
        };
    }

    private string Condition(string table, int depth) => depth == 0 || _random.Next(3) == 0
        ? Comparison(table)
        : $"{One("", "", "NOT ")}({Condition(table, depth - 1)} {One("AND", "OR")} {Condition(table, depth - 1)})";

    private string Comparison(string table) => table + One(
        $"vmid {One("=", "<>", "!=", "<", "<=", ">", ">=")} {_random.Next(95, 145)}",
        $"name {One("=", "!=", "<", ">=")} '{One("WEB3", "db_1", "o''neil", "")}'",
        $"name {One("", "NOT ")}LIKE '{One("web%", "%_1", "W_B5", "%''%", "%")}'",
        $"node {One("", "NOT ")}IN ('pve1', '{One("PVE2", "pve9")}')",
        $"memory_usage {One("", "NOT ")}BETWEEN {_random.Next(90_000, 120_000)} AND {_random.Next(120_000, 150_000)}",
        $"cpu_count IS {One("", "NOT ")}NULL",
        $"is_template = {One("true", "false")}",
        $"memory_usage > {One("-1", "1e5", "110000.5")}",
        $"status = '{One("RUNNING", "stopped", "x")}'");

    private List<string> Expected(string statement)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = statement;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? "-" : System.Convert.ToString(reader.GetValue(index), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    private void Run(string statement)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
