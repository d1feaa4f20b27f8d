using System.Collections.Concurrent;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp.Tasks;
using Hypergate.Model;

namespace Hypergate.Host.Mcp;

/// <summary>What each audience of a served gateway is shown; made once for each, and anew after other settings.</summary>
internal sealed class McpFaces : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Audience, McpFace> _faces = new();
    private readonly ConcurrentDictionary<Audience, ListChanges> _changes = new();
    private readonly ConcurrentDictionary<Audience, CancellationTokenSource> _streams = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskExtension _tasks;
    private readonly LiveGateway _live;
    private readonly TimeProvider _time;

    public McpFaces(LiveGateway live, TimeProvider time)
    {
        _live = live;
        _time = time;
        _tasks = new TaskExtension(Nobody, live.Stores.Replica, time);
        live.Replaced += (_, change) => Renew(change.HasLost);
    }

    /// <summary>Who asks where the transport has forgotten to say; it may do nothing.</summary>
    public static Caller Nobody { get; } = new("nobody", []) { AuthenticatedBy = "nothing" };

    /// <summary>Cancelled when open streams shall end with a word.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled when nothing may go on.</summary>
    public CancellationToken Stopped => _stopped.Token;

    public McpFace For(Audience audience) => _faces.GetOrAdd(audience, static (wanted, all) => all.Make(wanted), this);

    /// <summary>Ends what waits for the answer of a caller that fits.</summary>
    public Task EndWaitsAsync(Func<Caller, bool> fits) => _tasks.EndWaitsAsync(fits);

    /// <summary>Ends open streams with a word.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    /// <summary>Ends everything.</summary>
    public Task EndAsync() => _stopped.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _tasks.DisposeAsync();
        foreach (var streams in _streams.Values)
        {
            streams.Dispose();
        }

        _stopping.Dispose();
        _stopped.Dispose();
    }

    private McpFace Make(Audience audience)
    {
        var tools = _live.Lists.For(audience);
        var changes = _changes.GetOrAdd(audience, _ => new ListChanges(tools));
        var streams = _streams.GetOrAdd(audience, _ => CancellationTokenSource.CreateLinkedTokenSource(Stopping));
        var news = new ListNews(changes, _time, streams.Token);
        var content = McpContent.Of(() => _live.Gateway, audience, tools, news);
        var answers = new DirectAnswers();
        var options = new McpOptions(content, _tasks, Nobody, answers, _time).Build();
        options.Filters.Message.OutgoingFilters.Add(answers.Send);
        ProtocolAddition.Add?.Invoke(new ProtocolParts(options, changes, _tasks));
        return new McpFace(options, news, tools);
    }

    // What somebody no longer sees is neither told nor shown any more.
    private void Renew(Func<Audience, bool> hasLost)
    {
        _faces.Clear();
        foreach (var (audience, _) in _streams.Where(pair => hasLost(pair.Key)))
        {
            if (_streams.TryRemove(audience, out var streams))
            {
                streams.Cancel();
                streams.Dispose();
            }
        }

        _ = _tasks.CloseAsync(caller => hasLost(Audience.Of(caller)));
        foreach (var changes in _changes.Values)
        {
            changes.Announce(ListKinds.Prompts | ListKinds.Resources);
        }
    }
}
