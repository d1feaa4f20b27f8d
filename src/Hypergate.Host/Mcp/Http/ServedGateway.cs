using Hypergate.Governance.Authorization;
using Hypergate.Host.Approvals;
using Hypergate.Host.Authentication;
using Hypergate.Host.Composition;
using Hypergate.Host.Health;
using Hypergate.Host.Metrics;
using Hypergate.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Mcp.Http;

/// <summary>A gateway that is reached over HTTP, from its start to its graceful end.</summary>
internal sealed class ServedGateway : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end = new();
    private readonly LiveGateway _live;
    private readonly RequestSignIn _signIn;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private readonly McpFaces _faces;
    private readonly SessionTable _sessions;
    private readonly SharedSessions? _shared;
    private readonly MeterReadings _readings = new();
    private readonly HttpDoors _doors;
    private readonly HttpFront _front;
    private WebApplication? _host;
    private Task _checking = Task.CompletedTask;

    public ServedGateway(LiveGateway live, RequestSignIn signIn, (GatewayDiary Diary, HealthNotes Notes) told, ILoggerFactory loggers, TimeProvider time)
    {
        var limits = live.Settings.Http.Limits;
        _live = live;
        _signIn = signIn;
        _loggers = loggers;
        _time = time;
        _faces = new McpFaces(live, time);
        _sessions = new SessionTable(new SessionLimits(limits.Sessions, limits.SessionsPerCaller, TimeSpan.FromMinutes(limits.SessionIdleMinutes)), loggers, time);
        _shared = live.Stores.Replica is { } replica ? new SharedSessions(replica, _sessions, TimeSpan.FromMinutes(limits.SessionIdleMinutes), time) : null;
        _doors = new HttpDoors(
            new TokenBuckets(limits.RequestsPerSecond, limits.RequestsPerSecond * 2, time),
            new TokenBuckets(limits.RefusalsPerSecond, limits.RefusalsPerSecond * 3, time),
            new WrongCredentials(limits.WrongCredentials, TimeSpan.FromSeconds(limits.WrongCredentialSeconds), time),
            new OpenRequests(limits.OpenRequests, time),
            new Drain(TimeSpan.FromSeconds(live.Settings.Http.DrainSeconds), time),
            new MetricsAnswer(_readings),
            new ApprovalsEndpoint(() => live.Gateway.Parts.State.Approvals, time),
            new FilesEndpoint(() => live.Gateway.Parts.Files),
            told.Diary,
            told.Notes);
        _front = new HttpFront(live, new McpEndpoint(_faces, (_sessions, _shared), () => new(live.Settings.MinimumProtocolVersion), loggers, time), signIn, _doors, loggers.CreateLogger<HttpFront>());
        live.IsStillValid = signIn.IsStillValid;
        live.Replaced += OnReplaced;
    }

    /// <summary>Begins to listen; returns the address of MCP.</summary>
    public async Task<Uri> StartAsync(ListenAddress listen, CancellationToken cancellationToken)
    {
        (_host, var address) = await HttpHost.StartAsync(listen, _live.Settings.Http, _front.HandleAsync, (_loggers, _time), cancellationToken);
        _checking = CheckAsync();
        return address;
    }

    /// <summary>No more requests should come; then open streams end with a word, calls get a moment to end, and everything is over.</summary>
    public async ValueTask DisposeAsync()
    {
        _live.Replaced -= OnReplaced;
        await (_host is null ? Task.CompletedTask : _doors.Drain.RunAsync());
        await _end.CancelAsync();
        await _faces.StopAsync();
        if (_host is { } host)
        {
            using var limit = new CancellationTokenSource(Grace + LastWords, _time);
            var stopping = host.StopAsync(limit.Token);
            await Task.WhenAny(stopping, Task.Delay(Grace, _time, CancellationToken.None));
            await _faces.EndAsync();
            await _sessions.EndAsync(static _ => true);
            await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await host.DisposeAsync();
        }

        await _checking;
        await _sessions.DisposeAsync();
        _readings.Dispose();
        await _faces.DisposeAsync();
        _end.Dispose();
    }

    private void OnReplaced(object? sender, GatewayReplacedEventArgs change)
    {
        if (!_live.Settings.Enabled)
        {
            _ = EndAsync(static _ => true, "The gateway was switched off meanwhile.");
        }

        _sessions.HangUp(session => change.HasLost(Audience.Of(session.Owner)));
    }

    // What a revoked key holds open ends within two seconds.
    private async Task CheckAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(CheckInterval, _time, _end.Token);
                await EndAsync(caller => !_signIn.IsStillValid(caller), "The credential of its caller has ended meanwhile.");
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private async Task EndAsync(Func<Caller, bool> fits, string why)
    {
        _live.Runs.End(fits, why);
        var open = _doors.Open.EndAsync(fits);
        await _faces.EndWaitsAsync(fits);
        await _sessions.EndAsync(session => fits(session.Owner));
        await open;
    }
}
