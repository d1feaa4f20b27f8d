using System.Security.Cryptography.X509Certificates;
using Hypergate.Simulator.Faults;
using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Faults;
using Hypergate.Simulator.ProxmoxVe.Handlers;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using Hypergate.Simulator.ProxmoxVe.World.Seed;
using Hypergate.Simulator.Server;
using Hypergate.Simulator.Requests;

namespace Hypergate.Simulator.ProxmoxVe;

/// <summary>A Proxmox VE cluster in memory: its API over TLS on a socket of 127.0.0.1, with state, tasks, rights and faults.</summary>
public sealed class ProxmoxSimulator : IAsyncDisposable
{
    private readonly Tickets _tickets = new();
    private readonly List<X509Certificate2> _certificates = [];
    private BareHost? _host;

    private ProxmoxSimulator(Cluster world)
    {
        World = world;
        Faults = new FaultBoard<PveFault>(world.Options.Seed);
        world.Tasks.FaultOf = type => Faults.Hit(fault => fault.HitsTask(type));
        TokenId = "root@pam!mcp";
        TokenSecret = world.Users.Token(TokenId)!.Secret;
    }

    /// <summary>Scheme, host and port; the API lies at <c>/api2/json</c> below it.</summary>
    public Uri Url => _host?.Url ?? new("https://127.0.0.1/");

    /// <summary>The cluster's name.</summary>
    public string Cluster => World.Name;

    /// <summary>An API token with all rights.</summary>
    public string TokenId { get; }

    /// <summary>The secret of that token.</summary>
    public string TokenSecret { get; }

    /// <summary>The fingerprint of the certificate that is used now.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>What goes wrong.</summary>
    public FaultBoard<PveFault> Faults { get; }

    /// <summary>What was asked.</summary>
    public RequestLog Requests { get; } = new();

    internal Cluster World { get; }

    /// <summary>Seeds a cluster and serves it.</summary>
    /// <param name="options">Which one, and how it behaves.</param>
    /// <param name="time">Whatever lasts or expires, does so by this clock.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<ProxmoxSimulator> StartAsync(ProxmoxOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var simulator = new ProxmoxSimulator(ClusterSeed.Make(options, time));
        simulator.ChangeCertificate();
        var server = simulator.Server();
        var control = new FaultControl<PveFault>(simulator.Faults, PveFault.Read, http => http.Request.Headers.Authorization == $"PVEAPIToken={simulator.TokenId}={simulator.TokenSecret}")
        {
            Switches = { ["/state"] = body => StateControl.Apply(simulator, body) },
        };
        simulator._host = await PveHost.StartAsync(options.Port, () => simulator._certificates[^1], control.Before(server.HandleAsync), cancellationToken);
        return simulator;
    }

    /// <summary>The node gets another certificate; connections that are open stay.</summary>
    public void ChangeCertificate()
    {
        var certificate = NodeCertificate.Make(World.Local.Name, World.Now);
        lock (World.Lock)
        {
            _certificates.Add(certificate);
            Fingerprint = NodeCertificate.Fingerprint(certificate);
            World.Local.SslFingerprint = Fingerprint;
        }
    }

    /// <summary>As after a restart with new keys: every ticket is invalid.</summary>
    public void ForgetTickets() => _tickets.Renew();

    /// <summary>A node stops answering, or answers again.</summary>
    public void SetReachable(string node, bool reachable) => Change(world =>
    {
        var changed = world.Node(node) ?? throw new ArgumentException($"There is no node '{node}'.", nameof(node));
        changed.Reachable = reachable;
        changed.UnreachableSince = reachable ? null : world.Now;
    });

    /// <summary>The cluster loses its quorum, or has it again.</summary>
    public void SetQuorum(bool quorate) => Change(world => world.Quorate = quorate);

    /// <summary>A storage cannot be reached on a node, or can again.</summary>
    public void SetStorageActive(string storage, string node, bool active) => Change(world =>
        _ = active ? world.Storages[storage].InactiveOn.Remove(node) : world.Storages[storage].InactiveOn.Add(node));

    /// <summary>A guest is locked by <c>backup</c>, <c>migrate</c> …, or by nothing.</summary>
    public void SetLock(int vmId, string? reason) => Change(world => world.Guests[vmId].Lock = reason);

    /// <summary>The agent in a guest answers, or does not.</summary>
    public void SetAgent(int vmId, bool running) => Change(world => world.Guests[vmId].Agent = running ? AgentState.Running : AgentState.Silent);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _certificates.ForEach(static certificate => certificate.Dispose());
    }

    internal void Change(Action<Cluster> change)
    {
        lock (World.Lock)
        {
            change(World);
        }
    }

    private PveServer Server()
    {
        var authentication = new Authentication(World, _tickets);
        var operations = new Operations(World, AllHandlers.Table(authentication));
        return new PveServer(World, new FrontDoor(authentication), operations, new PublicFiles(World)) { Faults = Faults, Log = Requests };
    }
}
