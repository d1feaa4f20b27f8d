using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Tools.Fleet;

namespace Hypergate.Tests.Tools.Fleet;

/// <summary>Tools that change something, on Xen Orchestra.</summary>
public sealed class XenOrchestraChangesTests
{
    private static readonly FleetGatewayWish OnlyXo = new() { Cluster = null };

    private static async Task<string> GuestAsync(FleetGateway gateway, string status) =>
        (await gateway.RowsAsync("list_vms", $$"""{"status":"{{status}}","limit":50,"detail_level":"Full"}"""))
            .First(static guest => guest.GetProperty("ip").ValueKind == JsonValueKind.String || guest.GetProperty("status").GetString() != "running").GetProperty("id").GetString()!;

    [Fact]
    public async Task Starting_a_guest_asks_first_and_tells_the_state_after()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var id = await GuestAsync(gateway, "stopped");

        var result = await gateway.ConfirmedAsync("change_vm_state", $$"""{"vmid":"{{id}}","action":"Start"}""");

        var done = result.Structured!.Value;
        Assert.Equal(("done", "stopped", "running"), (done.GetProperty("state").GetString(), done.GetProperty("status_before").GetString(), done.GetProperty("status_after").GetString()));
        Assert.True(done.GetProperty("upid").GetString()!.Length > 4);
        Assert.Contains(await gateway.RowsAsync("list_vms", """{"status":"running","limit":100}"""), guest => guest.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task Without_the_token_nothing_is_sent()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var id = await GuestAsync(gateway, "running");

        var preview = await gateway.CallAsync("change_vm_state", $$"""{"vmid":"{{id}}","action":"Stop"}""");

        Assert.Equal("confirmation_required", preview.Structured!.Value.GetProperty("state").GetString());
        Assert.Contains("not written to disk is lost", preview.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Xo.Requests.All, static request => request.Method != "GET");
    }

    [Fact]
    public async Task A_snapshot_is_taken_listed_rolled_back_to_and_deleted()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var id = await GuestAsync(gateway, "stopped");
        await gateway.ConfirmedAsync("create_vm_snapshot", $$"""{"vmid":"{{id}}","snapshot_name":"before-upgrade"}""");
        var listed = await gateway.RowsAsync("list_snapshots", $$"""{"vmids":["{{id}}"]}""");
        Assert.Contains(listed, static snapshot => snapshot.GetProperty("name").GetString() == "before-upgrade");

        var rolled = await gateway.ConfirmedAsync("rollback_vm_snapshot", $$"""{"vmid":"{{id}}","snapshot_name":"before-upgrade"}""");
        Assert.Equal("done", rolled.Structured!.Value.GetProperty("state").GetString());
        var deleted = await gateway.ConfirmedAsync("delete_vm_snapshot", $$"""{"vmid":"{{id}}","snapshot_name":"before-upgrade"}""");
        Assert.Equal("done", deleted.Structured!.Value.GetProperty("state").GetString());

