using Hypergate.Inventory.Tables;
using Hypergate.Results;

namespace Hypergate.Tests.Tools.Query;

/// <summary>How little of the platforms a query reads.</summary>
public class QueryReadingTests
{
    private readonly QueryWorld _world = QueryWorld.Filled();

    [Fact]
    public async Task Bounds_and_columns_are_told_to_the_source()
    {
        await _world.RowsAsync("SELECT name FROM guests WHERE node = 'pve01' AND vmid BETWEEN 5 AND 200 AND memory_max > '1G' AND status IN ('running', 'paused') AND NOT (name = 'x') AND (vmid = 1 OR vmid = 100)");
        var request = Assert.Single(_world.Tables.Requests);

        Assert.Equal(
            ["node Equal pve01", "vmid AtLeast 5", "vmid AtMost 200", "memory_max AtLeast 1073741824", "status Equal running,paused"],
            request.Bounds.Select(static bound => $"{bound.Column} {bound.Comparison} {string.Join(',', bound.Values.Select(static value => value.Kind == CellKind.Text ? value.Text : $"{value.Int}"))}"));
        Assert.Equal(["backend", "id", "memory_max", "name", "node", "status", "vmid"], request.Columns!.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SELECT name FROM guests WHERE backend = 'LAB'", "lab")]
    [InlineData("SELECT name FROM guests WHERE backend IN ('xo', 'lab') AND backend != 'xo'", "lab xo")]
    [InlineData("""{"from":"guests","backends":["prod"]}""", "prod")]
    [InlineData("""{"from":"guests","backends":"*"}""", "prod lab xo")]
    public async Task Only_the_asked_backends_are_read(string query, string backends)
    {
        await _world.RowsAsync(query);

        Assert.Equal(backends, string.Join(' ', Assert.Single(_world.Tables.Requests).Backends!));
    }

    [Fact]
    public async Task A_backend_that_nobody_has_reads_nothing()
    {
        Assert.Empty(await _world.RowsAsync("SELECT name FROM guests WHERE backend = 'nowhere'"));
        Assert.Empty(_world.Tables.Requests);
    }

    [Fact]
    public async Task A_dear_table_is_read_for_the_guests_of_the_cheap_one_alone()
    {
        _world.Tables.Count = static (request, _) => request.Bounds.FirstOrDefault(static bound => bound.Column == "guest_id")?.Values.Count ?? 1_000;

        Assert.Equal(["web01 before-upgrade"], await _world.RowsAsync("SELECT g.name, s.name AS snapshot FROM guests g JOIN snapshots s ON s.guest_id = g.id WHERE g.name = 'web01'"));
        Assert.Equal(["web01 before-upgrade"], await _world.RowsAsync("SELECT g.name, s.name AS snapshot FROM snapshots s JOIN guests g ON s.guest_id = g.id WHERE g.name = 'web01'"));
        Assert.Equal(["old -"], await _world.RowsAsync("SELECT g.name, s.name AS snapshot FROM guests g LEFT JOIN snapshots s ON s.guest_id = g.id WHERE g.name = 'old'"));
        Assert.Equal("too_expensive", (await _world.ErrorAsync("SELECT s.name FROM snapshots s LEFT JOIN guests g ON s.guest_id = g.id WHERE g.name = 'web01'")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_column_that_costs_extra_is_paid_for()
    {
        _world.Tables.Count = static (_, _) => 150;

        Assert.Empty(await _world.RowsAsync("SELECT mac FROM nics"));
        Assert.Equal("too_expensive", (await _world.ErrorAsync("SELECT addresses FROM nics")).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("qemuConfigs", "100")]
    [InlineData("lxc_config", "200")]
    public async Task Names_of_kinds_of_guests_are_tables_of_those_alone(string table, string vmid)
    {
        _world.Tables.Add("guest_configs", ("backend", "prod"), ("vmid", 100), ("guest_id", "qemu/100"), ("type", "qemu"));
        _world.Tables.Add("guest_configs", ("backend", "prod"), ("vmid", 200), ("guest_id", "lxc/200"), ("type", "lxc"));

        Assert.Equal([vmid], await _world.RowsAsync($"SELECT vmid FROM {table}"));
    }

    [Theory]
    [InlineData(null, null, "{\"data\"")]
    [InlineData("Toon", null, "data[1]{name}:\n  app")]
    [InlineData("Toon", "csv", "name\napp")]
    [InlineData(null, "Markdown", "| name |\n| --- |\n| app |")]
    public async Task The_format_is_the_calls_else_the_settings_else_compact(string? setting, string? asked, string start)
    {
        var world = new QueryWorld(new OutputSettings { Format = setting });
        world.Tables.Add("guests", ("backend", "xo"), ("id", "1"), ("name", "app"));

        Assert.StartsWith(start, (await world.AskAsync("SELECT name FROM guests", asked)).Text, StringComparison.Ordinal);
    }
}
