using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Simulator.ProxmoxVe.Faults;
using Hypergate.Tools;
using Hypergate.Tools.Fleet;

namespace Hypergate.Tests.Tools.Fleet;

/// <summary>Tools that change something, on Proxmox VE.</summary>
public sealed class ProxmoxChangesTests
{
    private static readonly FleetGatewayWish OnlyPve = new() { Xo = null };

    private static async Task<long> GuestAsync(FleetGateway gateway, string status, string type = "qemu") =>
        (await gateway.RowsAsync("list_vms", $$"""{"status":"{{status}}","type":"{{type}}","limit":50,"detail_level":"Full"}"""))
            .First(static guest => guest.GetProperty("ha_state").ValueKind == JsonValueKind.Null && guest.GetProperty("lock").ValueKind == JsonValueKind.Null).GetProperty("vmid").GetInt64();

    // As a client does whose person can be asked.
    private static Task<ToolResult> AgreedAsync(FleetGateway gateway, string tool, string arguments) => gateway.Gateway.Tools.Find(tool)!.Run(
        new ToolRequest(Caller.LocalUser, JsonElement.Parse(arguments), new Conversation(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test")))),
        TestContext.Current.CancellationToken);

    private static (string?, string?) State(JsonElement done) => (done.GetProperty("state").GetString(), done.GetProperty("exit_status").GetString());

    [Theory]
    [InlineData("qemu")]
    [InlineData("lxc")]
    public async Task A_guest_is_shut_down_and_started(string type)
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "running", type);

        var down = (await gateway.ConfirmedAsync("change_vm_state", $$"""{"vmid":{{id}},"action":"Shutdown"}""")).Structured!.Value;
        var up = (await gateway.ConfirmedAsync("change_vm_state", $$"""{"vmid":{{id}},"action":"Start"}""")).Structured!.Value;

        Assert.Equal((("done", "OK"), "running", "stopped"), (State(down), down.GetProperty("status_before").GetString(), down.GetProperty("status_after").GetString()));
        Assert.Equal((("done", "OK"), "stopped", "running"), (State(up), up.GetProperty("status_before").GetString(), up.GetProperty("status_after").GetString()));
        Assert.StartsWith("UPID:", up.GetProperty("upid").GetString(), StringComparison.Ordinal);
        Assert.True(up.GetProperty("log_tail").GetArrayLength() > 0);
    }

