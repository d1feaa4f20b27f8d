using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Replicas;

/// <summary>Two processes of one gateway with data folders of their own, a database that both share, and one platform.</summary>
internal sealed class ReplicaWorld : IAsyncDisposable
{
    private readonly ProgramFolder[] _folders = [new(), new()];
    private readonly List<(string, string)> _variables = [];
    private int? _port;

    private ReplicaWorld(XoSimulator xo, string address, string more)
    {
        (Xo, Address) = (xo, address);
        var file = _folders[0].Write("gateway.yaml", $$"""
            backends:
              - { name: xo, kind: xen-orchestra, url: "{{Harness.Xo.Address(xo)}}", actions: true, auth: { token: "{{xo.Token}}" } }
            state: postgres
            postgres: { connection: "${env:HYPERGATE_POSTGRES}", key: "0123456789abcdef0123456789abcdef", timeoutSeconds: 2 }
            policy: { confirmation: { dangerous: approve, unconfirmed: [PutVmTag] } }
            http: { hosts: [gateway.example.com, 127.0.0.2], limits: { requestsPerSecond: 100000 } }
            roles:
              slow: { allow: [{ access: [read] }], callsPerMinute: 10 }
            {{more}}
            """);
        _variables.AddRange([("HYPERGATE_CONFIG", file), ("HYPERGATE_POSTGRES", address)]);
    }

    public XoSimulator Xo { get; }

    public string Address { get; }

    public ServedProgram One { get; private set; } = null!;

    public ServedProgram Two { get; private set; } = null!;

    /// <summary>Keys of one who acts, one who decides, one who looks.</summary>
    public string Anna { get; private set; } = "";

    public string Berta { get; private set; } = "";

    /// <summary>The key of one who is held to ten calls a minute.</summary>
    public string Slow { get; private set; } = "";

    /// <param name="server">Where the database is.</param>
    /// <param name="port">The port of both, at 127.0.0.1 and 127.0.0.2; null takes free ones.</param>
    /// <param name="more">A line of the settings.</param>
    public static async Task<ReplicaWorld> StartAsync(PostgresServer server, int? port = null, string more = "")
    {
        var world = new ReplicaWorld(await Harness.Xo.StartAsync(), await server.NewDatabaseAsync(), more) { _port = port };
        world.Anna = await world.KeyAsync("anna", "operator", "admin");
        world.Berta = await world.KeyAsync("berta", "admin");
        world.Slow = await world.KeyAsync("slow", "slow");

        // Both at once, as an orchestrator starts them.
        var both = await Task.WhenAll(world.StartAsync(0), world.StartAsync(1));
        (world.One, world.Two) = (both[0], both[1]);
        return world;
    }

    /// <summary>Starts the first again where it was, after its end.</summary>
    public async Task StartOneAsync()
    {
        await One.DisposeAsync();
        One = await StartAsync(0);
    }

    /// <summary>The same with the second.</summary>
    public async Task StartTwoAsync()
    {
        await Two.DisposeAsync();
        Two = await StartAsync(1);
    }

    public async Task<string> KeyAsync(string name, params string[] roles) =>
        (await DoneAsync(["keys", "create", "--name", name, "--role", .. roles])).Output.Trim();

    /// <summary>A command beside the replicas.</summary>
    public Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync(_folders[1], _variables, arguments);

    public async Task<CommandRun> DoneAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    public async Task<IReadOnlyList<string>> HaltedAsync(int count)
    {
        var answer = await One.CallAsync("vms_query", $$"""{"operation":"GetVms","filter":"power_state:Halted","fields":"id","limit":{{count}}}""", Anna);
        return [.. answer.Message.Data.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("id").GetString()!)];
    }

    /// <summary>The operations in the audit, in their order.</summary>
    public async Task<IReadOnlyList<JsonElement>> AuditAsync() =>
        [.. (await DoneAsync("audit", "export")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];

    private Task<ServedProgram> StartAsync(int index) =>
        ServedProgram.StartReadyAsync(_folders[index], _variables, _port is null ? [] : ["--listen", $"127.0.0.{index + 1}:{_port}"]);

    public async ValueTask DisposeAsync()
    {
        foreach (var program in new[] { One, Two }.Where(static program => program is not null))
        {
            await program.DisposeAsync();
        }

        await Xo.DisposeAsync();
        foreach (var folder in _folders)
        {
            folder.Dispose();
        }
    }
}
