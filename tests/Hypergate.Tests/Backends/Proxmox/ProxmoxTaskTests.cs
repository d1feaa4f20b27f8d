using System.Globalization;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.Proxmox;

public sealed class ProxmoxTaskTests
{
    private const string Upid = "UPID:pve1:00001234:00ABCDEF:66F00000:qmstart:100:hypergate@pve!gateway:";
    private static readonly string Task = $"/nodes/pve1/tasks/{Uri.EscapeDataString(Upid)}";
    private static readonly ContractCall Start = new("nodes_qemu_action", """{"operation":"start_qemu","node":"pve1","vmid":100}""");

    [Fact]
    public async Task A_task_that_ended_well_is_done_with_its_log()
    {
        await using var node = Node(Stopped("OK"), "starting", "TASK OK");
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var result = await gateway.AgreedAsync(Start);

        Assert.False(result.IsError, result.Text);
        var data = result.Structured!.Value;
        Assert.Equal(("done", Upid), (data.GetProperty("status").GetString(), data.GetProperty("task").GetString()));
        Assert.Equal(["starting", "TASK OK"], data.GetProperty("result").GetProperty("value").GetProperty("log").EnumerateArray().Select(static line => line.GetString()));
    }

    [Fact]
    public async Task Warnings_of_a_task_are_passed_on_and_it_still_counts_as_done()
    {
        await using var node = Node(Stopped("WARNINGS: 2"), "WARN: no space", "WARN: slow", "TASK WARNINGS: 2");
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var result = await gateway.AgreedAsync(Start);

        Assert.False(result.IsError, result.Text);
        Assert.Contains("WARNINGS: 2: WARN: no space; WARN: slow", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VM 100 already running", "failed")]
    [InlineData("WARNINGS: many", "failed")]
    [InlineData("OK then", "failed")]
    [InlineData("received interrupt", "interrupted")]
    [InlineData("unexpected status", "unknown")]
    public async Task Any_other_end_is_a_failure_with_the_end_of_the_log(string exit, string word)
    {
        await using var node = Node(Stopped(exit), "trying", $"TASK ERROR: {exit}");
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var result = await gateway.AgreedAsync(Start);

        Assert.True(result.IsError);
        Assert.Contains($"ended with {word}: {exit}", result.Text, StringComparison.Ordinal);
        Assert.Contains($"trying | TASK ERROR: {exit}", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_task_runs_the_caller_hears_the_last_line_and_how_far_it_is()
    {
        var reads = 0;
        var log = new[] { "starting", "INFO:  42% (13.4 GiB of 32.0 GiB)", "TASK OK" };
        await using var node = ScriptedNode.Answering(request => ScriptedNode.PathOf(request) switch
        {
            var path when path == $"{Task}/status" => ++reads < 3 ? Running() : Stopped("OK"),
            var path when path == $"{Task}/log" => Log(request.Target, log[..Math.Min(reads, 3)]),
            var path => Others(path),
        });
        await using var gateway = await ContractGateway.StartAsync(node.Settings());
        var news = new List<Progress>();

        var result = await gateway.AgreedAsync(Start, progress =>
        {
            lock (news)
            {
                news.Add(progress);
            }
        });

        Assert.False(result.IsError, result.Text);
        Assert.Contains(news, static progress => progress.Message.EndsWith("starting", StringComparison.Ordinal));
        Assert.Contains(news, static progress => progress.Fraction == 0.42 && progress.Message.Contains("13.4 GiB of 32.0 GiB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_does_not_wait_is_told_how_to_ask_later()
    {
        await using var node = Node(Running());
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var result = await gateway.AgreedAsync(Start with { Arguments = """{"operation":"start_qemu","node":"pve1","vmid":100,"wait":false}""" });

        Assert.Equal("running", result.Structured!.Value.GetProperty("status").GetString());
        Assert.Contains("nodes_tasks_query get_task_status with node pve1", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"GET {Task}/status", node.Asked);
    }

    [Fact]
    public async Task Who_gives_up_stops_the_task()
    {
        await using var node = Node(Running());
        await using var gateway = await ContractGateway.StartAsync(node.Settings());
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gateway.AgreedAsync(Start, progress =>
        {
            if (progress.Message.Contains("is running", StringComparison.Ordinal))
            {
                giveUp.Cancel();
            }
        }, giveUp.Token));

        Assert.Contains($"DELETE {Task}", node.Asked);
    }

    [Fact]
    public async Task A_backup_that_was_not_started_is_no_success()
    {
        await using var node = ScriptedNode.Answering(("POST /nodes/pve1/vzdump", ScriptedNode.Data("\"OK\"")));
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        var result = await gateway.AgreedAsync(new("nodes_action", """{"operation":"vzdump","node":"pve1","body":{"vmid":"100","storage":"nas"}}"""));

        Assert.True(result.IsError);
        Assert.Contains("without starting a backup", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ha_only_promises()
    {
        await using var node = Node(ScriptedNode.Data($$"""{"status":"stopped","exitstatus":"OK","type":"hastart","id":"100","upid":"{{Upid}}"}"""), "TASK OK");
        await using var gateway = await ContractGateway.StartAsync(node.Settings());

        Assert.Contains("managed by HA", (await gateway.AgreedAsync(Start)).Text, StringComparison.Ordinal);
    }

    private static ScriptedNode Node(byte[] status, params string[] log) => ScriptedNode.Answering(request => ScriptedNode.PathOf(request) switch
    {
        var path when path == Task => ScriptedNode.Data("null"),
        var path when path == $"{Task}/status" => status,
        var path when path == $"{Task}/log" => Log(request.Target, log),
        var path => Others(path),
    });

    private static byte[]? Others(string path) => path switch
    {
        "/nodes/pve1/qemu/100/status/start" => ScriptedNode.Data($"\"{Upid}\""),
        "/nodes/pve1/qemu/100/status/current" => ScriptedNode.Data("""{"vmid":100,"name":"vm-100","status":"stopped","qmpstatus":"stopped"}"""),
        _ => null,
    };

    private static byte[] Running() => ScriptedNode.Data($$"""{"status":"running","type":"qmstart","id":"100","upid":"{{Upid}}"}""");

    private static byte[] Stopped(string exit) => ScriptedNode.Data($$"""{"status":"stopped","exitstatus":{{JsonSerializer.Serialize(exit)}},"type":"qmstart","id":"100","upid":"{{Upid}}"}""");

    // As a node does: what comes behind a line, or one line that says that there is nothing.
    private static byte[] Log(string target, string[] lines)
    {
        var start = int.Parse(System.Web.HttpUtility.ParseQueryString(target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..])["start"]!, CultureInfo.InvariantCulture);
        var rows = lines.Select((text, index) => $$"""{"n":{{index + 1}},"t":{{JsonSerializer.Serialize(text)}}}""").Skip(start).ToList();
        return ScriptedNode.Data(rows.Count == 0 ? """[{"n":1,"t":"no content"}]""" : $"[{string.Join(',', rows)}]", $",\"total\":{lines.Length}");
    }
}
