using System.Text.Json.Nodes;
using Hypergate.Simulator.Server;
using Hypergate.Simulator.XenOrchestra.Description;
using Hypergate.Simulator.XenOrchestra.Endpoints;
using Hypergate.Simulator.XenOrchestra.Events;
using Hypergate.Simulator.Faults;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.Requests;
using Hypergate.Simulator.XenOrchestra.Server;
using Hypergate.Simulator.XenOrchestra.Tasks;
using Hypergate.Simulator.XenOrchestra.Validation;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra;

/// <summary>A Xen Orchestra in memory: its REST API on a socket of 127.0.0.1, with state, tasks, rights, events and faults.</summary>
public sealed class XoSimulator : IAsyncDisposable
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromDays(150);
    private readonly CancellationTokenSource _stopping = new();
    private readonly DataCentre _world;
    private readonly RequestGate _gate;
    private readonly EventHub _hub;
    private BareHost? _host;

    private XoSimulator(DataCentre world, RequestGate gate, string token, int seed)
    {
        (_world, _gate, Token) = (world, gate, token);
        _hub = new EventHub(world);
        Faults = new FaultBoard<Fault>(seed);
    }

    /// <summary>Scheme, host and port; the API lies at <c>/rest/v0</c> below it.</summary>
    public Uri Url => _host?.Url ?? new("http://127.0.0.1/");

    /// <summary>A valid authentication token of the user <c>admin</c>.</summary>
    public string Token { get; }

    /// <summary>The password of the user <c>admin</c>.</summary>
    public string AdminPassword => _world.Read(() => Administrator(_world)["_password"]!.GetValue<string>());

    /// <summary>What goes wrong.</summary>
    public FaultBoard<Fault> Faults { get; }

    /// <summary>What was asked.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>The administrator's switch: off, requests with the header <c>X-XO-Client: mcp</c> are answered with 503.</summary>
    public bool McpEnabled
    {
        get => _gate.McpEnabled;
        set => _gate.McpEnabled = value;
    }

    internal DataCentre World => _world;

    internal int OpenEventStreams => _world.Read(() => _hub.Count);

    /// <summary>Seeds a data centre and serves it.</summary>
    /// <param name="options">Its size, and how it behaves.</param>
    /// <param name="time">Whatever lasts or expires, does so by this clock.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static Task<XoSimulator> StartAsync(SimulatorOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(options, time, XoDescription.Document, cancellationToken);

    /// <summary>The same with another description, such as the real one: routes, forms and privileges follow it.</summary>
    internal static async Task<XoSimulator> StartAsync(
        SimulatorOptions options, TimeProvider time, JsonObject description, CancellationToken cancellationToken)
    {
        var world = Seed(options, time);
        var token = world.Write(() => Tokens.Add(world, Administrator(world)["id"]!.GetValue<string>(), TokenLife, []));
        var startUp = new StartUp(time, options);
        var routes = new RouteTable(OperationReader.Read(description));
        var gate = new RequestGate(world, routes, new Schemas(description), startUp) { McpEnabled = options.McpEnabled };
        var simulator = new XoSimulator(world, gate, token["id"]!.GetValue<string>(), options.Seed);
        var server = new XoServer(gate, simulator.Endpoints(options, description), startUp, time)
        {
            Faults = simulator.Faults,
            Log = simulator.Requests,
        };
        var control = new FaultControl<Fault>(simulator.Faults, Fault.Read, http => http.Request.Cookies["authenticationToken"] == simulator.Token)
        {
            Switches = { ["/mcp"] = body => simulator.McpEnabled = body["enabled"]?.GetValue<bool>() ?? throw new FormatException("'enabled' is missing.") },
        };
        var certificate = options.Tls == SimulatorTls.Off ? null : Certificates.Make(options.Tls, time.GetUtcNow());
        simulator._host = await WebHost.StartAsync(options.XoPort, certificate is null ? null : () => certificate, control.Before(server.HandleAsync), cancellationToken);
        return simulator;
    }

    /// <summary>A hash of everything that the data centre knows: equal before and after calls that only read.</summary>
    public string StateHash() => WorldHash.Of(_world);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _world.Dispose();
        _stopping.Dispose();
    }

    private static DataCentre Seed(SimulatorOptions options, TimeProvider time)
    {
        var world = new DataCentre(time, options.Seed);
        world.Write(() =>
        {
            WorldSeed.Fill(world, options.Vms, options.Seed);
            return true;
        });
        world.CacheLag = options.CacheLag;
        return world;
    }

    private static JsonObject Administrator(DataCentre world) =>
        world["users"].All.First(user => user["email"]!.GetValue<string>() == "admin");

    private EndpointTable Endpoints(SimulatorOptions options, JsonObject description)
    {
        var board = new TaskBoard(_world);
        var engine = new Engine
        {
            World = _world,
            Options = options,
            Board = board,
            Actions = new ActionRun(_world, board, options.TaskDuration, _stopping.Token),
            Hub = _hub,
        };
        return new EndpointTable(engine, new PublicRoutes(_world.Time, description));
    }
}
