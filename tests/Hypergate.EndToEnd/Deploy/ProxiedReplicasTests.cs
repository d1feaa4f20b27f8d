using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Replicas;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Deploy;

/// <summary>What <c>deploy/compose</c> promises, without containers: two gateways and a database behind a real proxy, and calls that do not stop.</summary>
public sealed class ProxiedReplicasTests(PostgresServer server) : IDisposable
{
    private const string Initialize = """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"e2e","version":"1"}}""";
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_call_in_a_session_is_answered_whole_whichever_gateway_it_comes_to()
    {
        await using var world = await ReplicaWorld.StartAsync(server, Xo.FreePort());
        await using var proxy = await CaddyProxy.StartAsync(_folder, world.One.Address.Port);
        await using var calls = await CallAsync(proxy, world);

        await calls.MoreAsync(200);
        await calls.EndAsync();

        Assert.Empty(calls.Failures);
    }

    /// <summary>What runs on a gateway when it is killed is lost, and what is sent to it before the proxy has seen that: of eight clients one call each at most, and no more.</summary>
    [Fact]
    public async Task When_a_gateway_is_killed_the_other_goes_on_alone_until_it_is_back()
    {
        await using var world = await ReplicaWorld.StartAsync(server, Xo.FreePort());
        await using var proxy = await CaddyProxy.StartAsync(_folder, world.One.Address.Port);
        await using var calls = await CallAsync(proxy, world);
        await calls.MoreAsync(100);

        await world.One.KillAsync();
        await calls.MoreAsync(300);
        var lost = calls.Failures.Count;
        await world.StartOneAsync();
        await TakesCallsAsync(world.One, world.Anna);
        await calls.MoreAsync(100);
        await calls.EndAsync();

        Assert.True(lost <= SteadyCalls.Clients, string.Join(Environment.NewLine, calls.Failures));
        Assert.Equal(lost, calls.Failures.Count);
        Assert.All(calls.Failures, static failure => Assert.StartsWith("502", failure, StringComparison.Ordinal));
    }

    /// <summary>The proxy knows of the other only what it sees itself: a call that finds nobody must not count against the one that is well.</summary>
    [Fact]
    public async Task A_gateway_that_dies_while_nobody_calls_costs_one_call()
    {
        await using var world = await ReplicaWorld.StartAsync(server, Xo.FreePort());
        await using var proxy = await CaddyProxy.StartAsync(_folder, world.One.Address.Port);
        var session = await SessionAsync(proxy, world.Anna);
        await world.One.KillAsync();

        await using var calls = new SteadyCalls(proxy, world.Anna, session, clients: 1);
        await calls.MoreAsync(100);
        await calls.EndAsync();

        Assert.True(calls.Failures.Count <= 1, string.Join(Environment.NewLine, calls.Failures));
    }

    [Fact]
    public async Task Gateways_that_are_told_to_end_one_after_the_other_cost_no_call()
    {
        await using var world = await ReplicaWorld.StartAsync(server, Xo.FreePort());
        await using var proxy = await CaddyProxy.StartAsync(_folder, world.One.Address.Port);
        await using var calls = await CallAsync(proxy, world);
        await calls.MoreAsync(100);

        var one = await world.One.StopAsync();
        await world.StartOneAsync();
        await TakesCallsAsync(world.One, world.Anna);
        var two = await world.Two.StopAsync();
        await world.StartTwoAsync();
        await TakesCallsAsync(world.Two, world.Anna);
        await calls.EndAsync();

        Assert.Empty(calls.Failures);
        Assert.All([one, two], static end => Assert.True(end.ExitCode == 0, end.Errors));
    }

    private static async Task<SteadyCalls> CallAsync(CaddyProxy proxy, ReplicaWorld world) => new(proxy, world.Anna, await SessionAsync(proxy, world.Anna));

    private static async Task<string?> SessionAsync(CaddyProxy proxy, string key)
    {
        var session = (await proxy.AskAsync(key, null, "initialize", Initialize)).Session;
        Assert.NotNull(session);
        return session;
    }

    // A gateway that has just started knows no session until a call brings it one.
    private static Task TakesCallsAsync(ServedProgram program, string key) => Until.TrueAsync(async () =>
    {
        using var metrics = await program.GetAsync("/metrics", headers => headers.Add("X-API-Key", key));
        return (await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("hypergate_sessions 1\n", StringComparison.Ordinal);
    });
}
