using System.Text.Json;

namespace Hypergate.Tests.Tools.Fleet;

/// <summary>Lists and single objects over both platforms at once.</summary>
public sealed class FleetListTests(LookingFleet fleet) : IClassFixture<LookingFleet>
{
    private FleetGateway Gateway => fleet.Gateway;

    [Theory]
    [InlineData("list_clusters")]
    [InlineData("list_nodes")]
    [InlineData("list_vms")]
    [InlineData("list_storage")]
    [InlineData("list_snapshots")]
    [InlineData("list_isos")]
    [InlineData("list_backup_jobs")]
    [InlineData("list_tasks")]
    [InlineData("list_guest_networks")]
    public async Task Every_list_has_rows_of_both_platforms(string tool)
    {
        var rows = await Gateway.RowsAsync(tool, tool == "list_clusters" ? "{}" : """{"limit":1000,"fields":["backend"]}""");

        var backends = rows.Select(row => row.GetProperty(tool == "list_clusters" ? "name" : "backend").GetString()).Distinct();
        Assert.Equal(["pve", "xo"], backends.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("list_nodes", """{"node":"prod1"}""", "get_node_status", "memory_total")]
    [InlineData("list_nodes", """{"node":"prod-host1"}""", "get_node_status", "memory_total")]
    [InlineData("list_nodes", """{"nodes":["prod1"],"time_frame":"Hour"}""", "list_node_rrd_data", "series")]
    [InlineData("list_nodes", """{"nodes":["prod-host1"],"time_frame":"Hour"}""", "list_node_rrd_data", "series")]
    [InlineData("list_clusters", """{"backend":"pve"}""", "get_permissions", "permissions")]
    [InlineData("list_clusters", """{"backend":"xo"}""", "get_permissions", "administrator")]
    [InlineData("list_clusters", """{"backend":"xo"}""", "get_cluster_status", "nodes_total")]
    [InlineData("list_clusters", """{"backend":"pve"}""", "get_cluster_options", "mac_prefix")]
    public async Task Single_objects_are_told_on_both_platforms(string listed, string arguments, string tool, string field)
    {
        Assert.NotEmpty(await Gateway.RowsAsync(listed));
        Assert.True((await Gateway.DoneAsync(tool, arguments)).TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("""{"status":"paused"}""", "status", "paused")]
    [InlineData("""{"type":"lxc"}""", "type", "lxc")]
    [InlineData("""{"node":"prod1"}""", "node", "prod1")]
    public async Task Filters_keep_what_they_name(string arguments, string column, string value)
    {
        var rows = await Gateway.RowsAsync("list_vms", arguments);

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(value, row.GetProperty(column).GetString()));
    }

    [Fact]
    public async Task Templates_come_on_wish_and_tags_must_all_match()
    {
        var without = await Gateway.RowsAsync("list_vms", """{"limit":1000,"fields":["id","is_template"]}""");
        var with = await Gateway.RowsAsync("list_vms", """{"limit":1000,"include_templates":true,"fields":["id","is_template"]}""");
        var tagged = await Gateway.RowsAsync("list_vms", """{"tags":["production","web"]}""");

        Assert.All(without, static row => Assert.False(row.GetProperty("is_template").GetBoolean()));
        Assert.Contains(with, static row => row.GetProperty("is_template").GetBoolean());
        Assert.NotEmpty(tagged);
        Assert.All(tagged, static row => Assert.Subset(row.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()!).ToHashSet(), new HashSet<string> { "production", "web" }));
    }

    [Fact]
    public async Task A_shared_storage_is_one_row_with_all_its_nodes()
    {
        var shared = (await Gateway.RowsAsync("list_storage", """{"backend":"pve","detail_level":"Full"}""")).Where(static row => row.GetProperty("shared").GetBoolean()).ToList();

        Assert.NotEmpty(shared);
        Assert.Equal(shared.Count, shared.Select(static row => row.GetProperty("storage").GetString()).Distinct().Count());
        Assert.All(shared, static row => Assert.Equal(3, row.GetProperty("node").GetArrayLength()));
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("error")]
    public async Task Tasks_are_filtered_by_how_they_ended_newest_first(string status)
    {
        var rows = await Gateway.RowsAsync("list_tasks", $$"""{"status":"{{status}}","limit":20}""");

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(status, row.GetProperty("status").GetString()));
        var times = rows.Select(static row => row.GetProperty("start_time").GetDateTimeOffset()).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Theory]
    [InlineData("web-01", "pve", "name")]
    [InlineData("BC:24:11:00:00:64", "pve", "mac of net0")]
    [InlineData("192.0.2.102", "pve", "ip of net0")]
    [InlineData("100", "pve", "vmid")]
    public async Task Anything_is_found_by_what_names_it(string text, string backend, string match)
    {
        var first = (await Gateway.RowsAsync("find", $$"""{"text":"{{text}}"}"""))[0];

        Assert.Equal((backend, "qemu/100", match), (first.GetProperty("backend").GetString(), first.GetProperty("id").GetString(), first.GetProperty("match").GetString()));
    }

    [Theory]
    [InlineData("Hour")]
    [InlineData("Day")]
    [InlineData("Year")]
    public async Task Measurements_come_in_few_points_with_a_summary(string frame)
    {
        var answer = await Gateway.CallAsync("list_vm_rrd_data", $$"""{"vmids":[100],"time_frame":"{{frame}}","chart":"Svg"}""");

        var series = answer.Structured!.Value.GetProperty("series")[0];
        Assert.InRange(series.GetProperty("rows").GetArrayLength(), 1, 60);
        var cpu = series.GetProperty("summary").GetProperty("cpu_usage_percent");
        Assert.True(cpu.GetProperty("min").GetDouble() <= cpu.GetProperty("mean").GetDouble() && cpu.GetProperty("mean").GetDouble() <= cpu.GetProperty("max").GetDouble());
        Assert.Equal("image/svg+xml", answer.Images.Single().MimeType);
    }

    [Fact]
    public async Task A_dead_backend_is_told_beside_the_rows_of_the_others()
    {
        await using var gateway = await FleetGateway.StartAsync();
        await gateway.StopXoAsync();

        var answer = await gateway.DoneAsync("list_vms", """{"limit":1000}""");

        Assert.Contains(answer.GetProperty("warnings").EnumerateArray(), static warning => warning.GetString()!.StartsWith("xo:", StringComparison.Ordinal));
        Assert.All(answer.GetProperty("rows").EnumerateArray(), static row => Assert.Equal("pve", row.GetProperty("backend").GetString()));
    }

    [Fact]
    public async Task Several_tasks_are_waited_for_at_once()
    {
        var ids = (await Gateway.RowsAsync("list_tasks", """{"status":"ok","limit":3}""")).Select(static row => JsonSerializer.Serialize(row.GetProperty("upid").GetString()));

        var answer = await Gateway.DoneAsync("wait_for_tasks", $$"""{"upids":[{{string.Join(',', ids)}}]}""");

        Assert.Equal(("done", 3), (answer.GetProperty("state").GetString(), answer.GetProperty("tasks").GetArrayLength()));
    }
}
