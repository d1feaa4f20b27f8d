using Hypergate.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Scripting;

public class PoolTests
{
    [Fact]
    public void Short_work_goes_before_scripts_and_callers_take_turns()
    {
        var queue = new PoolQueue(mostScriptsOfOneCaller: 2);
        var (a1, a2, b1, jq) = (Script("a"), Script("a"), Script("b"), new PoolTurn("", PoolWork.Transform));
        foreach (var turn in (PoolTurn[])[a1, a2, b1, jq])
        {
            queue.Add(turn);
        }

        var order = new List<PoolTurn>();
        while (queue.Next(static _ => true) is { } next)
        {
            queue.Begin(next);
            order.Add(next);
        }

        Assert.Equal([jq, a1, b1, a2], order);
    }

    [Fact]
    public void A_caller_runs_no_more_scripts_than_its_share_but_may_go_on_after_one_has_ended_or_paused()
    {
        var queue = new PoolQueue(mostScriptsOfOneCaller: 1);
        var (first, second) = (Script("a"), Script("a"));
        queue.Add(first);
        queue.Add(second);
        queue.Begin(queue.Next(static _ => true)!);

        Assert.Null(queue.Next(static _ => true));
        queue.End(first);
        Assert.Same(second, queue.Next(static _ => true));
    }

    [Fact]
    public void A_paused_script_may_end_as_well_and_takes_no_place_twice()
    {
        var queue = new PoolQueue(mostScriptsOfOneCaller: 2);
        var (first, second, third, fourth) = (Script("a"), Script("a"), Script("a"), Script("a"));
        queue.Begin(first);
        queue.Begin(second);

        queue.End(first);
        queue.End(first);
        Assert.True(queue.MayRun(third));
        queue.Begin(third);

        Assert.False(queue.MayRun(fourth));
    }

    [Fact]
    public void The_seventeenth_in_the_queue_is_turned_away()
    {
        var queue = new PoolQueue(1);
        for (var number = 0; number < 16; number++)
        {
            Assert.False(queue.IsFull);
            queue.Add(Script("a"));
        }

        Assert.True(queue.IsFull);
    }

    [Fact]
    public void Five_deaths_in_a_minute_make_the_pool_ill_and_starts_come_ever_later()
    {
        var time = new ManualTime();
        var health = new PoolHealth(time);
        var pauses = new List<double>();
        for (var death = 0; death < 5; death++)
        {
            Assert.False(health.IsIll);
            pauses.Add(health.Pause.TotalMilliseconds);
            health.Died();
        }

        Assert.Equal([0, 100, 200, 400, 800], pauses);
        Assert.True(health.IsIll);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(health.IsIll);
        health.Worked();
        Assert.Equal(TimeSpan.Zero, health.Pause);
    }

    [Theory]
    [InlineData("/nowhere/node", "there is no program")]
    [InlineData("/bin/true", "'/bin/true' is ")]
    [InlineData("/bin/sh", "no Node.js")]
    public async Task Without_a_fit_node_scripts_are_unavailable_and_say_what_they_need(string node, string words)
    {
        await using var sandbox = new Sandbox(new ScriptingSettings { Node = node }, Path.GetTempPath(), TimeProvider.System, NullLogger.Instance);

        var problem = await sandbox.ProblemAsync(TestContext.Current.CancellationToken);
        var result = await sandbox.Transform(".", "1"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Contains("needs Node.js 20 or later (set scripting.node)", problem, StringComparison.Ordinal);
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.Equal(problem, result.Error);
    }

    [Trait("case", "bundle_hash_checked")]
    [Fact]
    public void A_changed_worker_is_not_started()
    {
        var copy = Path.Combine(Directory.CreateTempSubdirectory("hypergate-worker-").FullName, "worker.mjs");
        File.Copy(WorkerFile.Find(), copy);
        Assert.Equal(copy, WorkerFile.Find(copy));
        File.AppendAllText(copy, "\n");

        Assert.Contains("not the one of this build", Assert.Throws<SandboxException>(() => WorkerFile.Find(copy)).Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
    }

    [Trait("case", "symlinked_worker_path")]
    [Fact]
    public void A_link_to_the_worker_is_followed_to_the_file_itself()
    {
        var folder = Directory.CreateTempSubdirectory("hypergate-worker-").FullName;
        var link = Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), Path.GetDirectoryName(WorkerFile.Find())!);

        Assert.Equal(WorkerFile.Find(), WorkerFile.Find(Path.Combine(link.FullName, "worker.mjs")));
        Directory.Delete(folder, recursive: true);
    }

    [Trait("case", "bundle_imports_only_fs")]
    [Fact]
    public void The_worker_imports_nothing_but_files()
    {
        var imports = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(WorkerFile.Find()), """(?:from|import|require)\s*\(?\s*["'](?<name>[a-z:_/]+)["']""", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(30));

        Assert.All(imports, static import => Assert.Equal("node:fs", import.Groups["name"].Value));
        Assert.Single(imports);
    }

    private static PoolTurn Script(string caller) => new(caller, PoolWork.Script);
}
