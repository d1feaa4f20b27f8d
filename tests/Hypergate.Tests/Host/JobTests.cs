using Hypergate.Model;
using Hypergate.Simulator.Faults;

namespace Hypergate.Tests.Host;

/// <summary>Actions that start a task: followed to the end, told about on the way, stopped with the call.</summary>
public sealed class JobTests
{
    // Slow enough that news come before the end.
    private static readonly GatewayWish Slow = GatewayWish.Acting with { Platform = new() { Vms = 20, CacheLag = TimeSpan.Zero, TaskDuration = 15 } };

    [Fact]
    public async Task A_task_is_followed_to_its_end_and_its_value_shown()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var id = await gateway.VmAsync("Running");
        var done = await gateway.ConfirmedAsync("vms_action", Snapshot(id));
        var snapshot = done.Structured!.Value.GetProperty("result").GetProperty("value").GetProperty("id").GetString()!;
        var read = await gateway.DoneAsync("vm_snapshots_query", $$"""{"operation":"GetVmSnapshot","id":"{{snapshot}}"}""");

        Assert.StartsWith("SnapshotVm is done (task ", done.Text, StringComparison.Ordinal);
        Assert.Equal("before", read.Structured!.Value.GetProperty("value").GetProperty("name_label").GetString());
        Assert.DoesNotContain(gateway.Changes, static change => change.Contains("sync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task News_of_a_running_task_reach_the_caller()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Slow);
        var id = await gateway.VmAsync("Halted");
        var news = new List<string>();
        var done = await gateway.CallAsync("vms_action", Start(id), new Conversation(
            item => news.Add(item.Message), static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test"))));

        Assert.False(done.IsError, done.Text);
        Assert.Contains(" started", news[0], StringComparison.Ordinal);
        Assert.Contains(news, static line => line.Contains("is running", StringComparison.Ordinal));
        Assert.EndsWith("Succeeded", news[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_false_returns_at_once_with_the_tasks_id()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Slow);
        var arguments = Start(await gateway.VmAsync("Halted"))[..^1] + ",\"wait\":false}";
        var done = await gateway.ConfirmedAsync("vms_action", arguments);
        var task = done.Structured!.Value.GetProperty("task").GetString();
        var read = await gateway.DoneAsync("tasks_query", $$"""{"operation":"GetTask","id":"{{task}}"}""");

        Assert.Contains("it is not done yet", done.Text, StringComparison.Ordinal);
        Assert.Equal("running", done.Structured!.Value.GetProperty("status").GetString());
        Assert.Equal("pending", read.Structured!.Value.GetProperty("value").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_task_that_fails_is_a_failure_in_words_without_the_platforms_inside()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var result = await gateway.ConfirmedAsync("vms_action", Start(await gateway.VmAsync("Running")));

        Assert.True(result.IsError);
        Assert.StartsWith("Failed to execute vms action: StartVm was accepted, but its task ", result.Text, StringComparison.Ordinal);
        Assert.Contains("the VM is Running, but this needs it Halted", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("OpaqueRef", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("stack", result.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_aborts_its_task()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        gateway.Xo.Faults.Add(new Fault { Path = "/vms/*/actions/start", TaskNeverEnds = true });
        var id = await gateway.VmAsync("Halted");
        using var cancellation = new CancellationTokenSource();
        var call = gateway.CallAsync(
            "vms_action",
            Start(id),
            new Conversation(_ => cancellation.Cancel(), static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test"))),
            cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(gateway.Changes, static change => change.Contains("/tasks/", StringComparison.Ordinal) && change.EndsWith("/actions/abort", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_that_outlasts_the_limit_is_given_back_as_still_running()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            GatewayWish.Acting with { Backend = static settings => settings with { Timeouts = settings.Timeouts with { TaskSeconds = 1 } } });
        gateway.Xo.Faults.Add(new Fault { Path = "/vms/*/actions/start", TaskNeverEnds = true });
        gateway.Xo.Faults.Add(new Fault { Path = "/tasks/*", Delay = TimeSpan.FromMilliseconds(1100), Times = 1 });
        var result = await gateway.ConfirmedAsync("vms_action", Start(await gateway.VmAsync("Halted")));

        Assert.False(result.IsError, result.Text);
        Assert.Contains("still runs as task ", result.Text, StringComparison.Ordinal);
        Assert.Equal("running", result.Structured!.Value.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_task_that_cannot_be_read_is_neither_success_nor_failure()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        gateway.Xo.Faults.Add(new Fault { Path = "/tasks/*", Status = 403, Body = """{"error":"not enough privileges"}""" });
        var result = await gateway.ConfirmedAsync("vms_action", Start(await gateway.VmAsync("Halted")));

        Assert.Equal("unknown", result.Structured!.Value.GetProperty("status").GetString());
        Assert.Contains("no longer tells how it ended", result.Text, StringComparison.Ordinal);
        Assert.Contains("not enough privileges", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_says_that_nobody_knows_and_is_not_sent_twice()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        gateway.Xo.Faults.Add(new Fault { Method = "POST", Cut = Cut.BeforeAnswer });
        var result = await gateway.ConfirmedAsync("vms_action", Start(await gateway.VmAsync("Halted")));

        Assert.True(result.IsError);
        Assert.Contains("It is not known whether the request took effect", result.Text, StringComparison.Ordinal);
        Assert.Single(gateway.Changes);
    }

    private static string Start(string id) => $$"""{"operation":"StartVm","id":"{{id}}"}""";

    private static string Snapshot(string id) => """{"operation":"SnapshotVm","id":"ID","body":{"name_label":"before"}}""".Replace("ID", id, StringComparison.Ordinal);
}