        var (code, _) = await gateway.ProblemAsync("delete_vm_snapshot", $$"""{"vmid":"{{id}}","snapshot_name":"before-upgrade"}""");
        Assert.Equal("not_found", code);
    }

    [Fact]
    public async Task A_clone_has_its_name_and_an_update_shows()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var id = await GuestAsync(gateway, "stopped");
        var clone = await gateway.ConfirmedAsync("clone_vm", $$"""{"vmid":"{{id}}","name":"copy-1"}""");
        Assert.False(clone.IsError, clone.Text);

        var updated = await gateway.ConfirmedAsync("update_vm_config", """{"vmid":"copy-1","description":"made by a test","tags":["a","b"]}""");

        Assert.False(updated.IsError, updated.Text);
        var config = await gateway.DoneAsync("get_vm_config", """{"vmid":"copy-1"}""");
        Assert.Equal("made by a test", config.GetProperty("description").GetString());
        Assert.Equal(["a", "b"], config.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()));
    }

    [Fact]
    public async Task A_running_guest_moves_to_another_host_of_its_pool()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var guest = (await gateway.RowsAsync("list_vms", """{"status":"running","limit":50,"detail_level":"Full"}""")).First(static guest => guest.GetProperty("node").GetString() == "prod-host1");
        var id = guest.GetProperty("id").GetString();

        var moved = await gateway.ConfirmedAsync("migrate_vm", $$"""{"vmid":"{{id}}","target_node":"prod-host2"}""");

        Assert.False(moved.IsError, moved.Text);
        Assert.Equal("prod-host2", moved.Structured!.Value.GetProperty("node_after").GetString());
    }

    [Theory]
    [InlineData("create_vm_snapshot", """{"snapshot_name":"x1","include_vm_state":true}""")]
    [InlineData("change_vm_state", """{"action":"Shutdown","force_stop":true}""")]
    public async Task What_the_platform_lacks_is_said(string tool, string more)
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var id = await GuestAsync(gateway, "running");

        var (code, text) = await gateway.ProblemAsync(tool, $"{{\"vmid\":\"{id}\",{more[1..]}");

        Assert.Equal("unsupported", code);
        Assert.Contains("Xen Orchestra", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_delete_tool_deletes_its_own_kind_only()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var iso = (await gateway.RowsAsync("list_isos", """{"limit":1}"""))[0].GetProperty("volid").GetString();
        var disk = (await gateway.RowsAsync("list_storage_content", """{"storage":"prod-nfs","content_type":"images","limit":1}"""))[0].GetProperty("volid").GetString();

        var (code, _) = await gateway.ProblemAsync("delete_iso", $$"""{"volid":"{{disk}}"}""");
        var deleted = await gateway.ConfirmedAsync("delete_iso", $$"""{"volid":"{{iso}}"}""");

        Assert.Equal("invalid_arguments", code);
        Assert.False(deleted.IsError, deleted.Text);
        Assert.DoesNotContain(await gateway.RowsAsync("list_isos", """{"limit":100}"""), row => row.GetProperty("volid").GetString() == iso);
    }

    [Fact]
    public async Task An_image_on_a_storage_is_deleted_after_it_was_shown()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var (list, volume) = await VolumeAsync(gateway, "iso");

        var deleted = await gateway.ConfirmedAsync("delete_iso", $$"""{"volid":"{{volume}}"}""");

        Assert.False(deleted.IsError, deleted.Text);
        Assert.DoesNotContain(await gateway.RowsAsync("list_storage_content", list), row => row.GetProperty("volid").GetString() == volume);
    }

    [Fact]
    public async Task A_disk_that_the_platform_holds_on_to_stays_and_the_answer_says_why()
    {
        await using var gateway = await FleetGateway.StartAsync(OnlyXo);
        var (list, volume) = await VolumeAsync(gateway, "images");

        var refused = await gateway.ConfirmedAsync("delete_storage_content", $$"""{"volid":"{{volume}}"}""");

        Assert.True(refused.IsError);
        Assert.Contains("VDI_IN_USE", refused.Text, StringComparison.Ordinal);
        Assert.Contains(await gateway.RowsAsync("list_storage_content", list), row => row.GetProperty("volid").GetString() == volume);
    }

    [Fact]
    public async Task Commands_inside_guests_are_said_to_be_impossible()
    {
        await using var gateway = await FleetGateway.StartAsync(new FleetGatewayWish { Fleet = new FleetSettings { GuestCommands = ["id"] } });
        var guest = (await gateway.RowsAsync("list_vms", """{"backend":"xo","status":"running","limit":1}"""))[0].GetProperty("id").GetString();

        var (code, text) = await gateway.ProblemAsync("run_guest_command", $$"""{"vmid":"{{guest}}","command":"id"}""");

        Assert.Equal("unsupported", code);
        Assert.Contains("Xen Orchestra has no way to run commands", text, StringComparison.Ordinal);
    }

    private static async Task<(string List, string Volume)> VolumeAsync(FleetGateway gateway, string kind)
    {
        foreach (var storage in await gateway.RowsAsync("list_storage", """{"limit":50}"""))
        {
            var list = $$"""{"storage":"{{storage.GetProperty("storage").GetString()}}","content_type":"{{kind}}","limit":500}""";
            var volumes = await gateway.RowsAsync("list_storage_content", list);
            if (volumes.FirstOrDefault(static volume => volume.GetProperty("vmid").ValueKind == JsonValueKind.Null) is { ValueKind: JsonValueKind.Object } free)
            {
                return (list, free.GetProperty("volid").GetString()!);
            }
        }

        throw new InvalidOperationException($"No storage holds {kind} that nobody uses.");
    }

    [Fact]
    public async Task What_a_backup_job_has_saved_is_listed_with_guest_repository_and_time_newest_first()
    {
        await using var gateway = await FleetGateway.StartAsync(new FleetGatewayWish { Cluster = null, Surfaces = [Surface.Fleet, Surface.Domains] });
        var schedules = await gateway.DoneAsync("schedules_query", """{"operation":"GetSchedules","fields":"id,name","filter":"name:nightly"}""");
        var schedule = schedules.GetProperty("rows")[0].GetProperty("id").GetString();
        Assert.Empty(await gateway.RowsAsync("list_backups"));

        var run = await gateway.ConfirmedAsync("schedules_action", $$"""{"operation":"RunSchedule","id":"{{schedule}}"}""");

        Assert.False(run.IsError, run.Text);
        var rows = await gateway.RowsAsync("list_backups", """{"limit":1000,"detail_level":"Full"}""");
        Assert.NotEmpty(rows);
        Assert.All(rows, static row =>
        {
            Assert.EndsWith(".json", row.GetProperty("volid").GetString(), StringComparison.Ordinal);
            Assert.Equal(("local-repo", "delta"), (row.GetProperty("storage").GetString(), row.GetProperty("format").GetString()));
            Assert.True(row.GetProperty("size").GetInt64() > 0);
        });
        var times = rows.Select(static row => row.GetProperty("creation").GetString()).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        var guest = rows[0].GetProperty("guest_id").GetString();
        Assert.Equal(rows[0].GetProperty("volid").GetString(), Assert.Single(await gateway.RowsAsync("list_backups", $$"""{"vmid":"{{guest}}"}""")).GetProperty("volid").GetString());
    }
}
