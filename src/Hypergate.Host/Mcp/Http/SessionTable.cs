using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hypergate.Host.Metrics;
using Hypergate.Model;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Mcp.Http;

/// <summary>The sessions that are open. Those idle for too long end, and where there are too many, the one idle for longest.</summary>
internal sealed class SessionTable : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly SessionLimits _limits;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private readonly Task _sweeping;

    public SessionTable(SessionLimits limits, ILoggerFactory loggers, TimeProvider time)
    {
        _limits = limits;
        _loggers = loggers;
        _time = time;
        _sweeping = SweepAsync();
    }

    public int Count => _sessions.Count;

    /// <summary>A new one, or with an id one that began at another replica.</summary>
    public async Task<HttpSession> OpenAsync(Caller caller, McpFace face, string? id = null)
    {
        await MakeRoomAsync(caller);
        while (_sessions.Count >= _limits.Most && _sessions.Values.MaxBy(static session => session.Idle) is { } longest)
        {
            await EndAsync(longest);
        }

        var session = new HttpSession(id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), caller, face, _loggers, _time);
        _sessions[session.Id] = session;
        GatewayMeters.SessionOpened();
        return session;
    }

    /// <summary>The session of that id, whoever owns it.</summary>
    public HttpSession? Find(string id) => _sessions.GetValueOrDefault(id);

    public async Task EndAsync(HttpSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            GatewayMeters.SessionClosed();
            await session.DisposeAsync();
        }
    }

    /// <summary>Ends those that fit.</summary>
    public Task EndAsync(Func<HttpSession, bool> fits) => Task.WhenAll(_sessions.Values.Where(fits).ToList().Select(EndAsync));

    /// <summary>Ends the streams on which those that fit are listened to; the sessions go on.</summary>
    public void HangUp(Func<HttpSession, bool> fits)
    {
        foreach (var session in _sessions.Values.Where(fits))
        {
            session.HangUp();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _sweeping;
        await EndAsync(static _ => true);
        _end.Dispose();
    }

    // Who opens too many ends their own alone.
    private async Task MakeRoomAsync(Caller caller)
    {
        var most = Math.Min(_limits.MostPerCaller, caller.Sessions ?? int.MaxValue);
        if (_sessions.Count < most)
        {
            return;
        }

        var own = _sessions.Values.Where(session => session.Owner.Name == caller.Name).OrderByDescending(static session => session.Idle).ToList();
        foreach (var session in own.Take(own.Count - most + 1))
        {
            await EndAsync(session);
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(SweepInterval, _time, _end.Token);
                await EndAsync(session => session.Idle > _limits.LongestIdle);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }
}

/// <summary>How many sessions, and for how long.</summary>
internal sealed record SessionLimits(int Most, int MostPerCaller, TimeSpan LongestIdle);
