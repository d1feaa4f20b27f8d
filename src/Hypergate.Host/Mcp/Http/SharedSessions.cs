using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Host.State;
using Hypergate.Model;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// How a session began, where every replica can read it: whichever the next request comes to goes on with it. What a client answers or
/// cancels is told to all of them, because only one knows the question.
/// </summary>
internal sealed class SharedSessions
{
    private const string Family = "sessions";
    private const string MessageTopic = "session.message";
    private const string EndTopic = "session.end";
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CleanInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Lazy<Task<HttpSession?>>> _reviving = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _touched = new(StringComparer.Ordinal);
    private readonly Replica _replica;
    private readonly SessionTable _sessions;
    private readonly TimeSpan _longestIdle;
    private readonly TimeProvider _time;
    private DateTimeOffset _cleaned;

    public SharedSessions(Replica replica, SessionTable sessions, TimeSpan longestIdle, TimeProvider time)
    {
        (_replica, _sessions, _longestIdle, _time, _cleaned) = (replica, sessions, longestIdle, time, time.GetUtcNow());
        replica.Listen(MessageTopic, Hear);
        replica.Listen(EndTopic, message =>
        {
            if (sessions.Find(message.Key) is { } session)
            {
                _touched.TryRemove(session.Id, out _);
                _ = sessions.EndAsync(session);
            }
        });
    }

    /// <summary>Keeps how a session begins. While it cannot be kept, the session is this replica's alone.</summary>
    public async Task KeepAsync(HttpSession session, JsonRpcRequest initialize, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(session, null, Text(initialize), cancellationToken);
            await CleanAsync(cancellationToken);
        }
        catch (IOException)
        {
            // Whoever comes to another replica begins anew.
        }
    }

    /// <summary>Whether a session of this replica goes on; it may have been ended at another one.</summary>
    public async Task<bool> GoesOnAsync(HttpSession session, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (!_touched.TryGetValue(session.Id, out var last) || now - last < TouchInterval)
        {
            return true;
        }

        try
        {
            if (await _replica.Store.FindAsync(Family, session.Id, cancellationToken) is not { } entry)
            {
                await _sessions.EndAsync(session);
                return false;
            }

            await WriteAsync(session, entry.Version, (string)JsonNode.Parse(entry.Value)!["initialize"]!, cancellationToken);
        }
        catch (IOException)
        {
            // What cannot be found out does not end it.
        }

        return true;
    }

    /// <summary>Goes on with a session that began elsewhere; null where there is none of this caller.</summary>
    /// <exception cref="IOException">It cannot be found out.</exception>
    public async Task<HttpSession?> ReviveAsync(string id, Caller caller, McpFace face, CancellationToken cancellationToken)
    {
        // Of several requests at once one makes it and all use it.
        var reviving = _reviving.GetOrAdd(id, _ => new(() => MakeAsync(id, caller, face)));
        try
        {
            return await reviving.Value.WaitAsync(cancellationToken) is { } session && session.IsOf(caller) ? session : null;
        }
        finally
        {
            _reviving.TryRemove(new(id, reviving));
        }
    }

    /// <summary>Hands on what a client said to whichever replica has asked.</summary>
    public Task TellAsync(string id, JsonRpcMessage message, CancellationToken cancellationToken) => _replica.TellAsync(new(MessageTopic, id, Text(message)), cancellationToken);

    /// <summary>Ends a session everywhere.</summary>
    public async Task EndAsync(HttpSession session, CancellationToken cancellationToken)
    {
        _touched.TryRemove(session.Id, out _);
        if (await _replica.Store.FindAsync(Family, session.Id, cancellationToken) is { } entry)
        {
            await _replica.Store.TryWriteAsync(Family, session.Id, entry.Version, null, cancellationToken);
        }

        await _replica.TellAsync(new(EndTopic, session.Id, ""), cancellationToken);
    }

    private async Task<HttpSession?> MakeAsync(string id, Caller caller, McpFace face)
    {
        if (_sessions.Find(id) is { } known)
        {
            return known;
        }

        if (await _replica.Store.FindAsync(Family, id, CancellationToken.None) is not { } entry
            || JsonNode.Parse(entry.Value) is not JsonObject kept || (string?)kept["owner"] != caller.Name
            || Seen(kept) + _longestIdle < _time.GetUtcNow() || Read((string)kept["initialize"]!) is not JsonRpcRequest initialize)
        {
            return null;
        }

        var session = await _sessions.OpenAsync(caller, face, id);
        foreach (var message in new JsonRpcMessage[] { initialize, new JsonRpcNotification { Method = NotificationMethods.InitializedNotification } })
        {
            RequestCaller.Note(message, caller);
            await session.PostAsync(message, Stream.Null, session.Ended);
        }

        _touched[id] = Seen(kept);
        return session;
    }

    private void Hear(ReplicaMessage message)
    {
        if (_sessions.Find(message.Key) is { } session && Read(message.Body) is { } said)
        {
            RequestCaller.Note(said, session.Owner);
            _ = session.PostAsync(said, Stream.Null, session.Ended).ContinueWith(static done => done.Exception, TaskScheduler.Default);
        }
    }

    private async Task WriteAsync(HttpSession session, long? version, string initialize, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var value = new JsonObject { ["owner"] = session.Owner.Name, ["seen"] = now.ToString("O", CultureInfo.InvariantCulture), ["initialize"] = initialize };
        await _replica.Store.TryWriteAsync(Family, session.Id, version, value.ToJsonString(), cancellationToken);
        _touched[session.Id] = now;
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (now - _cleaned < CleanInterval)
        {
            return;
        }

        _cleaned = now;
        foreach (var id in _touched.Keys.Where(id => _sessions.Find(id) is null))
        {
            _touched.TryRemove(id, out _);
        }

        foreach (var entry in await _replica.Store.ListAsync(Family, cancellationToken))
        {
            if (JsonNode.Parse(entry.Value) is JsonObject kept && Seen(kept) + _longestIdle < now)
            {
                await _replica.Store.TryWriteAsync(Family, entry.Key, entry.Version, null, cancellationToken);
            }
        }
    }

    private static DateTimeOffset Seen(JsonObject kept) => DateTimeOffset.Parse((string)kept["seen"]!, CultureInfo.InvariantCulture);

    private static string Text(JsonRpcMessage message) => JsonSerializer.Serialize(message, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)));

    private static JsonRpcMessage? Read(string text) => (JsonRpcMessage?)JsonSerializer.Deserialize(text, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)));
}
