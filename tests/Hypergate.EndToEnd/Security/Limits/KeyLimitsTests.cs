using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Limits;

/// <summary>A key may be held to less than others are, and takes nothing from them.</summary>
[Trait("Suite", "S15")]
[Trait("Rule", "R-LIMIT")]
public sealed class KeyLimitsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_has_requests_and_sessions_of_its_own()
    {
        await using var xo = await Xo.StartAsync();
        var held = await KeyAsync("held", "--requests-per-second", "3", "--sessions", "1");
        var free = await KeyAsync("free");
        await using var program = await ServedProgram.StartAsync(_folder, Xo.Reading(xo));

        var other = await program.InitializeAsync(free);
        var first = await program.InitializeAsync(held);
        var second = await program.InitializeAsync(held);
        Assert.Equal(HttpStatusCode.NotFound, (await program.AskOldAsync(first, "ping", key: held)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.AskOldAsync(second, "ping", key: held)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.AskOldAsync(other, "ping", key: free)).Status);

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => program.CallAsync("whoami", key: held)));
        Assert.Contains(replies, static reply => reply.Status == HttpStatusCode.TooManyRequests && reply.Headers.RetryAfter is not null);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => program.CallAsync("whoami", key: free))), static reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
    }

    [Fact]
    public async Task A_key_has_calls_and_changes_of_its_own_and_never_more_than_others()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", actions: true, auth: { token: "{{xo.Token}}" } }]
            limits: { callsPerMinute: 3 }
            """);
        var held = await KeyAsync("held", "--calls-per-minute", "1", "--writes-per-minute", "0");
        var free = await KeyAsync("free", "--calls-per-minute", "1000");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", file);
        Task<McpReply> LookAsync(string key) => program.CallAsync("pools_query", """{"operation":"GetPools","fields":"id"}""", key);

        Assert.False((await LookAsync(held)).Message.IsToolError);
        Assert.Contains("The limit is 1 calls a minute", (await LookAsync(held)).Message.Text, StringComparison.Ordinal);
        Assert.Contains("at most 0 changes a minute", (await program.CallAsync("whoami", key: held)).Message.Text, StringComparison.Ordinal);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.False((await LookAsync(free)).Message.IsToolError);
        }

        Assert.Contains("The limit is 3 calls a minute", (await LookAsync(free)).Message.Text, StringComparison.Ordinal);
        Assert.Contains("1 calls/min, 0 changes/min", (await CommandRun.OfAsync(_folder, [], "keys", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_listed_and_kept_by_a_new_key_of_the_same_name()
    {
        await KeyAsync("held", "--requests-per-second", "3", "--sessions", "1");
        Assert.Equal(0, (await CommandRun.OfAsync(_folder, [], "keys", "rotate", "held")).ExitCode);

        var list = (await CommandRun.OfAsync(_folder, [], "keys", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains("limits", list[0], StringComparison.Ordinal);
        Assert.All(list[1..], static line => Assert.Contains("3/s, 1 session", line, StringComparison.Ordinal));
        Assert.Equal(3, list.Length);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task A_limit_that_is_no_number_makes_no_key(string limit)
    {
        var run = await CommandRun.OfAsync(_folder, [], "keys", "create", "--name", "x", "--role", "viewer", "--sessions", limit);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("--sessions takes a number", run.Error, StringComparison.Ordinal);
        Assert.Contains("There are no keys", (await CommandRun.OfAsync(_folder, [], "keys", "list")).Output, StringComparison.Ordinal);
    }

    private async Task<string> KeyAsync(string name, params string[] more)
    {
        var run = await CommandRun.OfAsync(_folder, [], ["keys", "create", "--name", name, "--role", "viewer", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}
