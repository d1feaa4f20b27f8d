using System.Text.Json;

namespace Hypergate.Tests.Tools.Fleet;

/// <summary>Every list and object on each platform by itself; where a platform lacks a thing, the answer says so.</summary>
public sealed class FleetCoverageTests(LookingFleet fleet) : IClassFixture<LookingFleet>
{
    private FleetGateway Gateway => fleet.Gateway;

    [Theory]
    [InlineData("list_replications", "schedule")]
    [InlineData("list_pools", "comment")]
    [InlineData("list_backups", "volid")]
    [InlineData("list_templates", "volid")]
    [InlineData("list_storage_content", "volid")]
    public async Task Lists_of_a_cluster_have_what_they_promise(string tool, string column)
    {
        var rows = await Gateway.RowsAsync(tool, tool == "list_storage_content" ? """{"backend":"pve","storage":"backup"}""" : """{"backend":"pve"}""");

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.NotEqual(JsonValueKind.Null, row.GetProperty(column).ValueKind));
    }

    [Theory]
    [InlineData("list_replications", "has no storage replication")]
    [InlineData("list_pools", "has no resource pools")]
    [InlineData("list_templates", "has no container templates")]
    public async Task What_Xen_Orchestra_lacks_is_said_beside_an_empty_list(string tool, string words)
    {
        var answer = await Gateway.DoneAsync(tool, """{"backend":"xo"}""");

        Assert.Equal(0, answer.GetProperty("total").GetInt32());
        Assert.Contains(answer.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("get_cluster_options", """{"backend":"xo"}""")]
    [InlineData("backup_vm", """{"vmid":"GUEST"}""")]
    public async Task What_Xen_Orchestra_cannot_do_is_said_before_anything_is_asked(string tool, string arguments)
    {
        var (code, text) = await Gateway.ProblemAsync(tool, arguments.Replace("GUEST", await XoGuestAsync(), StringComparison.Ordinal));

        Assert.Equal("unsupported", code);
        Assert.Contains("Xen Orchestra has no ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_of_a_cluster_counts_its_nodes_guests_and_failed_tasks()
    {
        var status = await Gateway.DoneAsync("get_cluster_status", """{"backend":"pve"}""");

        Assert.True(status.GetProperty("quorate").GetBoolean());
        Assert.Equal((3, 3), (status.GetProperty("nodes_total").GetInt32(), status.GetProperty("nodes_online").GetInt32()));
        var guests = status.GetProperty("vms");
        Assert.Equal(39, guests.GetProperty("total").GetInt32());
        Assert.Equal(39, guests.GetProperty("running").GetInt32() + guests.GetProperty("stopped").GetInt32() + guests.GetProperty("paused").GetInt32());
        Assert.True(status.GetProperty("tasks_failed_24h").GetInt32() > 0);
    }

    [Fact]
    public async Task A_guest_tells_of_its_inside_on_both_platforms()
    {
        var pve = await Gateway.DoneAsync("get_guest_info", """{"vmid":100}""");
        var xo = await Gateway.DoneAsync("get_guest_info", $$"""{"vmid":"{{await XoGuestAsync()}}"}""");

        Assert.Equal(("agent", "guest tools"), (pve.GetProperty("source").GetString(), xo.GetProperty("source").GetString()));
        Assert.True(pve.GetProperty("file_systems").GetArrayLength() > 0);
        Assert.NotEqual("", xo.GetProperty("os").GetString());
        Assert.Contains("does not tell users and file systems", xo.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pve")]
    [InlineData("xo")]
    public async Task A_task_of_the_list_is_told_one_by_one(string backend)
    {
        var listed = (await Gateway.RowsAsync("list_tasks", $$"""{"backend":"{{backend}}","status":"ok","limit":1,"detail_level":"Full"}"""))[0];

        var task = await Gateway.DoneAsync("get_task", $$"""{"upid":"{{listed.GetProperty("upid").GetString()}}"}""");

        Assert.Equal(("ok", listed.GetProperty("exit_status").GetString()), (task.GetProperty("state").GetString(), task.GetProperty("exit_status").GetString()));
        Assert.Equal(backend, task.GetProperty("backend").GetString());
        Assert.Equal(listed.GetProperty("end_time").GetString(), task.GetProperty("ended").GetString());
        Assert.NotNull(task.GetProperty("ended").GetString());
    }

    [Fact]
    public async Task A_VM_of_Xen_Orchestra_is_measured_and_found_by_its_address()
    {
        var guest = await XoGuestAsync();
        var measured = await Gateway.DoneAsync("list_vm_rrd_data", $$"""{"vmids":["{{guest}}"],"time_frame":"Hour","metrics":["Cpu"]}""");
        var address = (await Gateway.DoneAsync("get_guest_info", $$"""{"vmid":"{{guest}}"}""")).GetProperty("main_address").GetString();
        var found = (await Gateway.RowsAsync("find", $$"""{"text":"{{address}}"}"""))[0];

        Assert.InRange(measured.GetProperty("series")[0].GetProperty("rows").GetArrayLength(), 1, 60);
        Assert.Equal((guest, "ip"), (found.GetProperty("id").GetString(), found.GetProperty("match").GetString()));
    }

    [Fact]
    public async Task A_backup_job_tells_when_it_runs_next_and_how_it_ended_at_its_worst_node()
    {
        var jobs = await Gateway.RowsAsync("list_backup_jobs", """{"backend":"pve","detail_level":"Full"}""");
        var (nightly, weekly) = (jobs.Single(static job => job.GetProperty("id").GetString() == "backup-nightly"), jobs.Single(static job => job.GetProperty("id").GetString() == "backup-weekly"));
        var next = nightly.GetProperty("next_run").GetDateTimeOffset();

        Assert.Equal((2, 0), (next.Hour, next.Minute));
        Assert.InRange(next - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(-1), TimeSpan.FromDays(1));
        Assert.Equal("error", nightly.GetProperty("last_run_status").GetString());
        Assert.Equal(JsonValueKind.Null, weekly.GetProperty("next_run").ValueKind);
        Assert.Equal(JsonValueKind.Null, weekly.GetProperty("last_run_status").ValueKind);
    }

    private async Task<string> XoGuestAsync() => (await Gateway.RowsAsync("list_vms", """{"backend":"xo","status":"running","limit":50,"fields":["id","ip"]}"""))
        .First(static guest => guest.GetProperty("ip").ValueKind == JsonValueKind.String).GetProperty("id").GetString()!;
}
