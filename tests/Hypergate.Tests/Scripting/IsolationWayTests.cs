using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Hypergate.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Scripting;

/// <summary>The ways in which the system takes the network from workers: the first that works is taken, and each of them holds.</summary>
public sealed class IsolationWayTests : IDisposable
{
    private static readonly IsolationWay Broken = new("false", []);
    private static readonly IsolationWay Missing = new("no-such-program-anywhere", []);

    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-isolation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_way_that_does_not_work_makes_room_for_the_next()
    {
        var node = await FindAsync([Missing, Broken, IsolationWay.Bubblewrap]);

        Assert.Equal("bwrap", Path.GetFileName(node.Launcher[0]));
        Assert.True(node is { HasNoNetwork: true, StaysBeside: true });
    }

    [Fact]
    public async Task The_report_names_the_way()
    {
        var ready = new WorkerMessage.Ready("n", "20.0.0", "ng 0.12.1", "1.8.2");

        Assert.Contains("own namespace, by bwrap", new SandboxReport(await FindAsync([IsolationWay.Bubblewrap]), ready).Text, StringComparison.Ordinal);
        Assert.Contains("own namespace, by unshare", new SandboxReport(await FindAsync([IsolationWay.Unshare, IsolationWay.Bubblewrap]), ready).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_none_works_required_isolation_is_refused()
    {
        var probe = new NodeProbe(new ScriptingSettings { Isolation = ScriptIsolation.Required }, [Broken]);
        var any = await FindAsync([Broken]);
        Assert.SkipWhen(any.HasNoNetwork, "This Node takes the network away by itself.");

        var refused = await Assert.ThrowsAsync<SandboxException>(() => probe.FindAsync(TestContext.Current.CancellationToken));

        Assert.Contains("bwrap", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unshare")]
    [InlineData("bwrap")]
    public async Task Behind_each_way_a_worker_works_without_network_and_is_watched_and_ended(string program)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var node = await FindAsync([IsolationWay.All.Single(way => way.Program == program)]);
        Assert.Equal(program, Path.GetFileName(node.Launcher[0]));
        var file = Path.Combine(_folder, "probe.mjs");
        await File.WriteAllTextAsync(file, $$"""
            import net from 'node:net'
            const told = text => process.stdout.write(text + '\n')
            net.connect({{((IPEndPoint)listener.LocalEndpoint).Port}}, '127.0.0.1').on('connect', () => told('"connected"')).on('error', error => told(JSON.stringify(error.code)))
            setInterval(() => {}, 1000)
            """, TestContext.Current.CancellationToken);
        var connection = new WorkerProcess(node, file, _folder, NullLogger.Instance).Start();
        using var said = new StreamReader(connection.FromWorker);

        Assert.NotEqual("connected", JsonElement.Parse((await said.ReadLineAsync(TestContext.Current.CancellationToken))!).GetString());
        var usage = connection.Usage();
        Assert.True(usage.Bytes > 20_000_000, $"Not the worker is watched: {usage.Bytes} bytes.");
        Assert.True(usage.Processor > TimeSpan.Zero);

        connection.Kill();
        Assert.Null(await said.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    private static Task<NodeInstallation> FindAsync(IReadOnlyList<IsolationWay> ways) => new NodeProbe(new ScriptingSettings(), ways).FindAsync(TestContext.Current.CancellationToken);
}
