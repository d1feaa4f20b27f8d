using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Access;
using Hypergate.Simulator.PxCloud.Description;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;
using Hypergate.Simulator.PxCloud.World.Seed;
using Hypergate.Simulator.Server;
using Hypergate.Simulator.Faults;
using Hypergate.Simulator.Requests;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.PxCloud;

/// <summary>A PXCloud in memory: its API on a socket of 127.0.0.1, with state, tasks, sessions, rights and faults.</summary>
public sealed class PxCloudSimulator : IAsyncDisposable
{
    private readonly Sessions _sessions;
    private readonly List<X509Certificate2> _certificates = [];
    private BareHost? _host;

    private PxCloudSimulator(PxWorld world)
    {
        World = world;
        _sessions = new Sessions(world);
        Faults = new FaultBoard<Fault>(world.Options.Seed);
    }

    /// <summary>Scheme, host and port; the API lies at <c>/api</c> below it.</summary>
    public Uri Url => _host?.Url ?? new("http://127.0.0.1/");

    /// <summary>A user who may do everything.</summary>
    public string User { get; } = "admin";

    /// <summary>That user's password.</summary>
    public string Password => PasswordOf(User);

    /// <summary>The SHA-256 fingerprint of the certificate in use; empty without TLS.</summary>
    public string Fingerprint => _certificates.Count == 0 ? "" : NodeCertificate.Fingerprint(_certificates[^1]);

    /// <summary>What goes wrong.</summary>
    public FaultBoard<Fault> Faults { get; }

    /// <summary>What was asked.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>How often somebody has signed in.</summary>
    public int Logins => _sessions.Logins;

    internal PxWorld World { get; }

    /// <summary>The description that it serves, as a document of its own.</summary>
    public static JsonObject Description() => PxDocument.Make();

    /// <summary>Seeds an installation and serves it.</summary>
    /// <param name="options">Which one, and how it behaves.</param>
    /// <param name="time">Whatever lasts or expires, does so by this clock.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<PxCloudSimulator> StartAsync(PxCloudOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var simulator = new PxCloudSimulator(PxSeed.Make(options, time));
        var server = new PxServer(simulator.World, simulator._sessions, simulator.Faults, simulator.Requests);
        var control = new FaultControl<Fault>(simulator.Faults, Fault.Read, simulator.MayControl)
        {
            Switches = { ["/tokens"] = _ => simulator.ForgetTokens() },
        };
        if (options.Tls)
        {
            simulator.ChangeCertificate();
        }

        simulator._host = await WebHost.StartAsync(options.Port, options.Tls ? () => simulator._certificates[^1] : null, control.Before(server.HandleAsync), cancellationToken);
        return simulator;
    }

    /// <summary>The password of a user: admin, operator, viewer, locked or factor.</summary>
    public string PasswordOf(string user)
    {
        lock (World.Lock)
        {
            return World["users"].Find(known => known.Text("username") == user)?.Text("_password") ?? throw new ArgumentException($"There is no user '{user}'.", nameof(user));
        }
    }

    /// <summary>As after a restart with another key: every session is over.</summary>
    public void ForgetTokens()
    {
        lock (World.Lock)
        {
            _sessions.Forget();
        }
    }

    /// <summary>Another certificate from the next handshake on.</summary>
    public void ChangeCertificate() => _certificates.Add(NodeCertificate.Make("pxcloud", World.Time.GetUtcNow()));

    /// <summary>A token of a user's session, as a login gives it.</summary>
    public string Token(string user)
    {
        lock (World.Lock)
        {
            return _sessions.Open(user, PasswordOf(user), null).Token;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _certificates.ForEach(static certificate => certificate.Dispose());
    }

    private bool MayControl(HttpContext http) => http.Request.Headers["X-Simulator-Password"] == Password;
}
