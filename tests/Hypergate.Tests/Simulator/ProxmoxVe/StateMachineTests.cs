using Hypergate.Simulator.ProxmoxVe;
using Hypergate.Simulator.ProxmoxVe.Faults;

namespace Hypergate.Tests.Simulator.ProxmoxVe;

/// <summary>Guests in their states, tasks on their clock, faults.</summary>
public class StateMachineTests
{
    private const string Vm = "/nodes/pve1/qemu/100";

    [Theory]
    [InlineData("reset")]
    [InlineData("reboot")]
    [InlineData("suspend")]
    [InlineData("resume")]
    public async Task A_stopped_machine_refuses_at_once_what_needs_a_running_one(string action)
    {
        await using var pve = await SimulatedPve.StartAsync();

        var answer = await pve.SendAsync("POST", $"{Vm}/status/{action}");

        Assert.Equal((500, "VM 100 not running\n"), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task A_paused_machine_is_only_shut_down_by_force()
    {
        await using var pve = await SimulatedPve.StartAsync();
        await pve.SendAsync("POST", $"{Vm}/status/start");
        await pve.SendAsync("POST", $"{Vm}/status/suspend");

        var gentle = await pve.SendAsync("POST", $"{Vm}/status/shutdown");
        var forced = await pve.SendAsync("POST", $"{Vm}/status/shutdown", "forceStop=1");

        Assert.Equal("VM is paused - cannot shutdown\n", gentle.Message);
        Assert.Equal("OK", await pve.EndOfAsync(forced));
        Assert.Equal("stopped", (await pve.GetAsync($"{Vm}/status/current")).Data!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_lock_stops_whatever_would_change_the_guest()
    {
        await using var pve = await SimulatedPve.StartAsync();
        pve.Simulator.SetLock(100, "backup");

        var start = await pve.SendAsync("POST", $"{Vm}/status/start");
        var change = await pve.SendAsync("PUT", $"{Vm}/config", "cores=4");

        Assert.Equal("VM is locked (backup)", await pve.EndOfAsync(start));
        Assert.Equal((500, "VM is locked (backup)\n"), (change.Status, change.Message));
    }

    [Fact]
    public async Task A_task_runs_as_long_as_the_clock_says_and_keeps_its_lock_when_it_is_stopped()
    {
        await using var pve = await SimulatedPve.StartAsync(new ProxmoxOptions { TaskScale = 1 });
        var snapshot = await pve.SendAsync("POST", $"{Vm}/snapshot", "snapname=one");
        var running = await pve.EndOfAsync(snapshot);

        await pve.SendAsync("DELETE", $"/nodes/pve1/tasks/{Uri.EscapeDataString(snapshot.Data!.GetValue<string>())}");

        Assert.Equal("running", running);
        Assert.Equal("received interrupt", await pve.EndOfAsync(snapshot));
        Assert.Equal("snapshot", (await pve.GetAsync($"{Vm}/config")).Data!["lock"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_task_ends_when_its_time_is_over()
    {
        await using var pve = await SimulatedPve.StartAsync(new ProxmoxOptions { TaskScale = 1 });
        var start = await pve.SendAsync("POST", $"{Vm}/status/start");
        var before = await pve.EndOfAsync(start);

        pve.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("running", before);
        Assert.Equal("OK", await pve.EndOfAsync(start));
    }

    [Fact]
    public async Task Rolling_a_running_machine_back_stops_it_and_takes_its_configuration_back()
    {
        await using var pve = await SimulatedPve.StartAsync();
        await pve.SendAsync("POST", $"{Vm}/snapshot", "snapname=before");
        await pve.SendAsync("PUT", $"{Vm}/config", "cores=7");
        await pve.SendAsync("POST", $"{Vm}/status/start");

        var rollback = await pve.SendAsync("POST", $"{Vm}/snapshot/before/rollback");

        Assert.Equal("OK", await pve.EndOfAsync(rollback));
        Assert.Equal("stopped", (await pve.GetAsync($"{Vm}/status/current")).Data!["status"]!.GetValue<string>());
        Assert.Equal(2, (await pve.GetAsync($"{Vm}/config")).Data!["cores"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_container_refuses_at_once_where_a_machine_would_start_a_task()
    {
        await using var pve = await SimulatedPve.StartAsync();

        var stop = await pve.SendAsync("POST", "/nodes/pve1/lxc/200/status/stop");

        Assert.Equal((500, "CT 200 not running\n"), (stop.Status, stop.Message));
    }

    [Fact]
    public async Task A_backup_is_seen_and_restored_as_another_guest()
    {
        await using var pve = await SimulatedPve.StartAsync();
        var backup = await pve.SendAsync("POST", "/nodes/pve1/vzdump", "vmid=100&storage=nas&compress=zstd");
        var files = (await pve.GetAsync("/nodes/pve1/storage/nas/content?content=backup&vmid=100")).Data!.AsArray();
        var made = files.Select(static file => file!["volid"]!.GetValue<string>()).Single(static id => !id.Contains("2026_11_01", StringComparison.Ordinal));

        var restore = await pve.SendAsync("POST", "/nodes/pve1/qemu", $"vmid=300&archive={Uri.EscapeDataString(made)}");

        Assert.Equal("OK", await pve.EndOfAsync(backup));
        Assert.Equal("OK", await pve.EndOfAsync(restore));
        Assert.Equal("vm-100", (await pve.GetAsync("/nodes/pve1/qemu/300/config")).Data!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tickets_end_after_two_hours_and_writes_need_the_second_token()
    {
        await using var pve = await SimulatedPve.StartAsync(new ProxmoxOptions { RefusalDelay = TimeSpan.Zero });
        await pve.SendAsync("POST", "/access/users", "userid=eve@pve&password=secret-pass");
        var login = await pve.SendAsync("POST", "/access/ticket", ("username=eve@pve&password=secret-pass", "application/x-www-form-urlencoded"), authorization: null);
        var cookie = "PVEAuthCookie=" + Uri.EscapeDataString(login.Data!["ticket"]!.GetValue<string>());
        Task<PveReply> Ask(string method) => pve.SendAsync(method, "/api2/json/version", null, headers => headers.Add("Cookie", cookie));

        var read = await Ask("GET");
        var write = await Ask("POST");
        pve.Time.Advance(TimeSpan.FromHours(2));
        var late = await Ask("GET");

        Assert.Equal(200, read.Status);
        Assert.Equal((401, "Permission denied - invalid csrf token"), (write.Status, write.Response.ReasonPhrase));
        Assert.Equal((401, "Authentication failed!"), (late.Status, late.Response.ReasonPhrase));
    }

    [Fact]
    public async Task Faults_hit_the_requests_they_are_set_for()
    {
        await using var pve = await SimulatedPve.StartAsync();
        pve.Simulator.Faults.Add(new PveFault { Path = "/nodes/*/qemu/*/status/start", StatusAfter = 596, Times = 1 });
        pve.Simulator.Faults.Add(new PveFault { Task = TaskFault.Fails, TaskType = "qmstop", Text = "out of luck" });

        var start = await pve.SendAsync("POST", $"{Vm}/status/start");
        var stop = await pve.SendAsync("POST", $"{Vm}/status/stop");

        Assert.Equal((596, ""), (start.Status, start.Text));
        Assert.Equal("out of luck", await pve.EndOfAsync(stop));
        Assert.Equal("running", (await pve.GetAsync($"{Vm}/status/current")).Data!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_node_that_answers_again_serves_its_guests()
    {
        await using var pve = await SimulatedPve.StartAsync();
        var away = await pve.GetAsync("/nodes/pve2/qemu");

        pve.Simulator.SetReachable("pve2", true);
        var back = await pve.GetAsync("/nodes/pve2/qemu");

        Assert.Equal((595, ""), (away.Status, away.Text));
        Assert.Equal("db-102", back.Data![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_quorum_reads_work_and_writes_do_not()
    {
        await using var pve = await SimulatedPve.StartAsync();
        pve.Simulator.SetQuorum(false);

        var write = await pve.SendAsync("PUT", $"{Vm}/config", "cores=4");

        Assert.Equal("cluster not ready - no quorum?\n", write.Message);
        Assert.Equal(200, (await pve.GetAsync($"{Vm}/config")).Status);
    }
}
