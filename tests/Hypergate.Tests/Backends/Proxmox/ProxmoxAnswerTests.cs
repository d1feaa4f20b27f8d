namespace Hypergate.Tests.Backends.Proxmox;

public sealed class ProxmoxAnswerTests
{
    private static readonly ContractCall Backups = new("nodes_storage_query", """{"operation":"list_storage_content","node":"pve1","storage":"nas","content":"backup"}""");

    [Theory]
    [InlineData("{}", "no rights at all")]
    [InlineData("""{"/":{"VM.Audit":1,"Datastore.Audit":1}}""", "lacks VM.Backup on /vms")]
    [InlineData("""{"/vms":{"VM.Backup":1},"/storage/nas":{"Datastore.Audit":1}}""", "lacks Datastore.AllocateSpace or Datastore.Allocate on /storage/nas")]
    public async Task An_empty_list_says_which_right_would_show_more(string permissions, string words)
    {
        await using var node = Node("[]", permissions);
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        Assert.Contains(words, Shown(await gateway.CallAsync(Backups)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"/":{"VM.Backup":1,"Datastore.AllocateSpace":1}}""")]
    [InlineData("""{"/vms/100":{"VM.Backup":0},"/storage/nas":{"Datastore.AllocateSpace":0}}""")]
    public async Task A_list_that_is_empty_for_no_lack_of_rights_says_nothing(string permissions)
    {
        await using var node = Node("[]", permissions);
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        Assert.DoesNotContain("lacks", Shown(await gateway.CallAsync(Backups)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_that_is_not_handed_down_does_not_count_below()
    {
        await using var node = Node("[]", """{"/":{"VM.Backup":0,"Datastore.AllocateSpace":0}}""");
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        Assert.Contains("lacks VM.Backup on /vms", Shown(await gateway.CallAsync(Backups)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rights_are_read_once_a_minute_and_only_for_empty_lists()
    {
        var time = new ManualTime();
        await using var node = Node("[]", "{}");
        await using var full = Node("""[{"volid":"nas:backup/x","content":"backup"}]""", "{}");
        await using var gateway = await ContractGateway.StartAsync(time, node.Settings());
        await using var other = await ContractGateway.StartAsync(full.Settings());

        await gateway.CallAsync(Backups);
        await gateway.CallAsync(Backups);
        Assert.Single(node.Asked, static asked => asked == "GET /access/permissions");
        time.Advance(TimeSpan.FromSeconds(61));
        await gateway.CallAsync(Backups);
        await other.CallAsync(Backups);

        Assert.Equal(2, node.Asked.Count(static asked => asked == "GET /access/permissions"));
        Assert.DoesNotContain("GET /access/permissions", full.Asked);
    }

    [Fact]
    public async Task A_list_that_the_platform_cut_says_how_to_go_on()
    {
        await using var node = ScriptedNode.Answering(("GET /nodes/pve1/tasks", ScriptedNode.Data("""[{"upid":"a","id":"9"},{"upid":"b","id":"1"}]""", ",\"total\":7")));
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var tasks = await gateway.CallAsync("nodes_tasks_query", """{"operation":"list_tasks","node":"pve1","start":2,"limit":2}""");

        Assert.Equal("GET /nodes/pve1/tasks?start=2&limit=2", Sorted(Assert.Single(node.Asked)));
        Assert.Contains("2 of 7 rows: start=4", Shown(tasks), StringComparison.Ordinal);
        Assert.Equal(["9", "1"], tasks.Structured!.Value.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("id").ToString()));
    }

    [Fact]
    public async Task A_volume_is_one_segment_of_the_path_and_comes_back_unwrapped()
    {
        await using var node = ScriptedNode.Answering(("GET /nodes/pve1/storage/local/content/local%3Aiso%2Fdebian-13.iso", ScriptedNode.Data("""{"size":9,"format":"iso","path":"/x","used":9}""")));
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var volume = await gateway.CallAsync("nodes_storage_query", """{"operation":"get_storage_content","node":"pve1","storage":"local","volume":"local:iso/debian-13.iso"}""");

        Assert.False(volume.IsError, volume.Text);
        Assert.Equal("iso", volume.Structured!.Value.GetProperty("value").GetProperty("format").GetString());
    }

    [Fact]
    public async Task A_preview_names_what_a_deletion_takes_along()
    {
        await using var node = ScriptedNode.Answering(
            ("GET /nodes/pve1/qemu/100/status/current", ScriptedNode.Data("""{"vmid":100,"name":"web","status":"running","qmpstatus":"paused","lock":"backup","ha":{"managed":1,"state":"started"}}""")),
            ("GET /nodes/pve1/qemu/100/config", ScriptedNode.Data("""{"scsi0":"local:100/a.qcow2,size=1G","ide2":"local:iso/x.iso,media=cdrom","protection":1,"digest":"d"}""")),
            ("GET /nodes/pve1/qemu/100/snapshot", ScriptedNode.Data("""[{"name":"before","snaptime":1},{"name":"after","snaptime":2},{"name":"current"}]""")),
            ("GET /nodes/pve1/tasks", ScriptedNode.Data("""[{"upid":"x","type":"vzdump","user":"root@pam","id":"100"}]""")));
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var preview = await gateway.PreviewAsync(new("nodes_qemu_action", """{"operation":"delete_qemu","node":"pve1","vmid":100}"""));

        Assert.Contains("VM 'web' (paused, locked: backup, HA started, node pve1, id 100)", preview, StringComparison.Ordinal);
        Assert.Contains("destroyed with 1 disk and 2 snapshots (before, after)", preview, StringComparison.Ordinal);
        Assert.Contains("The guest is protected", preview, StringComparison.Ordinal);
        Assert.Contains("managed by HA", preview, StringComparison.Ordinal);
        Assert.Contains("A task is running on it now: vzdump by root@pam", preview, StringComparison.Ordinal);
        Assert.DoesNotContain(node.Asked, static asked => asked.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guest_with_the_tag_protected_is_left_alone_whoever_agrees()
    {
        await using var node = ScriptedNode.Answering(
            ("GET /nodes/pve1/qemu/100/status/current", ScriptedNode.Data("""{"vmid":100,"name":"web","status":"stopped","qmpstatus":"stopped","tags":"prod;protected"}""")));
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var result = await gateway.AgreedAsync(new("nodes_qemu_action", """{"operation":"delete_qemu","node":"pve1","vmid":100}"""));

        Assert.True(result.IsError);
        Assert.Contains("tag 'protected'", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(node.Asked, static asked => asked.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secret_of_a_new_token_is_shown_to_nobody()
    {
        const string Secret = "abcdefab-cdef-4abc-8def-abcdefabcdef";
        await using var node = ScriptedNode.Answering(("POST /access/users/bob%40pve/token/ci", ScriptedNode.Data($$$"""{"full-tokenid":"bob@pve!ci","info":{"privsep":"1"},"value":"{{{Secret}}}"}""")));
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var result = await gateway.AgreedAsync(new("access_action", """{"operation":"create_access_user_token","userid":"bob@pve","tokenid":"ci"}"""));

        Assert.False(result.IsError, result.Text);
        Assert.Contains("bob@pve!ci", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, gateway.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_does_not_exist_is_told_before_anybody_is_asked()
    {
        await using var node = ScriptedNode.Answering(
            ("GET /nodes/pve1/qemu/999/status/current", ScriptedNode.Error(500, "x", """{"data":null,"message":"Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist\n"}""")));
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var result = await gateway.CallAsync("nodes_qemu_action", """{"operation":"delete_qemu","node":"pve1","vmid":999}""");

        Assert.True(result.IsError);
        Assert.Contains("does not exist", result.Text, StringComparison.Ordinal);
    }

    private static ScriptedNode Node(string content, string permissions) => ScriptedNode.Answering(
        ("GET /nodes/pve1/storage/nas/content", ScriptedNode.Data(content)),
        ("GET /access/permissions", ScriptedNode.Data(permissions)));

    private static string Shown(Hypergate.Tools.ToolResult result) => $"{result.Text}\n{result.Note}";

    private static string Sorted(string asked) =>
        $"{asked.Split('?')[0]}?{string.Join('&', asked.Split('?')[1].Split('&').OrderDescending(StringComparer.Ordinal))}";
}