    [Fact]
    public async Task A_task_that_fails_is_a_failure_with_its_log()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "running");

        var result = await gateway.ConfirmedAsync("change_vm_state", $$"""{"vmid":{{id}},"action":"Start"}""");

        Assert.True(result.IsError);
        Assert.Equal("failed", result.Structured!.Value.GetProperty("state").GetString());
        Assert.Contains("already running", result.Structured!.Value.GetProperty("exit_status").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_is_taken_listed_rolled_back_to_and_deleted()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "running");
        var made = await gateway.ConfirmedAsync("create_vm_snapshot", $$"""{"vmid":{{id}},"snapshot_name":"pre-upgrade","description":"before kernel update","include_vm_state":true}""");
        Assert.False(made.IsError, made.Text);
        var listed = (await gateway.RowsAsync("list_snapshots", $$"""{"vmids":[{{id}}],"detail_level":"Full"}""")).Single(static snapshot => snapshot.GetProperty("name").GetString() == "pre-upgrade");
        Assert.Equal((true, "before kernel update"), (listed.GetProperty("includes_ram").GetBoolean(), listed.GetProperty("description").GetString()));

        var preview = await gateway.CallAsync("rollback_vm_snapshot", $$"""{"vmid":{{id}},"snapshot_name":"pre-upgrade","dry_run":true}""");
        Assert.Contains("running guest is stopped", preview.Text, StringComparison.Ordinal);
        var rolled = (await gateway.ConfirmedAsync("rollback_vm_snapshot", $$"""{"vmid":{{id}},"snapshot_name":"pre-upgrade"}""")).Structured!.Value;
        Assert.Equal(("done", true), (rolled.GetProperty("state").GetString(), rolled.GetProperty("was_running").GetBoolean()));
        var deleted = await gateway.ConfirmedAsync("delete_vm_snapshot", $$"""{"vmid":{{id}},"snapshot_name":"pre-upgrade"}""");
        Assert.False(deleted.IsError, deleted.Text);

        var (code, _) = await gateway.ProblemAsync("rollback_vm_snapshot", $$"""{"vmid":{{id}},"snapshot_name":"pre-upgrade"}""");
        Assert.Equal("not_found", code);
    }

    [Fact]
    public async Task A_backup_is_made_found_and_deleted_and_no_older_one_is_lost()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "stopped");
        var before = (await gateway.RowsAsync("list_backups", """{"limit":1000}""")).Count;

        var made = await gateway.ConfirmedAsync("backup_vm", $$"""{"vmid":{{id}},"storage":"backup","notes":"by hand"}""");

        Assert.False(made.IsError, made.Text);
        var volume = made.Structured!.Value.GetProperty("volid").GetString();
        var after = await gateway.RowsAsync("list_backups", """{"limit":1000}""");
        Assert.Equal(before + 1, after.Count);
        Assert.Contains(after, row => row.GetProperty("volid").GetString() == volume);
        var (code, _) = await gateway.ProblemAsync("delete_iso", $$"""{"volid":"{{volume}}"}""");
        Assert.Equal("invalid_arguments", code);
        var deleted = await gateway.ConfirmedAsync("delete_backup", $$"""{"volid":"{{volume}}"}""");
        Assert.False(deleted.IsError, deleted.Text);
        Assert.DoesNotContain(await gateway.RowsAsync("list_backups", """{"limit":1000}"""), row => row.GetProperty("volid").GetString() == volume);
    }

    [Fact]
    public async Task A_clone_gets_the_next_number()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "stopped");

        var made = await gateway.ConfirmedAsync("clone_vm", $$"""{"vmid":{{id}},"name":"copy-1"}""");

        Assert.False(made.IsError, made.Text);
        var number = made.Structured!.Value.GetProperty("new_vmid").GetInt64();
        Assert.Contains(await gateway.RowsAsync("list_vms", """{"limit":1000}"""), guest => guest.GetProperty("vmid").GetInt64() == number);
        Assert.Equal("copy-1", (await gateway.DoneAsync("get_vm_config", $$"""{"vmid":{{number}}}""")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_number_that_somebody_else_took_meanwhile_makes_way_for_the_next()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "stopped");
        gateway.Pve.Faults.Add(new PveFault { Path = "/nodes/*/qemu/*/clone", Method = "POST", Times = 1, Status = 500, Text = "unable to create VM 140 - VM 140 already exists on node 'prod1'" });

        var made = await AgreedAsync(gateway, "clone_vm", $$"""{"vmid":{{id}},"name":"copy-2"}""");

        Assert.False(made.IsError, made.Text);
        var number = made.Structured!.Value.GetProperty("new_vmid").GetInt64();
        Assert.Equal("copy-2", (await gateway.DoneAsync("get_vm_config", $$"""{"vmid":{{number}}}""")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Consent_to_one_number_is_none_to_the_next_so_the_person_is_asked_again()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "stopped");
        gateway.Pve.Faults.Add(new PveFault { Path = "/nodes/*/qemu/*/clone", Method = "POST", Times = 1, Status = 500, Text = "unable to create VM 140 - VM 140 already exists on node 'prod1'" });

        var again = await gateway.ConfirmedAsync("clone_vm", $$"""{"vmid":{{id}},"name":"copy-5"}""");

        Assert.Contains("confirm_token", again.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await gateway.RowsAsync("list_vms", """{"limit":1000}"""), static guest => guest.GetProperty("name").GetString() == "copy-5");
    }

    [Fact]
    public async Task A_clone_is_started_where_the_person_agrees_to_that_too()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "stopped");

        var asked = await AgreedAsync(gateway, "clone_vm", $$"""{"vmid":{{id}},"name":"copy-3","start":true}""");
        var token = await gateway.ConfirmedAsync("clone_vm", $$"""{"vmid":{{id}},"name":"copy-4","start":true}""");

        Assert.True(asked.Structured!.Value.GetProperty("copy_started").GetBoolean(), asked.Text);
        Assert.False(token.Structured!.Value.GetProperty("copy_started").GetBoolean());
        Assert.Contains("starting it needs a consent of its own", token.Note, StringComparison.Ordinal);
        var states = (await gateway.RowsAsync("list_vms", """{"name":"copy-","limit":10}""")).ToDictionary(static guest => guest.GetProperty("name").GetString()!, static guest => guest.GetProperty("status").GetString());
        Assert.Equal(("running", "stopped"), (states["copy-3"], states["copy-4"]));
    }

    [Fact]
    public async Task A_guest_under_high_availability_is_watched_until_it_is_as_wanted()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var guest = (await gateway.RowsAsync("list_vms", """{"status":"running","limit":100,"fields":["vmid","ha_state"]}""")).First(static row => row.GetProperty("ha_state").ValueKind == JsonValueKind.String);

        var done = (await gateway.ConfirmedAsync("change_vm_state", $$"""{"vmid":{{guest.GetProperty("vmid").GetInt64()}},"action":"Stop"}""")).Structured!.Value;

        Assert.Equal(("done", "stopped"), (done.GetProperty("state").GetString(), done.GetProperty("status_after").GetString()));
        Assert.Contains(":hastop:", done.GetProperty("upid").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete_iso", "iso")]
    [InlineData("delete_storage_content", "vztmpl")]
    public async Task What_lies_on_a_storage_is_deleted_after_it_was_shown(string tool, string kind)
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var list = $$"""{"storage":"nfs-iso","content_type":"{{kind}}"}""";
        var volume = (await gateway.RowsAsync("list_storage_content", list))[0].GetProperty("volid").GetString();

        var deleted = await gateway.ConfirmedAsync(tool, $$"""{"volid":"{{volume}}"}""");

        Assert.False(deleted.IsError, deleted.Text);
        Assert.True(deleted.Structured!.Value.GetProperty("freed_bytes").GetInt64() > 0);
        Assert.DoesNotContain(await gateway.RowsAsync("list_storage_content", list), row => row.GetProperty("volid").GetString() == volume);
    }

    [Fact]
    public async Task A_configuration_is_changed_with_the_digest_that_was_read()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "stopped");
        var old = (await gateway.DoneAsync("get_vm_config", $$"""{"vmid":{{id}}}""")).GetProperty("digest").GetString();

        var changed = await gateway.ConfirmedAsync("update_vm_config", $$"""{"vmid":{{id}},"memory_mb":3072,"tags":["a","b"],"digest":"{{old}}"}""");
        var stale = await gateway.ConfirmedAsync("update_vm_config", $$"""{"vmid":{{id}},"memory_mb":4096,"digest":"{{old}}"}""");

        Assert.False(changed.IsError, changed.Text);
        Assert.Equal("conflict", stale.Structured!.Value.GetProperty("code").GetString());
        var config = await gateway.DoneAsync("get_vm_config", $$"""{"vmid":{{id}}}""");
        Assert.Equal(3072, config.GetProperty("memory_mb").GetInt32());
        Assert.Equal(["a", "b"], config.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()));
    }

    [Fact]
    public async Task A_disk_grows_and_a_guest_moves()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var guest = (await gateway.RowsAsync("list_vms", """{"status":"stopped","type":"qemu","limit":50,"detail_level":"Full"}""")).First(static row => row.GetProperty("ha_state").ValueKind == JsonValueKind.Null);
        var (id, node) = (guest.GetProperty("vmid").GetInt64(), guest.GetProperty("node").GetString());
        var target = node == "prod1" ? "prod2" : "prod1";
        var disk = (await gateway.DoneAsync("get_vm_config", $$"""{"vmid":{{id}}}""")).GetProperty("disks")[0];

        var grown = await gateway.ConfirmedAsync("update_vm_config", $$"""{"vmid":{{id}},"grow_disk":"{{disk.GetProperty("key").GetString()}}","grow_by_gb":2}""");
        var moved = await gateway.ConfirmedAsync("migrate_vm", $$"""{"vmid":{{id}},"target_node":"{{target}}"}""");

        Assert.False(grown.IsError, grown.Text);
        Assert.False(moved.IsError, moved.Text);
        Assert.Equal(target, moved.Structured!.Value.GetProperty("node_after").GetString());
        var now = (await gateway.DoneAsync("get_vm_config", $$"""{"vmid":{{id}}}""")).GetProperty("disks")[0];
        Assert.Equal(disk.GetProperty("size_bytes").GetInt64() + (2L << 30), now.GetProperty("size_bytes").GetInt64());
    }

    [Fact]
    public async Task Commands_run_only_where_a_setting_names_them()
    {
        await using var without = await FleetGateway.StartAsync(OnlyPve);
        Assert.Null(without.Gateway.Tools.Find("run_guest_command"));
        await using var gateway = await FleetGateway.StartAsync(OnlyPve with { Fleet = new FleetSettings { GuestCommands = ["id", "systemctl status *"] } });
        var id = (await gateway.RowsAsync("list_guest_networks", """{"type":"qemu","status":"running","limit":50}""")).First(static nic => nic.GetProperty("source").GetString() == "agent").GetProperty("vmid").GetInt64();

        var (code, _) = await gateway.ProblemAsync("run_guest_command", $$"""{"vmid":{{id}},"command":"id; rm -rf /"}""");
        var ran = await gateway.ConfirmedAsync("run_guest_command", $$"""{"vmid":{{id}},"command":"id"}""");

        Assert.Equal("forbidden", code);
        Assert.False(ran.IsError, ran.Text);
        Assert.Contains("uid=0", ran.Structured!.Value.GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_are_fetched_from_allowed_hosts_only()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve with { Fleet = new FleetSettings { DownloadHosts = ["*.example.com"] } });

        foreach (var url in (string[])["https://127.0.0.1/x.iso", "https://example.org/x.iso", "https://user:secret@a.example.com/x.iso", "http://a.example.com/x.iso", "file:///etc/passwd", "https://a.example.com.evil.org/x.iso"])
        {
            var result = await gateway.CallAsync("download_iso", $$"""{"url":"{{url}}","storage":"nfs-iso"}""");
            Assert.True(result.IsError, url);
        }

        var allowed = await gateway.CallAsync("download_iso", """{"url":"https://a.example.com/x.iso","storage":"nfs-iso"}""");
        Assert.False(allowed.IsError, allowed.Text);
    }

    [Fact]
    public async Task A_protected_tag_keeps_a_guest_from_harm()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve);
        var id = await GuestAsync(gateway, "running");
        await gateway.ConfirmedAsync("update_vm_config", $$"""{"vmid":{{id}},"tags":["protected"]}""");

        var (code, _) = await gateway.ProblemAsync("change_vm_state", $$"""{"vmid":{{id}},"action":"Stop"}""");

        Assert.Equal("protected", code);
    }

    [Fact]
    public async Task A_read_only_gateway_offers_nothing_that_changes()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve with { Pve = static settings => settings with { Actions = false } });

        Assert.All(gateway.Gateway.Tools.Current, static tool => Assert.True(tool.Hints.ReadOnly));
        Assert.NotNull(gateway.Gateway.Tools.Find("list_vms"));
    }

    [Fact]
    public async Task A_dead_node_costs_no_answer_where_another_of_the_cluster_is_named()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyPve with { Pve = static settings => settings with { Url = new PlatformUrls([new Uri("https://127.0.0.1:9"), .. settings.Url.All]) } });
        var id = await GuestAsync(gateway, "stopped");

        Assert.NotEmpty(await gateway.RowsAsync("list_nodes"));
        var made = await gateway.ConfirmedAsync("create_vm_snapshot", $$"""{"vmid":{{id}},"snapshot_name":"past-a-dead-node"}""");

        Assert.False(made.IsError, made.Text);
        Assert.Contains(await gateway.RowsAsync("list_snapshots", $$"""{"vmids":[{{id}}]}"""), static snapshot => snapshot.ToString().Contains("past-a-dead-node", StringComparison.Ordinal));
    }
}
